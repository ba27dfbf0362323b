/**
 * Temporal watches on blocks. Sets of states are trimmed; where nothing is left there is no fair loop. Otherwise what is left is
 * looked at state by state (fair/), and the loop shown is the plain engine's.
 */
import { Sums, type TemporalWatch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import { addBit, type Bits, hasBit } from '../block/bits.ts';
import type { Blocks } from '../block/blocks.ts';
import type { Moves } from '../block/moves.ts';
import type { OuterGraph } from '../block/outer-graph.ts';
import { StateMasks } from '../block/state-masks.ts';
import { fairLoops } from '../fair/fair-loops.ts';
import { type Loop, loopThrough } from '../fair/lasso.ts';
import { type Question, questionOf } from '../fair/question.ts';
import { graphWithin } from './graph-within.ts';
import { common, Flow, type Region, sizeOf } from './regions.ts';
import { allowed, trimmed } from './trim.ts';

/** Trimming ends where so few states are left, which are then looked at one by one; more than the most are not. */
const FEW = 1 << 15;
const LEFT_MAX = 1 << 20;

/** Regions that are held at a time, at most; demands are fewer than bits. */
const REGIONS = 40;

/** Bytes that judging takes: regions, and edges both ways. */
export const loopBytes = (outers: number, words: number, edgeBytes: number): number =>
  REGIONS * 8 * words * outers + 2 * (edgeBytes + 4 * outers);

/** Fair loops of one watch. */
export interface FairStates {
  /** States on them. */
  readonly count: number;
  /** Of these, the inner ones of an outer state. */
  readonly mask: (outer: number) => Bits;
  /** A loop through one of them. */
  readonly through: (outer: number, inner: number) => Loop;
}

/** Why only the plain engine can answer. */
export interface Beyond {
  readonly beyond: string;
}

export interface Searched {
  readonly product: Product;
  readonly moves: Moves;
  readonly graph: OuterGraph;
  readonly blocks: Blocks;
}

/** For tests: another threshold, a question read wrongly. */
export interface Planted {
  readonly few?: number;
  readonly read?: (product: Product, watch: TemporalWatch) => Question;
}

/** Per watch: its fair loops, or `undefined` where there is none. The search must be complete; its blocks are read now. */
export function blockLoops(
  searched: Searched,
  watches: readonly TemporalWatch[],
  { few = FEW, read = questionOf }: Planted = {},
): readonly (FairStates | undefined)[] | Beyond {
  if (watches.length === 0) return [];
  const { blocks, moves, product } = searched;
  const flow = new Flow(blocks, moves);
  const found: (FairStates | undefined)[] = [];
  for (const watch of watches) {
    const question = read(product, watch);
    const stays = watch.stays === undefined ? flow.reached : where(searched, flow, watch.stays);
    const visits = watch.visits === undefined ? undefined : where(searched, flow, watch.visits);
    const region = question.hasPremise
      ? common(stays, allowed(flow, question, start(searched, flow)))
      : stays;
    const left = trimmed(flow, question, region, visits, few);
    if (sizeOf(left) > LEFT_MAX) return { beyond: 'a loop may lie in too many states' };
    const fair = fairStates(flow, question, left, visits);
    if (fair !== undefined && question.hasPremise)
      return { beyond: 'a loop was found that depends on the way to it' };
    found.push(fair);
  }
  return found;
}

/** The reached states that meet all conditions of some clause. */
function where(
  { graph, moves, product }: Searched,
  flow: Flow,
  clauses: NonNullable<TemporalWatch['stays']>,
): Region {
  const sums = new Sums(product);
  const masks = new StateMasks(
    product,
    moves.space,
    graph,
    sums,
    clauses.map((conditions) => sums.compile(conditions)),
  );
  const values = new Int32Array(graph.layout.fields.length);
  const found = flow.nothing();
  for (let outer = 0; outer < flow.outers; outer++) {
    graph.read(outer, values);
    flow.block(found, outer).set(masks.of(values));
  }
  return common(found, flow.reached);
}

function start({ moves }: Searched, flow: Flow): Region {
  const initial = flow.nothing();
  addBit(flow.block(initial, 0), moves.space.start);
  return initial;
}

function fairStates(
  flow: Flow,
  question: Question,
  left: Region,
  visits: Region | undefined,
): FairStates | undefined {
  const { graph, idOf, placeOf, states } = graphWithin(flow, left);
  const component = new Int32Array(graph.states);
  const isVisit = (state: number): boolean => {
    if (visits === undefined) return true;
    const { outer, inner } = placeOf(state);
    return hasBit(flow.block(visits, outer), inner);
  };
  const all = Int32Array.from({ length: states }, (_, state) => state);
  if (fairLoops(graph, question, all, isVisit, component) === 0) return undefined;
  const fair = flow.nothing();
  let count = 0;
  for (const state of all) {
    if (component[state] === 0) continue;
    count++;
    const { outer, inner } = placeOf(state);
    addBit(flow.block(fair, outer), inner);
  }
  return {
    count,
    mask: (outer) => flow.block(fair, outer),
    through: (outer, inner) => {
      const entry = idOf(outer, inner);
      const inside = (state: number) => component[state] === component[entry];
      return loopThrough(graph, question, entry, inside, isVisit);
    },
  };
}
