/**
 * Properties judged along one run, at any size: the same sentences as in the exhaustive search.
 * State and step watches need the run alone; `possible` asks whether a state can be reached again, so it needs the alphabet.
 */
import {
  type Condition,
  conditionText,
  meets,
  type PossibleWatch,
  type StateWatch,
  type Watch,
} from '../compose/observation.ts';
import type { Label } from '../core/label.ts';
import type { Change, Walk } from './world.ts';

/** broken · not broken · not known: too many states to see whether there is a way back, or no alphabet to try. */
export type Judged = 'broken' | 'kept' | 'unknown';

export interface JudgeOptions {
  /** Every label there is, in small scopes. */
  readonly alphabet?: readonly Label[];
  /** States looked at for one way back. */
  readonly statesMax?: number;
}

const STATES_MAX = 20_000;

export class Judge {
  private readonly watch: Watch;
  private readonly options: JudgeOptions;
  private readonly ways = new Map<string, Judged>();

  constructor(watch: Watch, options: JudgeOptions = {}) {
    this.watch = watch;
    this.options = options;
  }

  /** Of a state as such: the start of a run. */
  ofState(walk: Walk): Judged {
    const { watch } = this;
    if (watch.kind === 'step') return 'kept';
    if (watch.kind === 'temporal') return 'unknown';
    if (watch.kind === 'possible') return this.wayBack(walk, watch);
    return brokenClauses(walk, watch).length > 0 ? 'broken' : 'kept';
  }

  /** Of a step just taken and the state it led to. */
  ofStep(walk: Walk, label: Label, changes: readonly Change[]): Judged {
    const { watch } = this;
    if (watch.kind !== 'step') return this.ofState(walk);
    if (watch.never.includes(label.type)) return 'broken';
    const { holds, on } = watch;
    if (holds === undefined) return 'kept';
    const observe = walk.world.observe.bind(walk.world);
    return changes.every(
      ({ chart, before, after }) =>
        chart.kind !== on || holds(observe(chart, before), label, observe(chart, after)),
    )
      ? 'kept'
      : 'broken';
  }

  /** The balances that do not come out, with their numbers; for state watches. */
  lines(walk: Walk): readonly string[] {
    return this.watch.kind === 'state' ? brokenClauses(walk, this.watch) : [];
  }

  private wayBack(walk: Walk, watch: PossibleWatch): Judged {
    const { alphabet, statesMax = STATES_MAX } = this.options;
    const isGoal = (at: Walk) => watch.goal.every((condition) => meets(sumOf(at, condition), condition));
    if (isGoal(walk)) return 'kept';
    if (alphabet === undefined) return 'unknown';
    const key = walk.key();
    const known = this.ways.get(key);
    if (known !== undefined) return known;
    const usable = alphabet.filter(({ type }) => !watch.without.includes(type));
    const found = search(walk, usable, isGoal, statesMax);
    this.ways.set(key, found);
    return found;
  }
}

/** Forward from one state, breadth first, until a goal. */
function search(
  from: Walk,
  labels: readonly Label[],
  isGoal: (at: Walk) => boolean,
  statesMax: number,
): Judged {
  const seen = new Set([from.key()]);
  let frontier = [from];
  while (frontier.length > 0) {
    const next: Walk[] = [];
    for (const walk of frontier)
      for (const label of labels) {
        if (!walk.isEnabled(label)) continue;
        const after = walk.copy();
        after.take(label);
        const key = after.key();
        if (seen.has(key)) continue;
        if (isGoal(after)) return 'kept';
        if (seen.size >= statesMax) return 'unknown';
        seen.add(key);
        next.push(after);
      }
    frontier = next;
  }
  return 'broken';
}

function brokenClauses(walk: Walk, watch: StateWatch): string[] {
  const instances = watch.perIndex ? walk.indices() : [undefined];
  return instances.flatMap((index) =>
    watch.clauses
      .filter((conditions) =>
        conditions.every((condition) => meets(sumOf(walk, condition, index), condition)),
      )
      .flatMap((conditions) =>
        conditions
          .slice(-1)
          .map((condition) => conditionText(condition, (sum) => sumOf(walk, { sum }, index), index)),
      ),
  );
}

function sumOf(walk: Walk, { sum }: Pick<Condition, 'sum'>, index?: number): number {
  let total = 0;
  for (const [term, weight] of Object.entries(sum)) {
    const [kind = '', quantity = ''] = term.split('.');
    total += weight * walk.sum(kind, quantity, index);
  }
  return total;
}

/** A sum of the ledger, now. */
export const ledgerSum = (walk: Walk, sum: Condition['sum']): number => sumOf(walk, { sum });
