/**
 * One variant in one scope, covered: the exploration, then walks, logs and traces beside it.
 */
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { onlinedByHand, onlinedByKernel, type Scope } from '../../../models/scope.ts';
import { scopes } from '../../../models/scopes.ts';
import { composeProduct, type Product } from '../../compose/product.ts';
import { ok, type Result } from '../../core/result.ts';
import { type Explored, recordExploration } from '../../coverage/exploration.ts';
import { type ProductGraph, productGraph } from '../../coverage/product-graph.ts';
import { difference, type Recording, union } from '../../coverage/recording.ts';
import { type CoverCase, neverReached, rowsOf, type UntilReport } from '../../coverage/report.ts';
import { specOf } from '../../coverage/spec.ts';
import { chartTours, productTours } from '../../coverage/tours.ts';
import { type Alone, aloneIn } from '../../coverage/universe.ts';
import { isImpossible, meetsUntil, type Reachable, standings } from '../../coverage/until.ts';
import { type Walked, walkProduct } from '../../coverage/walks.ts';
import { type Tried, triedAlone, triedOf } from '../../coverage/why.ts';
import type { CoverOptions } from './flags.ts';

export interface CaseInput {
  readonly protocol: Protocol;
  readonly scope: Scope;
  readonly logs: readonly Recording[];
  readonly traces: readonly Recording[];
  readonly wantsTours: boolean;
  readonly options: Omit<CoverOptions, 'fuzz' | 'fuzzSteps'>;
  readonly onProgress: (states: number) => void;
}

export interface CaseDone {
  readonly protocol: Protocol;
  /** Without what was never reached: that takes all cases (`explainNever`). */
  readonly report: CoverCase;
  readonly here: Tried;
  /** Switched on beyond the usual ones. */
  readonly actors: NonNullable<Scope['actors']>;
  /** Outcomes of guards that the charts alone can show. */
  readonly outcomes: ReadonlySet<string>;
  readonly until: UntilReport['cases'][number] | undefined;
}

export function coverCase(input: CaseInput): Result<CaseDone> {
  const { protocol, scope, options } = input;
  const model = guestModel(protocol, pv64, scope);
  const composed = composeProduct(model);
  if (!composed.ok) return composed;
  const product = composed.value;
  const name = `${protocol.id}/${scope.name}`;
  const graph = productGraph(product, {
    onProgress: input.onProgress,
    ...(options.statesMax === undefined ? {} : { statesMax: options.statesMax }),
  });
  const alone = aloneIn(product, options.k);
  const explored = recordExploration(graph, alone, {
    source: `exploration ${name}`,
    variant: protocol.id,
    k: options.k,
  });
  // What a cut exploration did not reach may still be reachable: then no universe is known.
  const bounded = new Set(graph.complete ? explored.bounded : Object.keys(explored.recording.by));
  const reachable: Reachable = {
    by: explored.recording.by,
    families: explored.recording.families,
    bounded: bounded as Reachable['bounded'],
  };
  const walked = walk(input, product, reachable);
  const charts = specOf(model.charts);
  const kinds = charts.map(({ kind }) => kind);
  const recordings = [
    explored.recording,
    ...(walked === undefined ? [] : [walked.recording]),
    ...input.traces,
    ...input.logs,
    ...(input.logs.length > 1 ? [allLogs(input.logs)] : []),
  ];
  const report: CoverCase = {
    variant: protocol.id,
    scope: scope.name,
    bounds: { ...scope },
    k: options.k,
    charts,
    sources: recordings.map((recording) => ({
      recording,
      rows: rowsOf(recording, explored.recording.by, alone.universe, kinds, explored.bounded),
    })),
    product: { complete: graph.complete, ...explored.product },
    local: localOf(alone, explored),
    bounded: [...explored.bounded],
    partly: [...alone.partly],
    never: [],
    unseen:
      input.logs.length === 0 ? undefined : difference('in no log', explored.recording, allLogs(input.logs)),
    tours: input.wantsTours && graph.complete ? toursOf(alone, graph) : undefined,
  };
  return ok({
    protocol,
    report,
    actors: scope.actors ?? [],
    here: triedOf(
      scope.name,
      product,
      {
        alone: new Set([...alone.universe.states, ...alone.universe.transitions, ...alone.universe.guards]),
        partly: alone.partly,
      },
      graph.complete ? reachedBy(explored) : undefined,
    ),
    outcomes: alone.universe.guards,
    until: untilOf(input, walked, reachable),
  });
}

/** Local elements of another scope mean nothing here. */
const allLogs = (logs: readonly Recording[]): Recording => ({ ...union('all logs', logs), local: undefined });

function localOf(alone: Alone, { recording }: Explored): CoverCase['local'] {
  return {
    alone: { states: alone.localStates, transitions: alone.localTransitions },
    reached: {
      states: recording.local?.states.size ?? 0,
      transitions: recording.local?.transitions.size ?? 0,
      pairs: recording.local?.pairs.size ?? 0,
    },
  };
}

function walk(
  { protocol, scope, options }: CaseInput,
  product: Product,
  reachable: Reachable,
): Walked | undefined {
  const condition = options.until?.condition;
  if (options.walks === 0 || (condition !== undefined && isImpossible(condition, reachable)))
    return undefined;
  return walkProduct(product, {
    source: `walks ${protocol.id}/${scope.name}`,
    variant: protocol.id,
    k: options.k,
    walks: options.walks,
    steps: options.steps,
    seed: options.seed,
    ...(condition === undefined
      ? {}
      : { isEnough: (recording) => meetsUntil(condition, recording, reachable) }),
  });
}

function untilOf(
  { protocol, scope, options }: CaseInput,
  walked: Walked | undefined,
  reachable: Reachable,
): CaseDone['until'] {
  const condition = options.until?.condition;
  if (condition === undefined) return undefined;
  const nothing = union('nothing', []);
  const recording = walked?.recording ?? nothing;
  return {
    variant: protocol.id,
    scope: scope.name,
    met: meetsUntil(condition, recording, reachable),
    impossible: isImpossible(condition, reachable),
    walks: walked?.walks ?? 0,
    labels: walked?.labels ?? 0,
    goals: standings(condition, recording, reachable).map((standing) => ({
      goal: standing.text,
      met: standing.isMet,
      impossible: standing.isImpossible,
      missing: standing.isMet ? [] : standing.missing,
    })),
  };
}

/**
 * Why each part of the charts was not reached: by what every shipped scope can do (each chart alone), and what the products
 * explored in this run reach.
 */
export function explainNever(cases: readonly CaseDone[]): CoverCase[] {
  const variants = [...new Set(cases.map(({ report }) => report.variant))];
  return variants.flatMap((variant) => {
    const of = cases.filter(({ report }) => report.variant === variant);
    const explored = of.map(({ here }) => here);
    // Of a cut exploration nothing can be said to be out of reach.
    // Actors that nobody asked about are left out: what their counters can do alone takes a minute.
    const asked = new Set(of.flatMap(({ actors }) => actors));
    const near = scopes.filter(({ actors = [] }) => actors.every((actor) => asked.has(actor)));
    const others = (of.some(({ report }) => report.product.complete) ? widest(near) : [])
      .filter(({ name }) => !explored.some(({ scope }) => scope === name))
      .flatMap((scope) =>
        of.slice(0, 1).map(({ protocol }) => triedAlone(scope.name, guestModel(protocol, pv64, scope))),
      );
    return of.map(({ report, here }) => ({
      ...report,
      never: report.product.complete ? neverReached(report.charts, here, [...explored, ...others]) : [],
    }));
  });
}

/**
 * Without scopes that another one contains: the same bounds, and every actor and way of onlining of theirs. Whatever a chart
 * can do in those it can do there.
 */
function widest(all: readonly Scope[]): readonly Scope[] {
  const bounds = (scope: Scope) =>
    JSON.stringify({ ...scope, name: '', onlining: '', offliner: '', rival: '', otherDomain: '' });
  const has = (scope: Scope): readonly boolean[] => [
    onlinedByHand(scope),
    onlinedByKernel(scope),
    scope.offliner,
    scope.rival,
    scope.otherDomain,
  ];
  const contains = (big: Scope, small: Scope): boolean =>
    bounds(big) === bounds(small) && has(small).every((is, at) => !is || has(big)[at] === true);
  return all.filter(
    (scope, at) =>
      !all.some((other, n) => n !== at && contains(other, scope) && (!contains(scope, other) || n < at)),
  );
}

const reachedBy = ({ recording }: Explored): ReadonlySet<string> =>
  new Set([...recording.by.states.keys(), ...recording.by.transitions.keys(), ...recording.by.guards.keys()]);

function toursOf(alone: Alone, graph: ProductGraph): CoverCase['tours'] {
  // Charts of a kind differ in their index only: the first one speaks for all.
  const firsts = alone.structures.filter(
    ({ kind }, at) => alone.structures.findIndex((other) => other.kind === kind) === at,
  );
  return { charts: firsts.map(chartTours), product: productTours(graph, alone) };
}
