/**
 * The collector: told of every step of every chart, it counts elements. Nothing that was not told can be in a recording.
 * Per chart it remembers the last transitions, for pairs, paths and round trips.
 */
import type { ModelChart } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';
import { choiceOf, guardText } from './guards.ts';
import { type Kind, Kinds } from './kinds.ts';
import { count, noElements, noLocal, type Recording } from './recording.ts';

export interface RecorderOptions {
  readonly source: string;
  readonly variant: string;
  /** Transitions in a path, at least 2; 3 unless told. */
  readonly k?: number;
  /** Also count local states and transitions (small scopes only: their number has no bound at real size). */
  readonly local?: boolean;
}

/** The recent past of one chart. */
interface Past {
  readonly kind: Kind;
  /** Where it is. */
  at: Stepped;
  /** Structural transitions, oldest first. */
  trail: number[];
  /** The last local transition, as text. */
  last: string | undefined;
}

/** No chart has more control states, so no simple round trip is longer. */
const TRAIL_MAX = 64;

/** Counts by numbers joined to a key, until somebody asks for texts. */
class Paths {
  private readonly counts = new Map<string, { readonly path: readonly number[]; times: number }>();

  add(path: readonly number[]): void {
    const key = path.join();
    const known = this.counts.get(key);
    if (known === undefined) this.counts.set(key, { path, times: 1 });
    else known.times++;
  }

  *texts(kind: Kind): Iterable<readonly [string, number]> {
    for (const { path, times } of this.counts.values()) yield [kind.pathText(path), times];
  }
}

/** Per kind. */
interface Counts {
  readonly transitions: Paths;
  readonly pairs: Paths;
  readonly kpaths: Paths;
  readonly roundtrips: Paths;
}

export class Recorder {
  private readonly options: RecorderOptions;
  private readonly k: number;
  private readonly kinds = new Kinds();
  private readonly pasts = new Map<string, Past>();
  private readonly counts = new Map<Kind, Counts>();
  private readonly states = new Map<string, number>();
  private readonly guards = new Map<string, number>();
  private readonly families = new Map<string, number>();
  private readonly local = noLocal();

  constructor(options: RecorderOptions) {
    this.options = options;
    this.k = options.k ?? 3;
    if (!Number.isSafeInteger(this.k) || this.k < 2)
      throw new RangeError(`no paths of ${this.k} transitions`);
  }

  /** A new run: what came before is not followed by what comes next. The charts named are where they start. */
  begin(charts: Iterable<readonly [ModelChart, Stepped]> = []): void {
    this.pasts.clear();
    for (const [chart, at] of charts) {
      this.enter(chart, at);
      this.pasts.set(chart.id, { kind: this.kinds.of(chart), at, trail: [], last: undefined });
    }
  }

  /** The chart got here by steps that nobody saw: nothing is counted, and no pair reaches across. */
  jump(chart: ModelChart, to: Stepped): void {
    this.pasts.set(chart.id, { kind: this.kinds.of(chart), at: to, trail: [], last: undefined });
  }

  /** A label was taken: once a label, however many charts it moves. */
  label(label: Label): void {
    count(this.families, label.type);
  }

  /** A step whose place in the order is not known: it is counted, and follows nothing. */
  alone(chart: ModelChart, before: Stepped, label: Label, after: Stepped): void {
    this.pasts.delete(chart.id);
    this.step(chart, before, label, after);
  }

  /**
   * Throws where the step does not begin where the chart was left (a bug of ours). `instance` tells charts apart where one
   * object stands for several (fuzzing).
   */
  step(chart: ModelChart, before: Stepped, label: Label, after: Stepped, instance: string = chart.id): void {
    const past = this.pastOf(chart, before, instance);
    const { kind } = past;
    const id = kind.transition(before.value, label.type, after.value);
    const counts = this.countsOf(kind);
    past.trail.push(id);
    if (past.trail.length > TRAIL_MAX) past.trail.shift();
    counts.transitions.add([id]);
    if (past.trail.length >= 2) counts.pairs.add(past.trail.slice(-2));
    if (past.trail.length >= this.k) counts.kpaths.add(past.trail.slice(-this.k));
    const trip = roundTrip(kind, past.trail);
    if (trip !== undefined) counts.roundtrips.add(trip);
    const choice = choiceOf(before, label);
    if (choice !== undefined)
      count(this.guards, guardText(kind.name, before.value, label.type, choice.taken));
    past.at = after;
    this.enter(chart, after);
    if (this.options.local !== true) return;
    const transition = localTransition(chart, before, label);
    count(this.local.transitions, transition);
    if (past.last !== undefined) count(this.local.pairs, `${past.last} ; ${labelText(label)}`);
    past.last = transition;
  }

  /** The label was offered by its initiator, and this chart's guards refused it. */
  refuse(chart: ModelChart, at: Stepped, label: Label): void {
    const choice = choiceOf(at, label);
    if (choice !== undefined && choice.taken === undefined)
      count(this.guards, guardText(this.kinds.of(chart).name, at.value, label.type, undefined));
  }

  recording(): Recording {
    const by = noElements();
    for (const [element, times] of this.states) by.states.set(element, times);
    for (const [element, times] of this.guards) by.guards.set(element, times);
    for (const [kind, counts] of this.counts)
      for (const measure of ['transitions', 'pairs', 'kpaths', 'roundtrips'] as const)
        for (const [element, times] of counts[measure].texts(kind)) by[measure].set(element, times);
    const { source, variant, local } = this.options;
    return {
      source,
      variant,
      k: this.k,
      by,
      families: new Map(this.families),
      local:
        local === true
          ? {
              states: new Map(this.local.states),
              transitions: new Map(this.local.transitions),
              pairs: new Map(this.local.pairs),
            }
          : undefined,
    };
  }

  private enter(chart: ModelChart, at: Stepped): void {
    const kind = this.kinds.of(chart);
    count(this.states, kind.stateText(kind.state(at.value)));
    if (this.options.local === true) count(this.local.states, localState(chart, at));
  }

  private pastOf(chart: ModelChart, before: Stepped, instance: string): Past {
    const known = this.pasts.get(instance);
    if (known !== undefined) {
      if (known.at !== before && known.at.key !== before.key)
        throw new Error(`${instance} was left in ${known.at.key} and goes on from ${before.key}`);
      return known;
    }
    const fresh: Past = { kind: this.kinds.of(chart), at: before, trail: [], last: undefined };
    this.pasts.set(instance, fresh);
    this.enter(chart, before);
    return fresh;
  }

  private countsOf(kind: Kind): Counts {
    const known = this.counts.get(kind);
    if (known !== undefined) return known;
    const fresh = {
      transitions: new Paths(),
      pairs: new Paths(),
      kpaths: new Paths(),
      roundtrips: new Paths(),
    };
    this.counts.set(kind, fresh);
    return fresh;
  }
}

export const localState = (chart: ModelChart, at: Stepped): string => `${chart.id}: ${at.key}`;

/** The target is a function of the rest. */
export const localTransition = (chart: ModelChart, from: Stepped, label: Label): string =>
  `${localState(chart, from)} -${labelText(label)}->`;

/** The end of the trail that comes back to its state and meets no state twice on the way. */
function roundTrip(kind: Kind, trail: readonly number[]): readonly number[] | undefined {
  const home = kind.at(trail.at(-1) ?? -1).to;
  const seen = new Set<number>([home]);
  for (let at = trail.length - 1; at >= 0; at--) {
    const { from } = kind.at(trail[at] ?? -1);
    if (from === home) return trail.slice(at);
    if (seen.has(from)) return undefined;
    seen.add(from);
  }
  return undefined;
}
