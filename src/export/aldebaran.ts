/**
 * A labelled transition system in Aldebaran's format (`.aut`), for CADP, mCRL2 and their kin: `des (first, transitions, states)`,
 * then a line a transition. States are numbered in breadth-first order.
 */
import type { LtsTable } from '../compile/table.ts';
import { type Label, labelText } from '../core/label.ts';

/** `starts[s] … starts[s + 1]` delimits the transitions of state s. */
export interface Lts {
  readonly states: number;
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly labels: Int32Array;
}

/** The text in pieces of some thousand lines: a product has more of them than one string should hold. */
export function* exportAldebaran(lts: Lts, alphabet: readonly Label[]): Generator<string> {
  yield `des (0, ${lts.targets.length}, ${lts.states})\n`;
  const names = alphabet.map((label) => JSON.stringify(labelText(label)));
  let lines: string[] = [];
  for (let state = 0; state < lts.states; state++)
    for (let e = lts.starts[state] as number; e < (lts.starts[state + 1] as number); e++) {
      lines.push(`(${state}, ${names[lts.labels[e] as number]}, ${lts.targets[e]})\n`);
      if (lines.length < 4096) continue;
      yield lines.join('');
      lines = [];
    }
  yield lines.join('');
}

/** One chart alone, over all its labels. */
export function chartLts(table: LtsTable): Lts {
  table.enumerate();
  const starts = [0];
  const targets: number[] = [];
  const labels: number[] = [];
  for (let state = 0; state < table.size; state++) {
    table.labels.forEach((label, own) => {
      const to = table.successor(state, own);
      if (to < 0) return;
      targets.push(to);
      labels.push(label);
    });
    starts.push(targets.length);
  }
  return {
    states: table.size,
    starts: Int32Array.from(starts),
    targets: Int32Array.from(targets),
    labels: Int32Array.from(labels),
  };
}
