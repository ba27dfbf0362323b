/**
 * One belief about a guest: a local state of every chart, and the pages whose section the log does not tell.
 * Beliefs are values; a step makes a new one. Several are carried along where the log leaves control open.
 *
 * A decrease names machine frames, so the section its pages came from is unknown. Such pages are *loose*: on the balloon list of
 * some section, still in use in its chart. They are given to a section when a later record needs them there. A batch that
 * crosses into unknown sections leaves loose pages of the other sign. So each section's ballooned pages lie in an interval, and
 * their sum is exact.
 */

import { type ModelChart, type Quantities, roleIn } from '../core/chart.ts';
import { BOOT, type Label } from '../core/label.ts';
import type { Stepped, Stepper } from '../step/stepper.ts';
import type { World } from './world.ts';

/** Section number of a label whose section the log does not tell. */
export const UNTOLD = -2;

/** A chart that would not take a label, and where it was. */
export interface Refused {
  readonly chart: string;
  readonly state: string;
}

/**
 * One chart's move since the last record. `settled`: a page whose section became known later than it was taken. `assumed`: a
 * limit of Xen's side that the log does not show, solved so that a record fits. Neither has a known place in the order.
 */
export interface ChartStep {
  readonly chart: ModelChart;
  readonly before: Stepped;
  readonly label: Label;
  readonly after: Stepped;
  readonly how: 'taken' | 'settled' | 'assumed';
}

export type Step =
  | { readonly ok: true; readonly belief: Belief }
  | { readonly ok: false; readonly refused: readonly Refused[] };

export class Belief {
  readonly world: World;
  private readonly fixed: readonly Stepped[];
  readonly indexed: ReadonlyMap<number, readonly Stepped[]>;
  /** Pages on the balloon list beyond what the section charts say (negative: fewer). */
  readonly loose: number;
  /** Labels taken since the last record, and step properties they broke. */
  readonly trail: readonly Label[];
  readonly brokenSteps: readonly string[];
  /** Moves of charts since the last record, in order. */
  readonly steps: readonly ChartStep[];

  constructor(
    world: World,
    fixed: readonly Stepped[] = world.fixed.map(({ initial }) => initial),
    indexed: ReadonlyMap<number, readonly Stepped[]> = new Map(),
    loose = 0,
    trail: readonly Label[] = [],
    brokenSteps: readonly string[] = [],
    steps: readonly ChartStep[] = [],
  ) {
    this.world = world;
    this.fixed = fixed;
    this.indexed = indexed;
    this.loose = loose;
    this.trail = trail;
    this.brokenSteps = brokenSteps;
    this.steps = steps;
  }

  /** The same belief with nothing taken yet. */
  rested(): Belief {
    return this.trail.length + this.steps.length === 0
      ? this
      : new Belief(this.world, this.fixed, this.indexed, this.loose);
  }

  /** Identity; beliefs with equal keys are one. */
  get key(): string {
    const sections = [...this.indexed].map(
      ([index, states]) => `${index}:${states.map(({ key }) => key).join('')}`,
    );
    return [...this.fixed.map(({ key }) => key), ...sections, this.loose].join('|');
  }

  /** Takes a label if every owner accepts it. */
  take(label: Label, how: ChartStep['how'] = 'taken'): Step {
    const refused: Refused[] = [];
    const broken: string[] = [];
    const steps: ChartStep[] = [];
    let owned = false;
    const fixed = this.fixed.map((state, at) => {
      const stepper = this.world.fixed[at];
      if (stepper === undefined || roleIn(stepper.chart, label) === undefined) return state;
      owned = true;
      return this.move(stepper, state, label, how, refused, broken, steps);
    });
    let indexed = this.indexed;
    for (const index of indicesOf(label)) {
      const steppers = this.world.at(index);
      const before = this.indexed.get(index) ?? steppers.map(({ initial }) => initial);
      if (!steppers.some(({ chart }) => roleIn(chart, label) !== undefined)) continue;
      owned = true;
      const after = before.map((state, at) => {
        const stepper = steppers[at];
        return stepper === undefined || roleIn(stepper.chart, label) === undefined
          ? state
          : this.move(stepper, state, label, how, refused, broken, steps);
      });
      if (indexed === this.indexed) indexed = new Map(this.indexed);
      (indexed as Map<number, readonly Stepped[]>).set(index, after);
    }
    if (!owned)
      refused.push({ chart: this.world.protocol.id, state: 'no chart of this variant knows the label' });
    if (refused.length > 0) return { ok: false, refused };
    const trail = [...this.trail, label];
    return {
      ok: true,
      belief: new Belief(
        this.world,
        fixed,
        indexed,
        this.loose,
        trail,
        [...this.brokenSteps, ...broken],
        [...this.steps, ...steps],
      ),
    };
  }

  /** Gives (or takes back) loose pages of one section: only its own chart moves, the others have long counted them. */
  settle(section: number, pages: number): Step {
    const label: Label = { type: pages > 0 ? 'decrease.ok' : 'populate.ok', section, pages: Math.abs(pages) };
    const [stepper, state] = this.sectionChart(section);
    const refused: Refused[] = [];
    const steps: ChartStep[] = [];
    const after = this.move(stepper, state, label, 'settled', refused, [], steps);
    if (refused.length > 0) return { ok: false, refused };
    return { ok: true, belief: this.withSection(section, after, this.loose - pages, steps) };
  }

  withLoose(loose: number): Belief {
    return new Belief(this.world, this.fixed, this.indexed, loose, this.trail, this.brokenSteps, this.steps);
  }

  /** Sum of a quantity over the charts of a kind; loose pages count as ballooned, not as in use. */
  sum(kind: string, quantity: string): number {
    const { fixed, indexed } = this.world.placesOf(kind);
    let total = 0;
    for (const at of fixed) total += this.world.observe(this.world.fixed[at], this.fixed[at])[quantity] ?? 0;
    if (indexed !== undefined)
      for (const [index, states] of this.indexed)
        total += this.world.observe(this.world.at(index)[indexed], states[indexed])[quantity] ?? 0;
    if (kind === 'section' && quantity === 'ballooned') total += this.loose;
    if (kind === 'section' && quantity === 'inUse') total -= this.loose;
    return total;
  }

  /** The same for the charts of one index, and those there is one of. */
  sumAt(kind: string, quantity: string, index: number): number {
    const { indexed } = this.world.placesOf(kind);
    const states = this.indexed.get(index);
    return indexed === undefined || states === undefined
      ? this.sum(kind, quantity)
      : (this.world.observe(this.world.at(index)[indexed], states[indexed])[quantity] ?? 0);
  }

  section(section: number): Quantities {
    const [stepper, state] = this.sectionChart(section);
    return this.world.observe(stepper, state);
  }

  /** Every chart and where it is. */
  *charts(): Iterable<readonly [ModelChart, Stepped]> {
    for (const [at, { chart }] of this.world.fixed.entries()) {
      const state = this.fixed[at];
      if (state !== undefined) yield [chart, state];
    }
    for (const [index, states] of this.indexed)
      for (const [at, { chart }] of this.world.at(index).entries()) {
        const state = states[at];
        if (state !== undefined) yield [chart, state];
      }
  }

  /** Sections that a log has spoken of, and boot memory. */
  get sections(): readonly number[] {
    return [BOOT, ...this.indexed.keys()];
  }

  /** The local state of a chart there is one of. */
  local(chart: string): Stepped | undefined {
    return this.fixed[this.world.fixed.findIndex((stepper) => stepper.chart.id === chart)];
  }

  /** How a chart would show itself in a trace. */
  show(chart: string): string {
    const at = this.world.fixed.findIndex((stepper) => stepper.chart.id === chart);
    const state = this.fixed[at];
    const stepper = this.world.fixed[at];
    return state === undefined || stepper === undefined ? '' : (stepper.chart.show?.(state) ?? state.key);
  }

  private move(
    stepper: Stepper,
    state: Stepped,
    label: Label,
    how: ChartStep['how'],
    refused: Refused[],
    broken: string[],
    steps: ChartStep[],
  ): Stepped {
    if (stepper.accepts(state, label)) {
      const after = stepper.next(state, label);
      broken.push(...this.world.judge(stepper.chart, state, label, after));
      steps.push({ chart: stepper.chart, before: state, label, after, how });
      return after;
    }
    refused.push({ chart: stepper.chart.id, state: stepper.chart.show?.(state) ?? state.key });
    return state;
  }

  private sectionChart(section: number): [Stepper, Stepped] {
    if (section === BOOT) {
      const at = this.world.fixed.findIndex(({ chart }) => chart.id === 'section[boot]');
      return [this.world.fixed[at] as Stepper, this.fixed[at] as Stepped];
    }
    const stepper = this.world.at(section)[0] as Stepper;
    return [stepper, this.indexed.get(section)?.[0] ?? stepper.initial];
  }

  private withSection(section: number, state: Stepped, loose: number, moved: readonly ChartStep[]): Belief {
    const steps = [...this.steps, ...moved];
    if (section === BOOT) {
      const at = this.world.fixed.findIndex(({ chart }) => chart.id === 'section[boot]');
      return new Belief(
        this.world,
        this.fixed.with(at, state),
        this.indexed,
        loose,
        this.trail,
        this.brokenSteps,
        steps,
      );
    }
    const steppers = this.world.at(section);
    const states = this.indexed.get(section) ?? steppers.map(({ initial }) => initial);
    return new Belief(
      this.world,
      this.fixed,
      new Map(this.indexed).set(section, states.with(0, state)),
      loose,
      this.trail,
      this.brokenSteps,
      steps,
    );
  }
}

/** Indices of the section, block and slot charts that a label may concern. */
function indicesOf(label: Label): readonly number[] {
  if (label.first !== undefined && label.count !== undefined) {
    const { first, count } = label;
    return Array.from({ length: count }, (_, n) => first + n);
  }
  const index = label.section ?? label.block;
  return index === undefined || index < 0 ? [] : [index];
}
