/**
 * The explored graph as arrays: what each state offers, and where it leads. States by id, in breadth-first order.
 */
import type { Exploration } from '../search.ts';

export interface Graph {
  readonly states: number;
  /** `starts[s] … starts[s + 1]` delimits what state s offers, in alphabet order. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  /** Label ids, parallel to `targets`. */
  readonly labels: Uint16Array;
}

/** Bytes per state that a judge notes besides: regions, components, ways in two layers, marks. */
const NOTES = 80;

/** Whether temporal watches of an exploration can be judged within so many bytes, those of the search not counted. */
export const canJudge = (
  { states, transitions }: Pick<Exploration, 'states' | 'transitions'>,
  watches: number,
  bytes: number,
): boolean => transitions < 2 ** 31 && 6 * transitions + (NOTES + watches) * states <= bytes;

/** Walks a complete exploration once more and keeps its transitions, 6 bytes each. Throws if that finds others than the search. */
export function graphOf(exploration: Pick<Exploration, 'states' | 'transitions' | 'successors'>): Graph {
  const { states, transitions } = exploration;
  const starts = new Int32Array(states + 1);
  const targets = new Int32Array(transitions);
  const labels = new Uint16Array(transitions);
  let count = 0;
  for (let state = 0; state < states; state++) {
    starts[state] = count;
    exploration.successors(state, (label, to) => {
      if (label > 0xffff) throw new RangeError('more labels than 16 bits hold');
      labels[count] = label;
      targets[count++] = to;
    });
  }
  starts[states] = count;
  if (count !== transitions)
    throw new Error(`${count} transitions in a second walk, ${transitions} in the search`);
  return { states, starts, targets, labels };
}
