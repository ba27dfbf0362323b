/**
 * Snapshots of sysfs and of Xen's counters against the beliefs, where the trace says that nothing moves.
 * A snapshot is no atomic reading, so it counts only while the driver rests from well before it to well after it.
 */
import type { DomainPages, Observation, SnapshotItem } from '../logs/snapshots.ts';
import type { Belief } from './belief.ts';
import type { Rejection } from './refusals.ts';
import type { Validator } from './validator.ts';
import { type Reading, WitnessBook, type Witnesses } from './witnesses.ts';

export interface SnapshotCheck {
  /** Observations that were compared, and those taken while something moved. */
  compared: number;
  skipped: number;
  /** Comparisons with what Xen itself counts for the domain. */
  xen: number;
  /** And with what xl list prints. */
  listed: number;
  rejection: Rejection | undefined;
  /** The readings at rest, side by side. */
  witnesses: Witnesses;
}

/** Seconds without a record that changes something, before and after. */
const MARGIN = 0.5;
const KB_PER_PAGE = 4;
const PAGES_PER_MIB = 256;
const DOM0 = 0;

export class Snapshots {
  private readonly counts = { compared: 0, skipped: 0, xen: 0, listed: 0 };
  private rejection: Rejection | undefined;
  private book = new WitnessBook();
  /** How often beliefs were made anew before the last comparison: what Xen gave meanwhile is not known. */
  private resynchronised = 0;
  private xenOffset: number | undefined;
  private readonly items: Iterator<SnapshotItem>;
  /** The next one, read ahead. */
  private next: Observation | undefined;

  constructor(items: Iterable<SnapshotItem>) {
    this.items = items[Symbol.iterator]();
    this.next = this.pull();
  }

  private pull(): Observation | undefined {
    for (let step = this.items.next(); step.done !== true; step = this.items.next())
      if (step.value.kind === 'observation' && step.value.observation.upSeconds !== undefined)
        return step.value.observation;
    return undefined;
  }

  /** Compares everything read before this moment with the beliefs as they stand; call before the record of that moment. */
  upTo(seconds: number, validator: Validator): void {
    while ((this.next?.upSeconds ?? Number.POSITIVE_INFINITY) < seconds) {
      const observation = this.next;
      if (observation === undefined || this.rejection !== undefined) return;
      this.next = this.pull();
      const up = observation.upSeconds ?? 0;
      const isQuiet = up - validator.movedAt >= MARGIN && seconds - up >= MARGIN;
      if (validator.records === 0 || !isQuiet || !validator.beliefs.every(rests)) this.counts.skipped += 1;
      else this.compare(observation, validator);
      // Before the first record nothing is known to move, and a driver that has what it wants rests.
      if (isQuiet && observation.targetKb !== undefined && observation.targetKb === observation.currentKb)
        this.book.add(readingOf(observation));
    }
  }

  get result(): SnapshotCheck {
    return { ...this.counts, rejection: this.rejection, witnesses: this.book.result };
  }

  private compare(observation: Observation, validator: Validator): void {
    const [belief] = validator.beliefs;
    if (belief === undefined) return;
    this.counts.compared += 1;
    const xen = ofDom0(observation.domains);
    if (validator.gaps.resynchronised !== this.resynchronised) this.xenOffset = undefined;
    this.resynchronised = validator.gaps.resynchronised;
    if (xen !== undefined) {
      this.counts.xen += 1;
      this.xenOffset ??= xen.nrPages - belief.sum('hypervisor', 'tot');
    }
    if (wholeMib(observation) !== undefined) this.counts.listed += 1;
    const clashes = validator.beliefs.map((one) => clash(observation, one, this.xenOffset ?? 0));
    const [first] = clashes;
    if (first === undefined || clashes.some((text) => text === undefined)) return;
    this.rejection = {
      code: 'SNAPSHOT_DIFFERS',
      message: `snapshot ${observation.name} was taken at rest and disagrees: ${first}`,
      file: observation.file,
      line: observation.line,
      event: 'snapshot',
      tried: [],
      refused: [],
      differing: [],
      enabled: [],
    };
  }
}

function readingOf(observation: Observation): Reading {
  const { file, line, name, upSeconds = 0, targetKb = 0, currentKb = 0, memTotalKb, domains } = observation;
  const xen = ofDom0(domains);
  return {
    file,
    line,
    name,
    seconds: upSeconds,
    target: Math.floor(targetKb / KB_PER_PAGE),
    current: Math.floor(currentKb / KB_PER_PAGE),
    managed: pages(memTotalKb),
    xen: xen?.nrPages,
    limit: xen?.maxPages,
  };
}

const rests = (belief: Belief): boolean =>
  belief.sum('hotplugLock', 'held') === 0 && belief.sum('mutex', 'held') === 0;

/** The first thing in which the guest and the belief differ. */
function clash(observation: Observation, belief: Belief, outside: number): string | undefined {
  const pairs: readonly (readonly [string, number | undefined, number])[] = [
    ['target', pages(observation.targetKb), belief.sum('books', 'target')],
    ['current', pages(observation.currentKb), belief.sum('books', 'current')],
    ['low', pages(observation.lowKb), belief.sum('books', 'low')],
    ["Xen's nr_pages", ofDom0(observation.domains)?.nrPages, belief.sum('hypervisor', 'tot') + outside],
    // xl prints whole MiB.
    [
      'xl list, in whole MiB,',
      wholeMib(observation),
      Math.floor((belief.sum('hypervisor', 'tot') + outside) / PAGES_PER_MIB) * PAGES_PER_MIB,
    ],
  ];
  const off = pairs.find(([, seen, expected]) => seen !== undefined && seen !== expected);
  return off === undefined ? undefined : `${off[0]} is ${off[1]} pages, the charts say ${off[2]}`;
}

/** What xl lists for dom0, where Xen's own count says what the charts' is offset by; it includes claims, which nobody makes for dom0. */
function wholeMib({ listed, domains }: Observation): number | undefined {
  const row = listed?.find(({ id }) => id === DOM0);
  return row === undefined || ofDom0(domains) === undefined ? undefined : row.memMb * PAGES_PER_MIB;
}

/** sysfs cuts a target to whole pages. */
const pages = (kb: number | undefined): number | undefined =>
  kb === undefined ? undefined : Math.floor(kb / KB_PER_PAGE);

const ofDom0 = (domains: readonly DomainPages[] | undefined) => domains?.find(({ id }) => id === DOM0);
