/**
 * Temporal watches judged on an explored graph: is there a fair lasso as the watch describes it.
 */
import type { TemporalWatch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Exploration } from '../search.ts';
import { fairLoops } from './fair-loops.ts';
import { type Graph, graphOf } from './graph.ts';
import { type Answer, loopThrough } from './lasso.ts';
import { prefixes } from './prefixes.ts';
import { type Question, questionOf } from './question.ts';

export interface Lasso {
  /** Label ids: the shortest way to a state on a fair loop. */
  readonly prefix: readonly number[];
  /** From there back to there; none: resting there for ever is fair. */
  readonly loop: readonly number[];
  readonly answers: readonly Answer[];
  /** States on fair loops. */
  readonly count: number;
}

/**
 * Per watch: a lasso, or `undefined` where there is none. The exploration must be complete.
 * `read` makes a question of a watch; tests read it wrongly.
 */
export function judgeTemporal(
  product: Product,
  exploration: Exploration,
  watches: readonly TemporalWatch[],
  read: (product: Product, watch: TemporalWatch) => Question = questionOf,
): readonly (Lasso | undefined)[] {
  if (watches.length === 0) return [];
  const graph = graphOf(exploration);
  return watches.map((watch) => judge(exploration, graph, read(product, watch)));
}

function judge(exploration: Exploration, graph: Graph, question: Question): Lasso | undefined {
  const ways = prefixes(graph, question);
  const visiting = new Uint8Array(graph.states);
  const candidates = new Int32Array(graph.states);
  let count = 0;
  for (let state = 0; state < graph.states; state++) {
    if (ways.length[state] === -1) continue;
    const locals = exploration.locals(state);
    if (!question.stays(locals)) continue;
    candidates[count++] = state;
    visiting[state] = question.visits?.(locals) === true ? 1 : 0;
  }
  const isVisit = (state: number) => visiting[state] === 1;
  const component = new Int32Array(graph.states);
  if (fairLoops(graph, question, candidates.slice(0, count), isVisit, component) === 0) return undefined;
  let entry = -1;
  let fair = 0;
  for (let state = 0; state < graph.states; state++) {
    if (component[state] === 0) continue;
    fair++;
    if (entry === -1 || (ways.length[state] as number) < (ways.length[entry] as number)) entry = state;
  }
  const inside = (state: number) => component[state] === component[entry];
  const { labels, answers } = loopThrough(graph, question, entry, inside, isVisit);
  return { prefix: ways.to(entry), loop: labels, answers, count: fair };
}
