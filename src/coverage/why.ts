/**
 * Why something was not reached: computed from what the scopes tried have and do, never from a list of excuses.
 */
import { composeProduct, type Product } from '../compose/product.ts';
import type { Model } from '../core/chart.ts';
import { expectOk } from '../core/result.ts';
import { Kinds, kindOf, partsOf } from './kinds.ts';
import { followedAlone } from './universe.ts';

/** What one scope can show. */
export interface Tried {
  readonly scope: string;
  /** Family → the actor that initiates it. */
  readonly initiators: ReadonlyMap<string, string>;
  readonly actors: ReadonlySet<string>;
  /** States and transitions (and, where they were computed, guard outcomes) that some chart alone can show. */
  readonly alone: ReadonlySet<string>;
  /** Kinds of charts that can show more alone than they were followed for. */
  readonly partly: ReadonlySet<string>;
  /** Elements that its product reaches, of any measure; undefined if it was not explored to the end. */
  readonly reached: ReadonlySet<string> | undefined;
}

/**
 * not taken      the product reaches it, no run given took it
 * never enabled  the chart alone can, the product of no scope explored does
 * elsewhere      reached in the product of another scope that was explored
 * needs actor    no label of its family here: the actor that takes it is switched off
 * needs scope    no label of its family here though its actor is, or bounds too small for the chart
 * not followed   no chart can, as far as it was followed; it can do more alone than a table holds
 * unreachable    no chart can in any scope tried, or there is no label of its family in any (another variant's)
 */
export type WhyKind =
  | 'not taken'
  | 'never enabled'
  | 'elsewhere'
  | 'needs actor'
  | 'needs scope'
  | 'not followed'
  | 'unreachable';

export interface Why {
  readonly kind: WhyKind;
  readonly text: string;
}

/** What the charts of a scope can do alone, without exploring their product. */
export function triedAlone(scope: string, model: Model): Tried {
  const product = expectOk(composeProduct(model), 'shipped models obey the rules');
  const kinds = new Kinds();
  const alone = new Set<string>();
  const partly = new Set<string>();
  for (const table of product.tables.map(followedAlone)) {
    const kind = kinds.of(table.chart);
    if (table.isClosed) partly.add(kind.name);
    for (let state = 0; state < table.size; state++)
      alone.add(kind.stateText(kind.state(table.local(state).value)));
    for (const [own, id] of table.labels.entries())
      for (let state = 0; state < table.size; state++) {
        const to = table.successor(state, own);
        if (to < 0) continue;
        const family = product.labels[id]?.type ?? '';
        alone.add(kind.pathText([kind.transition(table.local(state).value, family, table.local(to).value)]));
      }
  }
  return triedOf(scope, product, { alone, partly }, undefined);
}

export function triedOf(
  scope: string,
  product: Product,
  { alone, partly }: Pick<Tried, 'alone' | 'partly'>,
  reached: ReadonlySet<string> | undefined,
): Tried {
  const initiators = new Map<string, string>();
  for (const [id, { type }] of product.labels.entries()) {
    const first = product.owners[id]?.find(({ role }) => role === 'initiates');
    initiators.set(type, product.tables[first?.chart ?? -1]?.chart.actor ?? '');
  }
  const actors = new Set(product.tables.map(({ chart }) => chart.actor));
  return { scope, initiators, actors, alone, partly, reached };
}

/** The single transitions along an element: `k: a -f-> b -g-> c` has `k: a -f-> b` and `k: b -g-> c`. */
function transitionsIn(element: string): string[] {
  const kind = element.slice(0, element.indexOf(':'));
  const parts = partsOf(element);
  return parts.flatMap((part, at) =>
    at % 2 === 1 ? [`${kind}: ${parts[at - 1]} -${part}-> ${parts[at + 1]}`] : [],
  );
}

/** For states, transitions, pairs, paths, round trips and guard outcomes. `tried` may name `here` too. */
export function whyNot(element: string, here: Tried, tried: readonly Tried[]): Why {
  if (here.reached?.has(element) === true)
    return { kind: 'not taken', text: `reachable in ${here.scope}, not taken` };
  const others = tried.filter(({ scope }) => scope !== here.scope);
  const names = (of: readonly Tried[]): string => of.map(({ scope }) => scope).join(', ');
  const reaching = others.filter(({ reached }) => reached?.has(element) === true);
  const transitions = transitionsIn(element);
  for (const transition of transitions) {
    const family = partsOf(transition)[1] ?? '';
    if (here.initiators.has(family)) continue;
    const having = others.filter(({ alone }) => alone.has(transition));
    const actor = having[0]?.initiators.get(family) ?? '';
    if (having.length === 0) break;
    return here.actors.has(actor)
      ? { kind: 'needs scope', text: `its label is not in ${here.scope}, it is in ${names(having)}` }
      : { kind: 'needs actor', text: `needs ${actor}, which is in ${names(having)}` };
  }
  if (reaching.length > 0)
    return { kind: 'elsewhere', text: `never enabled in ${here.scope}, reached in ${names(reaching)}` };
  const explored = [here, ...others].filter(({ reached }) => reached !== undefined);
  const able = [here, ...others].filter(({ alone }) =>
    transitions.length > 0 ? transitions.every((one) => alone.has(one)) : alone.has(element),
  );
  if (able.length === 0) {
    const families = transitions.map((one) => partsOf(one)[1] ?? '');
    const isForeign = families.some((family) =>
      [here, ...others].every((one) => !one.initiators.has(family)),
    );
    const all = names([here, ...others]);
    const cut = [here, ...others].filter(({ partly }) => partly.has(kindOf(element)));
    if (!isForeign && cut.length > 0)
      return {
        kind: 'not followed',
        text: `no chart can as far as it was followed, in ${names(cut)} for a part`,
      };
    return {
      kind: 'unreachable',
      text: isForeign
        ? `nobody takes its label in any scope tried (${all})`
        : `no chart can in any scope tried (${all})`,
    };
  }
  if (!able.includes(here) && here.partly.has(kindOf(element)))
    return {
      kind: 'not followed',
      text: `the chart alone can in ${names(able)}; in ${here.scope} it was followed for a part`,
    };
  if (!able.includes(here))
    return { kind: 'needs scope', text: `too small a scope: the chart alone can in ${names(able)}` };
  return {
    kind: 'never enabled',
    text: `never enabled in ${explored.length > 0 ? names(explored) : here.scope}, though the chart alone can`,
  };
}
