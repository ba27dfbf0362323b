/**
 * One run with everything that is judged along it: the charts, the page ledger beside them, the properties.
 */
import type { Property } from '../../properties/property.ts';
import { labelText } from '../core/label.ts';
import type { PageLedger } from '../ledger/host.ts';
import type { Moved, OnStep } from './domain.ts';
import { DomainJudge, type Watches } from './judge.ts';
import { FuzzWorld, type HostLabel, type WorldParts } from './world.ts';

/** The ledger's word against the charts'. */
export const LEDGER_DIFFERS = 'LEDGER_DIFFERS';

/** Something that broke: a property, or the agreement of charts and ledger. */
export interface Breach {
  /** Property id, or LEDGER_DIFFERS. */
  readonly id: string;
  readonly domain: number;
  /** Labels taken up to and including the one that broke it. */
  readonly step: number;
  readonly detail: readonly string[];
}

export interface Setup {
  readonly parts: WorldParts;
  readonly watches: Watches;
  readonly properties: readonly Property[];
  /** A ledger at the start; absent where only the charts are run. */
  readonly ledger: (() => PageLedger) | undefined;
  /** Labels between two comparisons of everything. */
  readonly fullEvery: number;
}

export class CheckedRun {
  readonly world: FuzzWorld;
  readonly ledger: PageLedger | undefined;
  readonly taken: HostLabel[] = [];
  /** First breach of each id, in order. */
  readonly breaches: Breach[] = [];
  /** A counter of the model left its range: nothing that follows means anything. */
  overflowed = false;
  private readonly setup: Setup;
  private readonly judges: readonly DomainJudge[];
  private readonly broken = new Set<string>();
  private readonly onStep: OnStep | undefined;

  constructor(setup: Setup, onStep?: OnStep) {
    this.setup = setup;
    this.onStep = onStep;
    this.world = new FuzzWorld(setup.parts);
    this.ledger = setup.ledger?.();
    this.judges = this.world.domains.map((domain) => new DomainJudge(setup.watches, domain));
    this.compareAll();
  }

  /** Takes a label and judges it; false where an owner refuses. */
  take(label: HostLabel): boolean {
    const taken = this.world.take(label, this.onStep);
    if (taken === undefined) return false;
    this.taken.push(label);
    const mine = label.domain ?? 0;
    for (const { domain, parts } of taken.moved) {
      const seen = domain === mine ? label : (this.setup.parts.seenByOthers(label) ?? label);
      const judge = this.judges[domain];
      if (judge === undefined) continue;
      for (const id of judge.judge(seen, parts, domain === mine))
        this.report(id, domain, () => judge.balance(id));
    }
    const complaint = this.ledger?.take(mine, label);
    if (complaint !== undefined)
      this.report(LEDGER_DIFFERS, mine, () => [`${labelText(label)}: ${complaint}`]);
    for (const { domain, parts } of taken.moved) for (const part of parts) this.compare(domain, part);
    if (this.taken.length % this.setup.fullEvery === 0) this.compareAll();
    return true;
  }

  /** Every chart against the ledger, and the ledger against itself. */
  compareAll(): void {
    const { ledger } = this;
    if (ledger === undefined) return;
    this.world.domains.forEach((domain, at) => {
      for (const { chart, index, state } of domain.everywhere())
        this.compare(at, { chart, index, before: state, after: state });
      const odd = ledger.audit(at);
      if (odd !== undefined) this.report(LEDGER_DIFFERS, at, () => [odd]);
    });
    const odd = ledger.auditHeap();
    if (odd !== undefined) this.report(LEDGER_DIFFERS, 0, () => [odd]);
  }

  private compare(domain: number, { chart, index, after }: Moved): void {
    const ours = this.setup.watches.observe(chart, after);
    if (ours['overflow'] === 1) this.overflowed = true;
    if (this.ledger === undefined || this.overflowed) return;
    const theirs = this.ledger.answer(domain, chart.kind, index ?? 0);
    const name = index === undefined ? chart.kind : `${chart.kind}[${index}]`;
    if (theirs === undefined) {
      this.report(LEDGER_DIFFERS, domain, () => [`the ledger has no opinion on ${name}`]);
      return;
    }
    for (const key in ours) {
      const value = theirs[key];
      // NaN: not judged.
      if (value === ours[key] || (value !== undefined && Number.isNaN(value))) continue;
      this.report(LEDGER_DIFFERS, domain, () => [
        `${name}.${key}: the chart says ${ours[key]}, the ledger ${value}`,
      ]);
    }
  }

  private report(id: string, domain: number, detail: () => readonly string[]): void {
    if (this.broken.has(id)) return;
    this.broken.add(id);
    this.breaches.push({ id, domain, step: this.taken.length, detail: detail() });
  }
}
