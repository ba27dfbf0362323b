/**
 * Properties judged along one run at real size: sums are kept up to date by what moved, watches of one index are asked only
 * where it moved, step watches on the charts that moved. `possible` watches need every run and are not judged here.
 */
import type { Property } from '../../properties/property.ts';
import {
  type Condition,
  contribution,
  isOfRuns,
  meets,
  type RunWatch,
  type Sum,
} from '../compose/observation.ts';
import type { LocalState, ModelChart, Quantities } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import type { Domain, Moved } from './domain.ts';

/** A property as far as one run can break it. */
type Judged = Property & { readonly watch: RunWatch };

interface CompiledState {
  readonly property: string;
  /** Per clause, the sums and what they must not be together. */
  readonly clauses: readonly (readonly { readonly sum: number; readonly condition: Condition }[])[];
}

/** One term of a sum that charts of a kind add to. */
interface Term {
  readonly quantity: string;
  readonly weight: number;
}

/** What is the same for every run: which sums there are, and what each chart adds to them. */
export class Watches {
  readonly judged: readonly string[];
  readonly notJudged: readonly string[];
  readonly sums: readonly Sum[];
  readonly whole: readonly CompiledState[];
  readonly perIndex: readonly {
    readonly property: string;
    readonly clauses: readonly (readonly Condition[])[];
  }[];
  private readonly steps: readonly {
    readonly property: string;
    readonly on: string | undefined;
    readonly watch: Step;
  }[];
  private readonly quantities = new WeakMap<object, Quantities>();
  private readonly added = new WeakMap<object, Float64Array>();
  private readonly terms = new Map<string, readonly (readonly Term[])[]>();
  private readonly sumsOfKind = new Map<string, readonly number[]>();

  constructor(properties: readonly Property[]) {
    const judged = properties.filter((one): one is Judged => isOfRuns(one.watch));
    this.judged = judged.map(({ id }) => id);
    this.notJudged = properties.filter(({ watch }) => !isOfRuns(watch)).map(({ id }) => id);
    const sums = new Map<string, { readonly at: number; readonly sum: Sum }>();
    const sumOf = (sum: Sum): number => {
      const key = JSON.stringify(sum);
      const at = sums.get(key)?.at ?? sums.size;
      sums.set(key, { at, sum });
      return at;
    };
    const states = judged.flatMap(({ id, watch }) => (watch.kind === 'state' ? [{ id, watch }] : []));
    this.whole = states.flatMap(({ id, watch }) =>
      watch.perIndex
        ? []
        : [
            {
              property: id,
              clauses: watch.clauses.map((clause) =>
                clause.map((condition) => ({ sum: sumOf(condition.sum), condition })),
              ),
            },
          ],
    );
    this.perIndex = states.flatMap(({ id, watch }) =>
      watch.perIndex ? [{ property: id, clauses: watch.clauses }] : [],
    );
    this.steps = judged.flatMap(({ id, watch }) =>
      watch.kind === 'step' ? [{ property: id, on: watch.on, watch }] : [],
    );
    this.sums = [...sums.values()].map(({ sum }) => sum);
  }

  observe(chart: ModelChart, state: LocalState): Quantities {
    const known = this.quantities.get(state);
    if (known !== undefined) return known;
    const fresh = chart.observe(state);
    this.quantities.set(state, fresh);
    return fresh;
  }

  /** What a local state adds to the sums of its kind, in the order of `sumsFor`. */
  addedBy(chart: ModelChart, state: LocalState): Float64Array {
    const known = this.added.get(state);
    if (known !== undefined) return known;
    const quantities = this.observe(chart, state);
    const fresh = Float64Array.from(this.termsOf(chart.kind), (terms) => {
      let total = 0;
      for (const { quantity, weight } of terms) {
        const value = quantities[quantity];
        if (value === undefined) throw new Error(`${chart.kind} has no quantity ${quantity}`);
        total += weight * value;
      }
      return total;
    });
    this.added.set(state, fresh);
    return fresh;
  }

  private termsOf(kind: string): readonly (readonly Term[])[] {
    const known = this.terms.get(kind);
    if (known !== undefined) return known;
    const fresh = this.sumsFor(kind).map((at) =>
      Object.entries(this.sums[at] ?? {}).flatMap(([term, weight]): Term[] => {
        const [of, quantity = ''] = term.split('.');
        return of === kind ? [{ quantity, weight }] : [];
      }),
    );
    this.terms.set(kind, fresh);
    return fresh;
  }

  /** Sums that charts of a kind add to. */
  sumsFor(kind: string): readonly number[] {
    const known = this.sumsOfKind.get(kind);
    if (known !== undefined) return known;
    const fresh = this.sums.flatMap((sum, at) =>
      Object.keys(sum).some((term) => term.startsWith(`${kind}.`)) ? [at] : [],
    );
    this.sumsOfKind.set(kind, fresh);
    return fresh;
  }

  brokenSteps(label: Label, { chart, before, after }: Moved): string[] {
    return this.steps.flatMap(({ property, on, watch }) =>
      on === chart.kind &&
      watch.holds !== undefined &&
      !watch.holds(this.observe(chart, before), label, this.observe(chart, after))
        ? [property]
        : [],
    );
  }

  never(type: string): string[] {
    return this.steps.flatMap(({ property, watch }) => (watch.never.includes(type) ? [property] : []));
  }
}

type Step = Extract<Property['watch'], { readonly kind: 'step' }>;

/** Properties of one domain along one run. */
export class DomainJudge {
  private readonly watches: Watches;
  private readonly domain: Domain;
  private readonly sums: Float64Array;

  constructor(watches: Watches, domain: Domain) {
    this.watches = watches;
    this.domain = domain;
    this.sums = new Float64Array(watches.sums.length);
    const add = (chart: ModelChart, state: LocalState, times: number): void => {
      const added = watches.addedBy(chart, state);
      for (const [nth, at] of watches.sumsFor(chart.kind).entries())
        this.sums[at] = (this.sums[at] ?? 0) + times * (added[nth] ?? 0);
    };
    const { charts } = domain;
    for (const { chart, index, state } of domain.everywhere())
      if (index === undefined || charts.parts.fixed.includes(chart)) add(chart, state, 1);
    charts.indexed.forEach(({ chart, initial }, kind) => {
      add(chart, initial, charts.parts.sizes[kind] ?? 0);
    });
  }

  /** Ids of properties that this label, taken by these charts of the domain, breaks. `isMine`: not a renamed label of another domain. */
  judge(label: Label, moved: readonly Moved[], isMine: boolean): string[] {
    const { watches } = this;
    const broken = isMine ? watches.never(label.type) : [];
    for (const part of moved) {
      broken.push(...watches.brokenSteps(label, part));
      if (part.before === part.after) continue;
      const before = watches.addedBy(part.chart, part.before);
      const after = watches.addedBy(part.chart, part.after);
      const sums = watches.sumsFor(part.chart.kind);
      for (let nth = 0; nth < sums.length; nth++) {
        const at = sums[nth] ?? 0;
        this.sums[at] = (this.sums[at] ?? 0) + (after[nth] ?? 0) - (before[nth] ?? 0);
      }
    }
    for (const { property, clauses } of watches.whole)
      if (
        clauses.some((clause) => clause.every(({ sum, condition }) => meets(this.sums[sum] ?? 0, condition)))
      )
        broken.push(property);
    if (watches.perIndex.length > 0) broken.push(...this.brokenAt(moved));
    return broken;
  }

  /** The terms of a property's sums, as they stand: `hypervisor.tot 5 − books.current 4 = 1`. */
  balance(property: string): readonly string[] {
    const found = this.watches.whole.find((one) => one.property === property);
    return (found?.clauses ?? []).flatMap((clause) =>
      clause
        .slice(-1)
        .map(
          ({ sum, condition }) =>
            `${sumText(condition.sum)} = ${this.sums[sum]} (${condition.is} ${condition.to})`,
        ),
    );
  }

  private brokenAt(moved: readonly Moved[]): string[] {
    const indices = new Set(
      moved.flatMap(({ index, before, after }) =>
        index === undefined || index < 0 || before === after ? [] : [index],
      ),
    );
    const broken: string[] = [];
    for (const { property, clauses } of this.watches.perIndex)
      for (const index of indices)
        if (
          clauses.some((clause) =>
            clause.every((condition) => meets(this.sumAt(condition.sum, index), condition)),
          )
        )
          broken.push(property);
    return broken;
  }

  private sumAt(sum: Sum, index: number): number {
    const { charts } = this.domain;
    let total = 0;
    for (const { chart } of charts.indexed)
      total += contribution(sum, chart.kind, this.watches.observe(chart, this.domain.at(chart.kind, index)));
    return total;
  }
}

const sumText = (sum: Sum): string =>
  Object.entries(sum)
    .map(([term, weight]) => (weight === 1 ? term : `${weight}\u00b7${term}`))
    .join(' + ');
