/**
 * @xstate/graph enumerates every chart of every variant, and our tables have the same local states and transitions.
 * Events are given as a function filtered with `can` (without it, refused events look like self-loops), and states get
 * JSON-array keys (the map is a plain object: bare names could collide with its own).
 */
import { getAdjacencyMap, getShortestPaths } from '@xstate/graph';
import { describe, expect, it } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { full, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { REFUSED } from '../../src/compile/table.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { ALONE_MAX, type Alone, alone, fillUpTo } from '../support/alone.ts';

const keyOf = ({ value, context }: AnyMachineSnapshot): string =>
  JSON.stringify([value, ...Object.entries(context as object).sort()]);

const options = (labels: readonly Label[]) => ({
  events: (snapshot: AnyMachineSnapshot) => labels.filter((label) => snapshot.can(label as never)) as never,
  serializeState: keyOf,
  serializeEvent: (event: object) => labelText(event as Label),
});

/** Per state, per accepted label, the next state; all as text. */
type Graph = Record<string, Record<string, string>>;

interface Adjacent {
  readonly transitions: Readonly<Record<string, { readonly state: AnyMachineSnapshot }>>;
}

function oracle({ chart, labels }: Alone): Graph {
  const map: object = getAdjacencyMap(chart.machine as never, options(labels) as never);
  return Object.fromEntries(
    Object.entries(map as Record<string, Adjacent>).map(([key, { transitions }]) => [
      key,
      Object.fromEntries(Object.entries(transitions).map(([event, { state }]) => [event, keyOf(state)])),
    ]),
  );
}

function ours({ labels, table }: Alone): Graph {
  table.enumerate();
  return Object.fromEntries(
    Array.from({ length: table.size }, (_, state) => [
      table.local(state).key,
      Object.fromEntries(
        labels.flatMap((label, own) => {
          const to = table.successor(state, own);
          return to === REFUSED ? [] : [[labelText(label), table.local(to).key]];
        }),
      ),
    ]),
  );
}

const cases = variants.flatMap((protocol) =>
  alone(protocol, single).map((one) => ({ name: `${protocol.id} ${one.chart.id}`, protocol, one })),
);

describe.each(cases)('$name', ({ one }) => {
  it('has the local states and transitions that @xstate/graph finds', () => {
    expect(fillUpTo(one.table, ALONE_MAX), 'finite alone').toBe(true);
    const found = ours(one);
    expect(found).toEqual(oracle(one));
    expect(one.table.problems).toEqual([]);
  });

  it('is reached everywhere by shortest paths of @xstate/graph', () => {
    one.table.enumerate();
    const paths = getShortestPaths(one.chart.machine as never, options(one.labels) as never);
    const reached = new Set(paths.map(({ state }) => keyOf(state as unknown as AnyMachineSnapshot)));
    expect(reached).toEqual(
      new Set(Array.from({ length: one.table.size }, (_, state) => one.table.local(state).key)),
    );
  });
});

it('every chart is finite alone in full too', () => {
  for (const protocol of variants)
    for (const { chart, table } of alone(protocol, full))
      expect(fillUpTo(table, ALONE_MAX), `${protocol.id} ${chart.id}`).toBe(true);
});
