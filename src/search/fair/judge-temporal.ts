/**
 * Temporal watches judged on an explored graph: is there a fair lasso as the watch describes it.
 */
import type { TemporalWatch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Exploration } from '../search.ts';
import { fairLoops } from './fair-loops.ts';
import { type Graph, graphOf } from './graph.ts';
import { type Answer, loopThrough } from './lasso.ts';
import { type Prefixes, shortestWays, waysWithin } from './prefixes.ts';
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

/** Per state: 1 where the loop may stay, 2 where it also finds what it must visit. */
type Marks = Uint8Array;

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
  const questions = watches.map((watch) => read(product, watch));
  const marks = marksOf(exploration, questions);
  return questions.map((question, at) => judge(exploration, graph, question, marks[at] as Marks));
}

/** One pass over the states for all questions. */
function marksOf(exploration: Exploration, questions: readonly Question[]): readonly Marks[] {
  const marks = questions.map(() => new Uint8Array(exploration.states));
  let locals: Int32Array | undefined;
  for (let state = 0; state < exploration.states; state++) {
    locals = exploration.locals(state, locals);
    const here = locals;
    questions.forEach(({ stays, visits }, at) => {
      if (stays(here)) (marks[at] as Marks)[state] = visits === undefined || visits(here) ? 2 : 1;
    });
  }
  return marks;
}

function judge(exploration: Exploration, graph: Graph, question: Question, marks: Marks): Lasso | undefined {
  const ways = question.hasPremise ? waysWithin(graph, question) : shortestWays(exploration);
  const candidates = new Int32Array(graph.states);
  let count = 0;
  for (let state = 0; state < graph.states; state++)
    if (marks[state] !== 0 && ways.isAllowed(state)) candidates[count++] = state;
  const isVisit = (state: number) => marks[state] === 2;
  const component = new Int32Array(graph.states);
  if (fairLoops(graph, question, candidates.slice(0, count), isVisit, component) === 0) return undefined;
  const { entry, fair } = nearest(component, ways);
  const inside = (state: number) => component[state] === component[entry];
  const { labels, answers } = loopThrough(graph, question, entry, inside, isVisit);
  return { prefix: ways.to(entry), loop: labels, answers, count: fair };
}

/** The state on a fair loop that is reached first, and how many there are. */
function nearest(component: Int32Array, ways: Prefixes): { readonly entry: number; readonly fair: number } {
  let entry = -1;
  let fair = 0;
  component.forEach((of, state) => {
    if (of === 0) return;
    fair++;
    if (entry === -1 || ways.isShorter(state, entry)) entry = state;
  });
  return { entry, fair };
}
