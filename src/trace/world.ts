/**
 * Charts, stepped together at any size: who owns a label, who refuses it, what it changes, and the sums of what they count.
 * No table is compiled, so it serves two sections as well as eight thousand: charts with an index are made when first spoken of.
 */
import type { ModelChart, Quantities } from '../core/chart.ts';
import { roleIn } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { type Stepped, Stepper } from '../step/stepper.ts';

/**
 * The charts of a world. Those made by index may be many: they all start alike, and a label concerns them only if it names
 * a section, a block or a run of sections.
 */
export interface WorldCharts {
  /** Charts that exist from the start: those there is one of, and boot memory. */
  readonly fixed: readonly ModelChart[];
  /** How many indices there are, from 0. */
  readonly indices: number;
  /** The charts of one index, always of the same kinds in the same order. */
  readonly at: (index: number) => readonly ModelChart[];
  /** Sections of one memory block; 1 unless given. */
  readonly sectionsPerBlock?: number;
}

/** A chart that would not take a label, and how it shows itself. */
export interface Refused {
  readonly chart: string;
  readonly state: string;
}

/** One chart's part of a step. */
export interface Change {
  readonly chart: ModelChart;
  readonly before: Stepped;
  readonly after: Stepped;
}

/** Local states that one chart remembers; beyond this it forgets them all and begins again. */
const REMEMBERED_MAX = 20_000;

/** A stepper that remembers what it was asked: runs that differ little repeat most of their steps. */
class Remembering {
  readonly chart: ModelChart;
  readonly initial: Stepped;
  private readonly stepper: Stepper;
  private readonly known = new Map<string, Stepped>();
  private moves = new WeakMap<Stepped, Map<string, Stepped | null>>();

  constructor(chart: ModelChart) {
    this.chart = chart;
    this.stepper = new Stepper(chart);
    this.initial = this.stepper.initial;
    this.known.set(this.initial.key, this.initial);
  }

  /** Null where it refuses. */
  next(from: Stepped, label: Label, text: string): Stepped | null {
    let moves = this.moves.get(from);
    if (moves === undefined) {
      moves = new Map();
      this.moves.set(from, moves);
    }
    const known = moves.get(text);
    if (known !== undefined) return known;
    const after = this.stepper.accepts(from, label) ? this.intern(this.stepper.next(from, label)) : null;
    moves.set(text, after);
    return after;
  }

  private intern(local: Stepped): Stepped {
    const known = this.known.get(local.key);
    if (known !== undefined) return known;
    if (this.known.size >= REMEMBERED_MAX) {
      this.known.clear();
      this.known.set(this.initial.key, this.initial);
      this.moves = new WeakMap();
    }
    this.known.set(local.key, local);
    return local;
  }
}

type Totals = Map<string, Record<string, number>>;

export class StepWorld {
  readonly charts: WorldCharts;
  private readonly fixedByFamily = new Map<string, number[]>();
  private readonly made = new Map<number, Remembering>();
  private readonly perIndex: number;
  private readonly owners = new Map<string, readonly number[]>();
  private readonly observed = new WeakMap<Stepped, Quantities>();
  private totals: Totals | undefined;

  constructor(charts: WorldCharts) {
    this.charts = charts;
    this.perIndex = charts.indices > 0 ? charts.at(0).length : 0;
    charts.fixed.forEach((chart, place) => {
      for (const family of Object.keys(chart.families)) {
        const known = this.fixedByFamily.get(family);
        if (known === undefined) this.fixedByFamily.set(family, [place]);
        else known.push(place);
      }
    });
  }

  /** A world of charts that all exist: small scopes, and models of tests. */
  static of(charts: readonly ModelChart[]): StepWorld {
    return new StepWorld({ fixed: charts, indices: 0, at: () => [] });
  }

  /** A run that has not begun. */
  walk(): Walk {
    return new Walk(this);
  }

  /** Places of the charts that own a label, ascending. */
  ownersOf(label: Label): readonly number[] {
    const text = textOf(label);
    const known = this.owners.get(text);
    if (known !== undefined) return known;
    const found = [...(this.fixedByFamily.get(label.type) ?? []), ...this.placesOf(label)].filter(
      (place) => roleIn(this.chartAt(place), label) !== undefined,
    );
    if (this.owners.size >= REMEMBERED_MAX) this.owners.clear();
    this.owners.set(text, found);
    return found;
  }

  chartAt(place: number): ModelChart {
    return this.stepperAt(place).chart;
  }

  initialAt(place: number): Stepped {
    return this.stepperAt(place).initial;
  }

  /** Null where the chart refuses. */
  next(place: number, from: Stepped, label: Label): Stepped | null {
    return this.stepperAt(place).next(from, label, textOf(label));
  }

  observe(chart: ModelChart, local: Stepped): Quantities {
    const known = this.observed.get(local);
    if (known !== undefined) return known;
    const fresh = chart.observe(local);
    this.observed.set(local, fresh);
    return fresh;
  }

  /** Places of the charts of one index. */
  placesAt(index: number): readonly number[] {
    if (index < 0 || index >= this.charts.indices) return [];
    const first = this.charts.fixed.length + index * this.perIndex;
    return Array.from({ length: this.perIndex }, (_, at) => first + at);
  }

  /** The index of a place, or undefined for a chart there is one of. */
  indexOf(place: number): number | undefined {
    const past = place - this.charts.fixed.length;
    return past < 0 || this.perIndex === 0 ? undefined : Math.floor(past / this.perIndex);
  }

  /** What the charts of each kind count together at the start. */
  initialTotals(): Totals {
    this.totals ??= this.countAtStart();
    return new Map([...this.totals].map(([kind, totals]) => [kind, { ...totals }]));
  }

  private countAtStart(): Totals {
    const totals: Totals = new Map();
    const add = (place: number, times: number) => {
      const chart = this.chartAt(place);
      const sums = totals.get(chart.kind) ?? {};
      totals.set(chart.kind, sums);
      for (const [name, value] of Object.entries(this.observe(chart, this.initialAt(place))))
        sums[name] = (sums[name] ?? 0) + times * value;
    };
    this.charts.fixed.forEach((_, place) => {
      add(place, 1);
    });
    for (const place of this.placesAt(0)) add(place, this.charts.indices);
    return totals;
  }

  /** Places of indexed charts that a label may concern: its sections, its block, and the blocks and sections of those. */
  private placesOf(label: Label): number[] {
    if (this.perIndex === 0) return [];
    const size = this.charts.sectionsPerBlock ?? 1;
    const indices = new Set<number>();
    const section = (index: number) => indices.add(index).add(Math.floor(index / size));
    if (label.section !== undefined) section(label.section);
    if (label.block !== undefined) {
      indices.add(label.block);
      for (let n = 0; n < size; n++) indices.add(label.block * size + n);
    }
    if (label.first !== undefined) for (let n = 0; n < (label.count ?? 1); n++) section(label.first + n);
    return [...indices].sort((a, b) => a - b).flatMap((index) => this.placesAt(index));
  }

  private stepperAt(place: number): Remembering {
    const known = this.made.get(place);
    if (known !== undefined) return known;
    const { fixed, at } = this.charts;
    const index = this.indexOf(place);
    const chart = index === undefined ? fixed[place] : at(index)[(place - fixed.length) % this.perIndex];
    if (chart === undefined) throw new RangeError(`there is no chart at place ${place}`);
    const fresh = new Remembering(chart);
    this.made.set(place, fresh);
    return fresh;
  }
}

/** One run as it goes on. Changes in place; `copy` before trying something. */
export class Walk {
  readonly world: StepWorld;
  private readonly locals: Map<number, Stepped>;
  private readonly totals: Totals;

  constructor(world: StepWorld, from?: Walk) {
    this.world = world;
    this.locals = new Map(from?.locals);
    this.totals =
      from === undefined
        ? world.initialTotals()
        : new Map([...from.totals].map(([kind, totals]) => [kind, { ...totals }]));
  }

  copy(): Walk {
    return new Walk(this.world, this);
  }

  local(place: number): Stepped {
    return this.locals.get(place) ?? this.world.initialAt(place);
  }

  /** Who would not take it now; empty where it is enabled. A label that nobody owns is refused by nobody: see `ownersOf`. */
  refusals(label: Label): readonly Refused[] {
    const { world } = this;
    return world.ownersOf(label).flatMap((place) => {
      const local = this.local(place);
      if (world.next(place, local, label) !== null) return [];
      const chart = world.chartAt(place);
      return [{ chart: chart.id, state: chart.show?.(local) ?? local.key }];
    });
  }

  isEnabled(label: Label): boolean {
    const owners = this.world.ownersOf(label);
    return (
      owners.length > 0 && owners.every((place) => this.world.next(place, this.local(place), label) !== null)
    );
  }

  /** Takes a label if every owner accepts it; what changed, or undefined (and nothing changed) where one refuses or nobody owns it. */
  take(label: Label): readonly Change[] | undefined {
    const { world } = this;
    const owners = world.ownersOf(label);
    if (owners.length === 0) return undefined;
    const after: Stepped[] = [];
    for (const place of owners) {
      const next = world.next(place, this.local(place), label);
      if (next === null) return undefined;
      after.push(next);
    }
    return owners.map((place, at) => {
      const change = { chart: world.chartAt(place), before: this.local(place), after: after[at] as Stepped };
      this.locals.set(place, change.after);
      if (change.before !== change.after) this.count(change);
      return change;
    });
  }

  /**
   * Sum of a quantity over the charts of a kind; with an index, over those of that index and those without one.
   * Throws where charts of that kind have no such quantity (a bug of ours); a kind that is not there adds nothing.
   */
  sum(kind: string, quantity: string, index?: number): number {
    if (index === undefined) {
      const totals = this.totals.get(kind);
      const value = totals?.[quantity];
      if (totals !== undefined && value === undefined) throw new Error(`${kind} has no quantity ${quantity}`);
      return value ?? 0;
    }
    const { world } = this;
    let total = 0;
    world.charts.fixed.forEach((chart, place) => {
      if (chart.kind === kind && (chart.index === undefined || chart.index === index))
        total += world.observe(chart, this.local(place))[quantity] ?? 0;
    });
    for (const place of world.placesAt(index)) {
      const chart = world.chartAt(place);
      if (chart.kind === kind) total += world.observe(chart, this.local(place))[quantity] ?? 0;
    }
    return total;
  }

  /** Indices of charts that exist or have moved, and one that stands for those that have not. */
  indices(): readonly number[] {
    const { fixed, indices } = this.world.charts;
    const found = new Set(fixed.flatMap(({ index }) => (index === undefined || index < 0 ? [] : [index])));
    for (const place of this.locals.keys()) {
      const index = this.world.indexOf(place);
      if (index !== undefined) found.add(index);
    }
    let rest = 0;
    while (rest < indices && found.has(rest)) rest++;
    if (rest < indices) found.add(rest);
    return [...found].sort((a, b) => a - b);
  }

  /** Identity of the state: local states of every chart that is not where it began. */
  key(): string {
    return [...this.locals]
      .filter(([place, local]) => local !== this.world.initialAt(place))
      .sort(([a], [b]) => a - b)
      .map(([place, local]) => `${place}${local.key}`)
      .join('');
  }

  private count({ chart, before, after }: Change): void {
    const totals = this.totals.get(chart.kind);
    if (totals === undefined) return;
    const earlier = this.world.observe(chart, before);
    for (const [name, value] of Object.entries(this.world.observe(chart, after)))
      totals[name] = (totals[name] ?? 0) + value - (earlier[name] ?? 0);
  }
}

const texts = new WeakMap<Label, string>();
function textOf(label: Label): string {
  const known = texts.get(label);
  if (known !== undefined) return known;
  const text = labelText(label);
  texts.set(label, text);
  return text;
}
