/**
 * What each chart can do alone, against the adjacency map of @xstate/graph: states, transitions, pairs and round trips are
 * computed again from that map, by other means.
 */

import { getAdjacencyMap } from '@xstate/graph';
import { describe, expect, it } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { type ModelChart, roleIn } from '../../src/core/chart.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { coverKind } from '../../src/coverage/kinds.ts';
import { aloneIn } from '../../src/coverage/universe.ts';

const keyOf = ({ value, context }: AnyMachineSnapshot): string =>
  JSON.stringify([value, ...Object.entries(context as object).sort()]);

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Every local transition that @xstate/graph finds, with its structural text. */
function edgesOf(
  chart: ModelChart,
  alphabet: readonly Label[],
): { states: Map<string, string>; edges: Edge[] } {
  const labels = alphabet.filter((label) => roleIn(chart, label) !== undefined);
  const options = {
    events: (snapshot: AnyMachineSnapshot) => labels.filter((label) => snapshot.can(label as never)) as never,
    serializeState: keyOf,
    serializeEvent: (event: object) => labelText(event as Label),
  };
  const map = getAdjacencyMap(chart.machine as never, options as never) as unknown as Record<
    string,
    { state: AnyMachineSnapshot; transitions: Record<string, { state: AnyMachineSnapshot; event: Label }> }
  >;
  const states = new Map(Object.entries(map).map(([key, { state }]) => [key, String(state.value)]));
  const edges = Object.entries(map).flatMap(([from, { state, transitions }]) =>
    Object.values(transitions).map(({ state: after, event }) => ({
      from,
      to: keyOf(after),
      text: `${String(state.value)} -${event.type}-> ${String(after.value)}`,
    })),
  );
  return { states, edges };
}

/** Round trips by walking every simple structural path from every local state. */
function roundTrips(states: Map<string, string>, edges: readonly Edge[]): Set<string> {
  const out = new Map<string, Edge[]>();
  for (const edge of edges) out.set(edge.from, [...(out.get(edge.from) ?? []), edge]);
  const found = new Set<string>();
  const seen = new Set<string>();
  const go = (at: string, home: string, visited: readonly string[], path: readonly string[]): void => {
    const key = `${at}|${path.join()}`;
    if (seen.has(key)) return;
    seen.add(key);
    for (const { to, text } of out.get(at) ?? []) {
      const state = states.get(to) ?? '';
      const longer = [...path, text];
      if (state === home) found.add(chained(longer));
      else if (!visited.includes(state)) go(to, home, [...visited, state], longer);
    }
  };
  for (const [key, state] of states) go(key, state, [state], []);
  return found;
}

/** `a -f-> b` and `b -g-> c` as `a -f-> b -g-> c`. */
const chained = (texts: readonly string[]): string =>
  texts.map((text, at) => (at === 0 ? text : text.slice(text.indexOf(' -')))).join('');

describe.each(variants.map((protocol) => ({ protocol })))('$protocol.id', ({ protocol }) => {
  const model = guestModel(protocol, pv64, single);
  const alone = aloneIn(expectOk(composeProduct(model), 'a shipped variant'), 3);
  const ours = (measure: 'states' | 'transitions' | 'pairs' | 'kpaths' | 'roundtrips', kind: string) =>
    new Set(
      [...alone.universe[measure]]
        .filter((one) => one.startsWith(`${kind}: `))
        .map((one) => one.slice(kind.length + 2)),
    );

  it.each(model.charts.map((chart) => ({ chart })))('$chart.id', ({ chart }) => {
    const kind = coverKind(chart);
    const { states, edges } = edgesOf(chart, model.alphabet);
    expect(ours('states', kind)).toEqual(new Set(states.values()));
    expect(ours('transitions', kind)).toEqual(new Set(edges.map(({ text }) => text)));
    const into = new Map<string, Set<string>>();
    for (const { to, text } of edges) into.set(to, (into.get(to) ?? new Set()).add(text));
    const pairs = new Set<string>();
    const paths = new Set<string>();
    const pairsInto = new Map<string, Set<string>>();
    for (const { from, to, text } of edges)
      for (const first of into.get(from) ?? []) {
        pairs.add(chained([first, text]));
        pairsInto.set(to, (pairsInto.get(to) ?? new Set()).add(chained([first, text])));
      }
    expect(ours('pairs', kind)).toEqual(pairs);
    for (const { from, text } of edges)
      for (const first of pairsInto.get(from) ?? []) paths.add(chained([first, text]));
    expect(ours('kpaths', kind)).toEqual(paths);
    expect(ours('roundtrips', kind)).toEqual(roundTrips(states, edges));
  });

  it('has as many local states and transitions as all maps together', () => {
    const maps = model.charts.map((chart) => edgesOf(chart, model.alphabet));
    expect(alone.localStates).toBe(maps.reduce((sum, { states }) => sum + states.size, 0));
    expect(alone.localTransitions).toBe(maps.reduce((sum, { edges }) => sum + edges.length, 0));
  });
});
