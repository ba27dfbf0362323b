/**
 * Two products side by side: the shortest run of labels after which one takes a label that the other refuses, both ways.
 * Products are deterministic, so walking both along the same labels compares all their runs.
 */
import { REFUSED } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import { type Label, labelText } from '../core/label.ts';

/** Both take `run`; then only one of them takes `label`. */
export interface Parting {
  readonly run: readonly Label[];
  readonly label: Label;
}

export interface Comparison {
  /** A run that only the second has. */
  readonly gained: Parting | undefined;
  /** A run that only the first has. */
  readonly lost: Parting | undefined;
  /** Pairs of states visited together. */
  readonly pairs: number;
  /** Everything that they have in common was visited. */
  readonly complete: boolean;
}

const PAIRS_MAX = 500_000;
/** From here on a state is written as a number between two of these characters. */
const WIDE = 0xffff;

export function tellApart(first: Product, second: Product, pairsMax: number = PAIRS_MAX): Comparison {
  const labels = labelsOf(first, second);
  const pairs = [pairOf(first, second)];
  const seen = new Set([keyOf(pairs[0] as Pair)]);
  const parents = [-1];
  const via = [-1];
  let gained: Parting | undefined;
  let lost: Parting | undefined;
  let at = 0;
  const run = (pair: number): Label[] => {
    const labelsBack: Label[] = [];
    for (let i = pair; i > 0; i = parents[i] as number)
      labelsBack.push((labels[via[i] as number] as Both).label);
    return labelsBack.reverse();
  };
  for (; at < pairs.length && (gained === undefined || lost === undefined); at++) {
    if (pairs.length > pairsMax) break;
    const pair = pairs[at] as Pair;
    labels.forEach(({ label, inFirst, inSecond }, id) => {
      const a = step(first, pair.a, inFirst);
      const b = step(second, pair.b, inSecond);
      if (a === undefined && b === undefined) return;
      if (a === undefined) gained ??= { run: run(at), label };
      else if (b === undefined) lost ??= { run: run(at), label };
      else {
        const next = { a, b };
        const key = keyOf(next);
        if (seen.has(key)) return;
        seen.add(key);
        pairs.push(next);
        parents.push(at);
        via.push(id);
      }
    });
  }
  return { gained, lost, pairs: pairs.length, complete: at >= pairs.length };
}

interface Pair {
  readonly a: Int32Array;
  readonly b: Int32Array;
}
interface Both {
  readonly label: Label;
  /** Its number in each alphabet; -1 where it is not in it. */
  readonly inFirst: number;
  readonly inSecond: number;
}

const pairOf = (first: Product, second: Product): Pair => ({
  a: new Int32Array(first.tables.length),
  b: new Int32Array(second.tables.length),
});
/** Local states are small integers: a character each, so that half a million pairs are keyed in seconds. */
const keyOf = ({ a, b }: Pair): string => textOf(a) + textOf(b);
function textOf(states: Int32Array): string {
  let text = '';
  for (const state of states) text += state < WIDE ? String.fromCharCode(state) : `\uffff${state}\uffff`;
  return text;
}

/** Labels of both alphabets, the first one's order first. */
function labelsOf(first: Product, second: Product): Both[] {
  const inSecond = new Map(second.labels.map((label, id) => [labelText(label), id]));
  const inFirst = new Set(first.labels.map(labelText));
  return [
    ...first.labels.map((label, id) => ({
      label,
      inFirst: id,
      inSecond: inSecond.get(labelText(label)) ?? -1,
    })),
    ...second.labels.flatMap((label, id) =>
      inFirst.has(labelText(label)) ? [] : [{ label, inFirst: -1, inSecond: id }],
    ),
  ];
}

/** Undefined where an owner refuses, or where the alphabet does not know the label. */
function step(product: Product, from: Int32Array, label: number): Int32Array | undefined {
  const owners = product.owners[label];
  if (owners === undefined) return undefined;
  let after: Int32Array | undefined;
  // Most labels are refused: nothing is copied before one owner has taken it.
  for (const { chart, own } of owners) {
    const to = product.tables[chart]?.successor(from[chart] ?? 0, own) ?? REFUSED;
    if (to === REFUSED) return undefined;
    after ??= from.slice();
    after[chart] = to;
  }
  return after;
}
