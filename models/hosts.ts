/**
 * Guests at real size, one or several on one host.
 *
 * The same chart functions as in small scopes. Charts of one kind differ in what they own only, so one machine a kind
 * serves every index, and which indices a label concerns is computed (`spanOf`); tests compare both with `owns`, chart by chart.
 *
 * Several guests share the heap by renaming: a grant to one domain is `host.take` for every other domain's hypervisor, frames
 * that come back are `host.give`. Everybody else on the host is one more chart (`outside`), which gives back only what it took.
 */
import type { ModelChart } from '../src/core/chart.ts';
import { type Label, payload } from '../src/core/label.ts';
import type { Form } from './form.ts';
import { blockChart } from './guest/block.ts';
import { sectionChart } from './guest/section.ts';
import { slotChart } from './guest/slot.ts';
import { environmentCharts, singleCharts } from './guest.ts';
import { GRANTS, RETURNS } from './host/hypervisor.ts';
import { STOPS } from './host/migrator.ts';
import { UNMAPPED } from './host/unmapped.ts';
import { chart, role } from './kit.ts';
import type { Protocol } from './protocol.ts';
import { blockOf, blocksOf, type Scope } from './scope.ts';

/** One guest: charts there is one of, and one chart of each indexed kind, which stands for all of them. */
export interface GuestParts {
  readonly fixed: readonly ModelChart[];
  readonly indexed: readonly ModelChart[];
  /** Charts of each indexed kind. */
  readonly sizes: readonly number[];
  /** Indices of an indexed kind that a label of its families concerns: from (included) to (excluded). */
  readonly spanOf: (kind: string, label: Label) => Span;
}
export type Span = readonly [from: number, to: number];

const NOBODY: Span = [0, 0];

export function guestParts(protocol: Protocol, form: Form, scope: Scope): GuestParts {
  return {
    fixed: [...singleCharts(protocol, form, scope), ...environmentCharts(protocol, form, scope)],
    indexed: [
      sectionChart(0, protocol, form, scope),
      blockChart(0, protocol, scope),
      slotChart(0, protocol, scope),
    ],
    sizes: [scope.sections, blocksOf(scope), scope.sections],
    spanOf: (kind, label) => {
      if (kind === 'block') return blocksIn(scope, label);
      // A conflict that add finds in a run is one interval's.
      return kind === 'slot' && label.section !== undefined
        ? sectionsIn(scope, { type: label.type, section: label.section })
        : sectionsIn(scope, label);
    },
  };
}

function sectionsIn(scope: Scope, label: Label): Span {
  if (STOPS.includes(label.type)) return [0, scope.sections];
  if (label.first !== undefined) return [label.first, label.first + (label.count ?? 0)];
  if (label.section !== undefined) return label.section < 0 ? NOBODY : [label.section, label.section + 1];
  const per = scope.sectionsPerBlock;
  const block = payload(label, 'block');
  return [block * per, Math.min(scope.sections, (block + 1) * per)];
}

function blocksIn(scope: Scope, label: Label): Span {
  if (label.block !== undefined) return [label.block, label.block + 1];
  const [from, to] = sectionsIn(scope, label);
  return from === to ? NOBODY : [blockOf(scope, from), blockOf(scope, to - 1) + 1];
}

/** What a label of one domain is for the hypervisor of every other domain on the host; undefined where it moves no frame of the heap. */
export function seenByOthers(protocol: Protocol, label: Label): Label | undefined {
  if ((GRANTS as readonly string[]).includes(label.type))
    return { type: 'host.take', pages: payload(label, 'pages') };
  if (UNMAPPED.includes(label.type))
    return protocol.freesUnmapped ? undefined : { type: 'host.take', pages: payload(label, 'pages') };
  const comesBack = protocol.decreaseFrees && protocol.returnsToHeap;
  // A frame that a backend has let go of, too.
  return comesBack && [...RETURNS, 'ref.drop'].includes(label.type)
    ? { type: 'host.give', pages: payload(label, 'pages') }
    : undefined;
}

/** Everybody on the host who is none of the guests: gives back what it took. */
export function outsideChart(): ModelChart {
  return chart<{ readonly held: number }>({
    id: 'outside',
    kind: 'outside',
    actor: 'outside',
    families: role('initiates', 'host.take', 'host.give'),
    context: { held: 0 },
    initial: 'there',
    states: {
      there: {
        'host.take': { set: (c, l) => ({ held: c.held + payload(l, 'pages') }) },
        'host.give': {
          when: (c, l) => payload(l, 'pages') <= c.held,
          set: (c, l) => ({ held: c.held - payload(l, 'pages') }),
        },
      },
    },
    observe: (c) => ({ held: c.held }),
    show: (c) => `holds ${c.held}`,
  });
}

/** A guest of real size: every actor on, targets anywhere, a host that cannot hold everything the guests may ask for. */
export function realScope(protocol: Protocol, form: Form, size: HostSize): Scope {
  // Until 4.7 the kernel onlined nothing inside add; a driver that holds its mutex over add is older than that.
  const kernelOnlines = protocol.driverOnlines || (protocol.onlineInsideAdd && protocol.dropMutexOverAdd);
  const { sections, pagesPerSection, domains } = size;
  const bootPages = BOOT_SECTIONS * pagesPerSection;
  return {
    name: 'real-size',
    sections,
    pagesPerSection,
    sectionsPerBlock: 1,
    bootPages,
    bootBallooned: 0,
    bootPod: form.pod ? pagesPerSection : 0,
    // The first stands at the start; none is above the last. Those between are drawn (sampling.ts).
    targets: [form.pod ? bootPages - pagesPerSection : bootPages, bootPages + sections * pagesPerSection],
    hostPages: domains * bootPages + Math.ceil((3 * domains * sections * pagesPerSection) / 4),
    batch: form.batch,
    retryLimit: 4,
    onlining: kernelOnlines ? 'any' : 'hand',
    writer: 'libxl',
    offliner: true,
    rival: true,
    otherDomain: domains === 1,
  };
}

export interface HostSize {
  readonly sections: number;
  readonly pagesPerSection: number;
  /** Guests. */
  readonly domains: number;
  /** Id of the guests' form; by default pv-x86_64. */
  readonly form?: string;
}

/** Boot memory, in sections: 512 MiB. */
const BOOT_SECTIONS = 4;
