/**
 * Walks the second writing alone, and the two writings together. The shipped model is a black box here: local states are
 * integers, asked through the tables and owners of its product. Breadth first, every state kept as a string.
 */

import { alphabetOf } from '../../../models/alphabet.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Scope } from '../../../models/scope.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { REFUSED } from '../../../src/compile/table.ts';
import type { Product } from '../../../src/compose/product.ts';
import type { Quantities } from '../../../src/core/chart.ts';
import { type Label, labelText } from '../../../src/core/label.ts';
import { productOf } from '../../support/explored.ts';
import { judge, type PropertyId, sayings } from './sayings.ts';
import { initialOf, type State, type Successor } from './state.ts';

interface Counts {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
}

interface Alone extends Counts {
  /** Per property, how many states (or steps) break it. */
  readonly broken: Readonly<Record<PropertyId, number>>;
  /** Families of which some label was taken. */
  readonly taken: ReadonlySet<string>;
}

/** Everything that can be reached, or, with `until`, until that property is broken once. */
export function walkAlone(successor: Successor, scope: Scope, until?: PropertyId): Alone {
  const labels = alphabetOf(lifecycle, pv64, scope);
  const first = initialOf(scope);
  const depths = new Map([[JSON.stringify(first), 0]]);
  const queue = [{ state: first, depth: 0 }];
  const broken: Record<PropertyId, number> = { 'I-3': 0, 'I-16': 0, 'I-21': 0, 'I-24': 0, 'I-27': 0 };
  const taken = new Set<string>();
  let transitions = 0;
  // The queue grows while it is walked.
  for (const { state, depth } of queue) {
    if (until !== undefined && broken[until] > 0) break;
    for (const id of judge(state)) broken[id]++;
    for (const label of labels) {
      const next = successor(state, label, scope);
      if (next === undefined) continue;
      transitions++;
      taken.add(label.type);
      if (next.tot > state.tot && next.tot > state.max) broken['I-21']++;
      const key = JSON.stringify(next);
      if (depths.has(key)) continue;
      depths.set(key, depth + 1);
      queue.push({ state: next, depth: depth + 1 });
    }
  }
  return { states: depths.size, transitions, depth: queue.at(-1)?.depth ?? 0, broken, taken };
}

export interface Difference {
  readonly run: readonly string[];
  readonly onlySecond: readonly string[];
  readonly onlyShipped: readonly string[];
  /** Numbers about which the two states disagree, as `second ≠ shipped`. */
  readonly numbers: readonly string[];
}

interface Together extends Counts {
  /** Distinct states of each within the pairs; `states` counts pairs. */
  readonly second: number;
  readonly shipped: number;
  /** After a shortest run; then the walk was not finished. */
  readonly difference: Difference | undefined;
}

interface Pair {
  readonly state: State;
  readonly locals: readonly number[];
  readonly depth: number;
  readonly from?: { readonly pair: Pair; readonly label: Label };
}

export function walkTogether(successor: Successor, scope: Scope): Together {
  const product = productOf(lifecycle, scope);
  const queue: Pair[] = [];
  const [second, shipped, pairs] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const meet = (pair: Pair): void => {
    const [one, other] = [JSON.stringify(pair.state), pair.locals.join()];
    const both = `${one} ${other}`;
    if (pairs.has(both)) return;
    pairs.add(both);
    second.add(one);
    shipped.add(other);
    queue.push(pair);
  };
  meet({ state: initialOf(scope), locals: product.tables.map(() => 0), depth: 0 });
  let transitions = 0;
  let difference: Difference | undefined;
  for (const pair of queue) {
    const offered = bothStep(successor, product, scope, pair);
    const numbers = disagreements(product, sayings(pair.state, scope), pair.locals);
    if (offered.onlySecond.length + offered.onlyShipped.length + numbers.length > 0) {
      const [onlySecond, onlyShipped] = [
        offered.onlySecond.map(labelText),
        offered.onlyShipped.map(labelText),
      ];
      difference = { run: runTo(pair), onlySecond, onlyShipped, numbers };
      break;
    }
    transitions += offered.next.length;
    for (const next of offered.next) meet(next);
  }
  const depth = queue.at(-1)?.depth ?? 0;
  return { states: pairs.size, second: second.size, shipped: shipped.size, transitions, depth, difference };
}

interface Offered {
  readonly next: readonly Pair[];
  readonly onlySecond: readonly Label[];
  readonly onlyShipped: readonly Label[];
}

function bothStep(successor: Successor, product: Product, scope: Scope, pair: Pair): Offered {
  const [next, onlySecond, onlyShipped]: [Pair[], Label[], Label[]] = [[], [], []];
  product.labels.forEach((label, id) => {
    const state = successor(pair.state, label, scope);
    const locals = stepped(product, pair.locals, id);
    if (state !== undefined && locals !== undefined)
      next.push({ state, locals, depth: pair.depth + 1, from: { pair, label } });
    else if (state !== undefined) onlySecond.push(label);
    else if (locals !== undefined) onlyShipped.push(label);
  });
  return { next, onlySecond, onlyShipped };
}

/** The shipped model's local states after a label; undefined where some owner refuses. */
function stepped(product: Product, locals: readonly number[], id: number): readonly number[] | undefined {
  let next: number[] | undefined;
  for (const { chart, own } of product.owners[id] ?? []) {
    const to = product.tables[chart]?.successor(locals[chart] ?? 0, own) ?? REFUSED;
    if (to === REFUSED) return undefined;
    next ??= [...locals];
    next[chart] = to;
  }
  return next;
}

/** Where the two differ in a number that both have. */
function disagreements(
  product: Product,
  said: Readonly<Record<string, Quantities>>,
  locals: readonly number[],
): string[] {
  const found: string[] = [];
  product.tables.forEach((table, at) => {
    const own = said[table.chart.id];
    if (own === undefined) return;
    const observed = table.quantities(locals[at] ?? 0);
    for (const name in own)
      if (own[name] !== observed[name])
        found.push(`${table.chart.id}.${name}: ${own[name]} ≠ ${observed[name]}`);
  });
  return found;
}

const runTo = ({ from }: Pair): string[] =>
  from === undefined ? [] : [...runTo(from.pair), labelText(from.label)];
