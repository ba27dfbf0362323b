/**
 * The charts of a real guest, at real size. The same chart functions as in small scopes; sections, blocks and slots get
 * their charts when a log first speaks of them.
 */

import { pv64 } from '../../models/forms/pv.ts';
import { blockChart } from '../../models/guest/block.ts';
import { needChart } from '../../models/guest/books.ts';
import { bootSectionChart, sectionChart } from '../../models/guest/section.ts';
import { slotChart } from '../../models/guest/slot.ts';
import { guestCharts } from '../../models/guest.ts';
import { hypervisorChart } from '../../models/host/hypervisor.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import type { ModelChart, Quantities } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import { type Stepped, Stepper } from '../step/stepper.ts';

/** What a log says about the guest before its first event. */
export interface Geometry {
  readonly pagesPerSection: number;
  /** Extents of one call at most (frame_list). */
  readonly batch: number;
  /** max_retry_count. */
  readonly retryLimit: number;
  /** Driver counters at the first record, pages. */
  readonly target: number;
  readonly current: number;
  readonly low: number;
  readonly total: number;
}

/** More frames than any host has: what is not known of Xen's side starts without a limit. Twice this bounds every counter, which is what is read exactly. */
export const PLENTY = 2 ** 52;

export type Judge = (chart: ModelChart, before: Stepped, label: Label, after: Stepped) => readonly string[];

/** The charts that there is one of for each section, in this order. */
const INDEXED_KINDS: readonly string[] = ['section', 'block', 'slot'];

/** What a world takes over from an earlier one of the same guest: its sections, and boot memory and Xen's count to go with them. */
export interface Kept {
  readonly world: World;
  readonly indexed: ReadonlyMap<number, readonly Stepped[]>;
  readonly bootPages: number;
  readonly bootBallooned: number;
  /** Frames that Xen counts for the domain. */
  readonly tot: number;
}

interface Places {
  readonly fixed: readonly number[];
  readonly indexed: number | undefined;
}

/** The guest of a log as a scope: everybody is there, and Xen has plenty until a record says otherwise. */
export const scopeOfLog = (geometry: Geometry, sections: number): Scope => ({
  name: 'log',
  sections,
  pagesPerSection: geometry.pagesPerSection,
  sectionsPerBlock: 1,
  // Blocks that are offline when the log begins are in total only.
  bootPages: geometry.current + geometry.low,
  bootBallooned: geometry.low,
  bootPod: 0,
  targets: [geometry.target],
  hostPages: PLENTY,
  batch: geometry.batch,
  retryLimit: geometry.retryLimit,
  onlining: 'any',
  writer: 'any',
  offliner: true,
  rival: true,
  otherDomain: true,
  actors: ['dimm'],
});

export class World {
  readonly protocol: Protocol;
  readonly geometry: Geometry;
  readonly fixed: readonly Stepper[];
  /** Asked after each chart's step: ids of step properties that it breaks. */
  readonly judge: Judge;
  private readonly scope: Scope;
  private readonly indexed: Map<number, readonly Stepper[]> = new Map();
  private readonly places = new Map<string, Places>();
  private readonly observed = new WeakMap<Stepped, Quantities>();

  constructor(protocol: Protocol, geometry: Geometry, judge: Judge = () => [], kept?: Kept) {
    this.judge = judge;
    this.protocol = protocol;
    this.geometry = geometry;
    this.scope = scopeOfLog(geometry, 0);
    if (kept !== undefined) this.indexed = kept.world.indexed;
    this.fixed = guestCharts(protocol, pv64, this.scope).map(
      (chart) => new Stepper(this.startOf(chart, kept)),
    );
  }

  /** The chart, begun where only some of the pages count: total has what is offline, boot memory lacks what sections have. */
  private startOf(chart: ModelChart, kept: Kept | undefined): ModelChart {
    const begun = (bootPages: number, bootBallooned: number): Scope => ({
      ...this.scope,
      bootPages,
      bootBallooned,
    });
    if (chart.id === 'need')
      return needChart(this.protocol, pv64, begun(this.geometry.total, this.geometry.low));
    if (kept === undefined) return chart;
    if (chart.id === 'section[boot]')
      return bootSectionChart(this.protocol, pv64, begun(kept.bootPages, kept.bootBallooned));
    return chart.id === 'hypervisor' ? hypervisorChart(this.protocol, pv64, begun(kept.tot, 0)) : chart;
  }

  /** Where the charts of a kind stand: among the fixed ones, and among those of each index. */
  placesOf(kind: string): Places {
    const known = this.places.get(kind);
    if (known !== undefined) return known;
    const indexed = INDEXED_KINDS.indexOf(kind);
    const fixed = this.fixed.flatMap(({ chart }, at) => (chart.kind === kind ? [at] : []));
    const places = { fixed, indexed: indexed < 0 ? undefined : indexed };
    this.places.set(kind, places);
    return places;
  }

  /** Quantities of a local state, computed once. */
  observe(stepper: Stepper | undefined, state: Stepped | undefined): Quantities {
    if (stepper === undefined || state === undefined) return {};
    const known = this.observed.get(state);
    if (known !== undefined) return known;
    const fresh = stepper.chart.observe(state);
    this.observed.set(state, fresh);
    return fresh;
  }

  /** Section, block and slot of one index. */
  at(index: number): readonly Stepper[] {
    const known = this.indexed.get(index);
    if (known !== undefined) return known;
    const charts: readonly ModelChart[] = [
      sectionChart(index, this.protocol, pv64, this.scope),
      blockChart(index, this.protocol, this.scope),
      slotChart(index, this.protocol, this.scope),
    ];
    const fresh = charts.map((chart) => new Stepper(chart));
    this.indexed.set(index, fresh);
    return fresh;
  }
}
