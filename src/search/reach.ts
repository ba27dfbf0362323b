/**
 * Backward reachability: from which states can a goal never be reached again.
 */

/**
 * `starts[s] … starts[s + 1]` delimits the successors of state s in `targets`; `goal[s]` is 1 where s meets the goal.
 * Returns how many states cannot reach one, and the first of them (shallowest, since ids are in breadth-first order).
 */
export function cannotReach(
  states: number,
  starts: Int32Array,
  targets: Int32Array,
  goal: Uint8Array,
): { readonly count: number; readonly first: number } {
  const edges = starts[states] as number;
  const begins = new Int32Array(states + 1);
  for (let e = 0; e < edges; e++)
    begins[(targets[e] as number) + 1] = (begins[(targets[e] as number) + 1] as number) + 1;
  for (let s = 0; s < states; s++) begins[s + 1] = (begins[s + 1] as number) + (begins[s] as number);
  const sources = new Int32Array(edges);
  const fill = begins.slice();
  for (let s = 0; s < states; s++)
    for (let e = starts[s] as number; e < (starts[s + 1] as number); e++) {
      const target = targets[e] as number;
      sources[fill[target] as number] = s;
      fill[target] = (fill[target] as number) + 1;
    }
  const able = new Uint8Array(states);
  const queue = new Int32Array(states);
  let tail = 0;
  for (let s = 0; s < states; s++)
    if (goal[s] === 1) {
      able[s] = 1;
      queue[tail++] = s;
    }
  for (let head = 0; head < tail; head++) {
    const target = queue[head] as number;
    for (let e = begins[target] as number; e < (begins[target + 1] as number); e++) {
      const source = sources[e] as number;
      if (able[source] === 1) continue;
      able[source] = 1;
      queue[tail++] = source;
    }
  }
  let first = -1;
  for (let s = states - 1; s >= 0; s--) if (able[s] === 0) first = s;
  return { count: states - tail, first };
}
