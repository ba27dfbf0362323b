/** Charts outside the fragment are refused, each with its own code (xstate-notes: what a table cannot represent). */
import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, assign, createMachine, fromPromise, raise } from 'xstate';
import { compileChart, LtsTable, neverAccepted } from '../../src/compile/table.ts';
import type { ModelChart } from '../../src/core/chart.ts';

const GO = { type: 'verb.go' };

function chartOf(config: object, families: ModelChart['families'] = { 'verb.go': 'initiates' }): ModelChart {
  return {
    id: 'odd',
    kind: 'odd',
    actor: 'somebody',
    families,
    owns: () => true,
    machine: createMachine(config as never) as AnyStateMachine,
    observe: () => ({}),
  };
}

const on = { 'verb.go': { target: 'there' } };
const plain = { initial: 'here', states: { here: { on }, there: {} } };

const outside: readonly (readonly [string, string, object])[] = [
  ['a delay', 'HAS_AFTER', { ...plain, states: { here: { on, after: { 1000: 'there' } }, there: {} } }],
  [
    'an invoked actor',
    'HAS_INVOKE',
    { ...plain, states: { here: { on, invoke: { src: fromPromise(async () => 1) } }, there: {} } },
  ],
  ['an eventless step', 'HAS_ALWAYS', { ...plain, states: { here: { on }, there: { always: 'here' } } }],
  ['a history state', 'HAS_HISTORY', { ...plain, states: { here: { on }, there: { type: 'history' } } }],
  ['parallel regions', 'HAS_PARALLEL', { type: 'parallel', on: { 'verb.go': {} }, states: { a: {}, b: {} } }],
  [
    'states inside states',
    'HAS_NESTED',
    { ...plain, states: { here: { on }, there: { initial: 'deep', states: { deep: {} } } } },
  ],
  ['an entry action', 'HAS_ENTRY', { ...plain, states: { here: { on }, there: { entry: () => {} } } }],
  ['an exit action', 'HAS_EXIT', { ...plain, states: { here: { on, exit: () => {} }, there: {} } }],
  ['an entry action of the whole chart', 'HAS_ENTRY', { ...plain, entry: () => {} }],
  ['an array in its context', 'CONTEXT_NOT_PLAIN', { ...plain, context: { list: [1] } }],
  ['a fraction in its context', 'CONTEXT_NOT_PLAIN', { ...plain, context: { half: 0.5 } }],
  ['minus zero in its context', 'CONTEXT_NOT_PLAIN', { ...plain, context: { zero: -0 } }],
  ['no number in its context', 'CONTEXT_NOT_PLAIN', { ...plain, context: { none: Number.NaN } }],
  ['undefined in its context', 'CONTEXT_NOT_PLAIN', { ...plain, context: { none: undefined } }],
  ['a family that it does not declare', 'FAMILY_UNDECLARED', { ...plain, on: { 'verb.other': {} } }],
];

describe('a chart is refused that has', () => {
  it.each(outside)('%s: %s', (_, code, config) => {
    const result = compileChart(chartOf(config), [GO]);
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.problems.map((problem) => problem.code)).toContain(code);
  });

  it('a family that no state handles: FAMILY_UNHANDLED', () => {
    const result = compileChart(chartOf(plain, { 'verb.go': 'initiates', 'verb.other': 'observes' }), [GO]);
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['FAMILY_UNHANDLED']);
  });

  it('several faults: all of them are reported at once', () => {
    const config = {
      ...plain,
      context: { list: [] },
      states: { here: { on, exit: () => {} }, there: { entry: () => {} } },
    };
    const result = compileChart(chartOf(config), [GO]);
    expect(result.ok ? [] : result.problems.map(({ code }) => code).sort()).toEqual([
      'CONTEXT_NOT_PLAIN',
      'HAS_ENTRY',
      'HAS_EXIT',
    ]);
  });

  it('nothing of the kind: accepted', () => {
    expect(compileChart(chartOf(plain), [GO]).ok).toBe(true);
  });
});

describe('while the table is filled', () => {
  const stepping = (actions: unknown, context: object = { n: 0 }) =>
    new LtsTable(
      chartOf({ initial: 'here', context, states: { here: { on: { 'verb.go': { actions } } } } }),
      [GO],
    );

  it('a context that turns unplain is reported: CONTEXT_NOT_PLAIN', () => {
    const table = stepping(assign(() => ({ n: 0.5 })));
    table.successor(0, 0);
    expect(table.problems.map(({ code }) => code)).toEqual(['CONTEXT_NOT_PLAIN']);
  });

  it('a step that starts an actor is reported: SPAWNS', () => {
    const table = stepping(
      assign(({ spawn }) => ({ n: spawn(fromPromise(async () => 1)) === undefined ? 1 : 2 })),
    );
    table.successor(0, 0);
    expect(table.problems.map(({ code }) => code)).toContain('SPAWNS');
  });

  it('an update that mutates the context throws, since contexts are frozen', () => {
    const table = stepping(
      assign(({ context }) => {
        (context as { n: number }).n = 7;
        return {};
      }),
    );
    expect(() => table.successor(0, 0)).toThrow(/read.?only/i);
    expect(table.local(0).context).toEqual({ n: 0 });
  });

  it('a finished chart accepts nothing, whatever its root handles', () => {
    const done = chartOf(
      {
        initial: 'here',
        on: { 'verb.other': { actions: () => {} } },
        states: { here: { on }, there: { type: 'final' } },
      },
      { 'verb.go': 'initiates', 'verb.other': 'initiates' },
    );
    const table = new LtsTable(done, [GO, { type: 'verb.other' }]);
    const there = table.successor(0, 0);
    expect([table.successor(0, 1), table.successor(there, 1)]).toEqual([0, -1]);
  });

  it('a label that no local state accepts is named', () => {
    const table = new LtsTable(
      chartOf({ initial: 'here', states: { here: { on: { 'verb.go': { guard: () => false } } } } }),
      [GO],
    );
    table.enumerate();
    expect(neverAccepted(table, [GO])).toEqual(['verb.go']);
  });
});

it('a chart that raises events is refused', () => {
  const config = {
    ...plain,
    states: { here: { on: { 'verb.go': { actions: raise({ type: 'verb.more' }) } } }, there: {} },
  };
  expect(compileChart(chartOf(config), [GO]).ok).toBe(false);
});

it('a chart without end stops at the limit of local states', () => {
  const endless = chartOf({
    initial: 'here',
    context: { n: 0 },
    states: {
      here: {
        on: { 'verb.go': { actions: assign(({ context }) => ({ n: (context as { n: number }).n + 1 })) } },
      },
    },
  });
  const table = new LtsTable(endless, [GO]);
  table.enumerate();
  expect(table.size).toBeLessThanOrEqual(50_001);
});
