/**
 * One guest of real size, stepped through XState. Local states of indexed charts are kept sparsely: what was never touched is
 * where it started. One stepper serves all charts of an indexed kind (they differ in what they own only).
 */

import type { GuestParts } from '../../models/hosts.ts';
import type { Bucket, SamplerView } from '../../models/sampling/sampling.ts';
import type { LocalState, ModelChart, Role } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';
import { Members } from './members.ts';
import { Mover } from './mover.ts';

/** One chart's part in a label that was taken. Numbers stand for indexed charts of the kind; `index` is absent otherwise. */
export interface Moved {
  readonly chart: ModelChart;
  readonly index: number | undefined;
  readonly before: Stepped;
  readonly after: Stepped;
}

/**
 * Called for each chart that owns a label that was taken. One chart object stands for all of an indexed kind and for all domains:
 * `index` says which it was, `domain` whose.
 */
export type OnStep = (
  chart: ModelChart,
  before: Stepped,
  label: Label,
  after: Stepped,
  index: number | undefined,
  domain: number,
) => void;

/** A chart that takes part in a family: where it stands, and as what. */
interface Part {
  readonly fixed: number | undefined;
  readonly kind: number;
  readonly role: Role;
}

const ORDER: readonly Role[] = ['initiates', 'grants', 'decides', 'observes'];

/** Charts and steppers of a guest; shared by all domains and runs of a protocol and scope. */
export class GuestCharts {
  readonly parts: GuestParts;
  readonly fixed: readonly Mover[];
  readonly indexed: readonly Mover[];
  readonly buckets: readonly (readonly [name: string, Bucket])[];
  private readonly byFamily = new Map<string, readonly Part[]>();
  private readonly openBy = new Map<string, readonly string[]>();
  private readonly families: readonly string[];

  /** `families`: those that are drawn. */
  constructor(parts: GuestParts, buckets: Readonly<Record<string, Bucket>>, families: readonly string[]) {
    this.families = families;
    this.parts = parts;
    this.fixed = parts.fixed.map((chart) => new Mover(chart, false));
    this.indexed = parts.indexed.map((chart) => new Mover(chart, true));
    this.buckets = Object.entries(buckets);
  }

  /** Families that may be taken with these control states; `key` stands for them. */
  openIn(key: string, fixed: readonly Stepped[]): readonly string[] {
    const known = this.openBy.get(key);
    if (known !== undefined) return known;
    const fresh = this.families.filter((family) =>
      this.partsOf(family).every(({ fixed: at, role }) => {
        if (at === undefined || role === 'observes') return true;
        const mover = this.fixed[at] as Mover;
        return mover.chart.index !== undefined || mover.handles((fixed[at] as Stepped).value, family);
      }),
    );
    this.openBy.set(key, fresh);
    return fresh;
  }

  /** Who takes part in a family, in the order in which they are asked. */
  partsOf(family: string): readonly Part[] {
    const known = this.byFamily.get(family);
    if (known !== undefined) return known;
    const all = [
      ...this.parts.fixed.flatMap(({ families }, fixed): Part[] => {
        const role = families[family];
        return role === undefined ? [] : [{ fixed, kind: -1, role }];
      }),
      ...this.parts.indexed.flatMap(({ families }, kind): Part[] => {
        const role = families[family];
        return role === undefined ? [] : [{ fixed: undefined, kind, role }];
      }),
    ];
    const sorted = all.sort((a, b) => ORDER.indexOf(a.role) - ORDER.indexOf(b.role));
    this.byFamily.set(family, sorted);
    return sorted;
  }
}

/** One owner of a label: a chart there is one of (`fixed` ≥ 0), or the chart `index` of an indexed kind. */
interface Owner {
  readonly mover: Mover;
  readonly fixed: number;
  readonly kind: number;
  readonly index: number;
  readonly role: Role;
}

export class Domain implements SamplerView {
  readonly id: number;
  readonly charts: GuestCharts;
  private readonly fixed: Stepped[];
  private readonly indexed: readonly Map<number, Stepped>[];
  private readonly members: Readonly<Record<string, Members>>;
  private readonly byKind: readonly (readonly [Members, Bucket])[][];
  private readonly places: ReadonlyMap<string, number>;
  private readonly kinds: ReadonlyMap<string, number>;

  /** `id`: which domain of its host. */
  constructor(charts: GuestCharts, id: number) {
    this.id = id;
    this.charts = charts;
    this.fixed = charts.fixed.map(({ initial }) => initial);
    this.indexed = charts.indexed.map(() => new Map());
    this.places = new Map(charts.fixed.map(({ chart }, at) => [chart.id, at]));
    this.kinds = new Map(charts.indexed.map(({ chart }, at) => [chart.kind, at]));
    const sets = charts.buckets.map(([name, bucket]) => {
      const kind = this.kinds.get(bucket.kind) ?? -1;
      const initial = charts.indexed[kind]?.initial;
      const full = initial !== undefined && bucket.has(initial);
      return { name, bucket, members: new Members(charts.parts.sizes[kind] ?? 0, full) };
    });
    this.members = Object.fromEntries(sets.map(({ name, members }) => [name, members]));
    this.byKind = charts.indexed.map(({ chart }) =>
      sets.flatMap(({ bucket, members }) => (bucket.kind === chart.kind ? [[members, bucket] as const] : [])),
    );
  }

  // SamplerView

  local(id: string): LocalState {
    const state = this.fixed[this.places.get(id) ?? -1];
    if (state === undefined) throw new Error(`there is no chart ${id}`);
    return state;
  }

  at(kind: string, index: number): LocalState {
    return this.stateAt(this.kinds.get(kind) ?? -1, index);
  }

  sizeOf(bucket: string): number {
    return this.members[bucket]?.size ?? 0;
  }

  nth(bucket: string, n: number): number {
    return this.members[bucket]?.nth(n) ?? 0;
  }

  /** Charts that are somewhere else than at the start, and all those there is one of. */
  *everywhere(): Generator<{
    readonly chart: ModelChart;
    readonly index: number | undefined;
    readonly state: Stepped;
  }> {
    for (const [at, { chart }] of this.charts.fixed.entries())
      yield { chart, index: chart.index, state: this.fixed[at] as Stepped };
    for (const [kind, states] of this.indexed.entries())
      for (const [index, state] of states)
        yield { chart: (this.charts.indexed[kind] as Mover).chart, index, state };
  }

  /** Families that no chart there is one of rules out by where it stands: a quick test that never loses a label. */
  open(): readonly string[] {
    let key = '';
    for (const { value } of this.fixed) key += `${value} `;
    return this.charts.openIn(key, this.fixed);
  }

  /** Asks the owners, initiators first. Throws where an observer refuses what the others accept (a bug of a chart). */
  accepts(label: Label): boolean {
    let any = false;
    for (const owner of this.ownersOf(label)) {
      any = true;
      if (owner.mover.accepts(this.stateOf(owner), label)) continue;
      if (owner.role === 'observes')
        throw new Error(
          `OBSERVER_REFUSES ${this.nameOf(owner)} refuses ${label.type} in ${this.stateOf(owner).key}`,
        );
      return false;
    }
    return any;
  }

  /** Moves all owners of an accepted label together. */
  move(label: Label, onStep: OnStep | undefined): readonly Moved[] {
    const moved: Moved[] = [];
    for (const owner of this.ownersOf(label)) {
      const { mover, fixed, index } = owner;
      const before = this.stateOf(owner);
      const after = mover.next(before, label);
      if (fixed >= 0) this.fixed[fixed] = after;
      else if (after !== before) this.place(owner.kind, index, before, after);
      moved.push({ chart: mover.chart, index: fixed >= 0 ? mover.chart.index : index, before, after });
      onStep?.(mover.chart, before, label, after, fixed >= 0 ? mover.chart.index : index, this.id);
    }
    return moved;
  }

  private *ownersOf(label: Label): Generator<Owner> {
    const { charts } = this;
    for (const { fixed, kind, role } of charts.partsOf(label.type)) {
      if (fixed !== undefined) {
        const mover = charts.fixed[fixed] as Mover;
        if (mover.chart.index === undefined || mover.chart.owns(label))
          yield { mover, fixed, kind: -1, index: -1, role };
        continue;
      }
      const mover = charts.indexed[kind] as Mover;
      const [from, to] = charts.parts.spanOf(mover.chart.kind, label);
      if (to > (charts.parts.sizes[kind] ?? 0))
        throw new RangeError(`${label.type} leaves the address space`);
      for (let index = from; index < to; index++) yield { mover, fixed: -1, kind, index, role };
    }
  }

  private stateOf({ fixed, kind, index }: Owner): Stepped {
    return fixed >= 0 ? (this.fixed[fixed] as Stepped) : this.stateAt(kind, index);
  }

  private stateAt(kind: number, index: number): Stepped {
    return this.indexed[kind]?.get(index) ?? (this.charts.indexed[kind] as Mover).initial;
  }

  private place(kind: number, index: number, before: Stepped, after: Stepped): void {
    this.indexed[kind]?.set(index, after);
    for (const [members, bucket] of this.byKind[kind] ?? []) {
      const has = bucket.has(after);
      if (has !== bucket.has(before)) members.set(index, has);
    }
  }

  private nameOf({ mover, fixed, index }: Owner): string {
    return fixed >= 0 ? mover.chart.id : `${mover.chart.kind}[${index}]`;
  }
}
