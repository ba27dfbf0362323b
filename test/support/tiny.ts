/**
 * Random tiny products: a few charts of a few states, written with the models' own kit, over a shared random alphabet.
 * Everything about them is drawn, so that the packed search and the naive one meet shapes nobody thought of.
 */
import fc from 'fast-check';
import { chart, type Handlers, type Move } from '../../models/kit.ts';
import type { Condition, TemporalWatch, Watch } from '../../src/compose/observation.ts';
import type { Model, ModelChart, Quantities, Role } from '../../src/core/chart.ts';
import { covers, type Label } from '../../src/core/label.ts';

interface Counter {
  readonly n: number;
}

/** What one state does with one family. */
interface TinyMove {
  readonly kind: 'none' | 'stay' | 'go' | 'count' | 'reset' | 'branch';
  readonly to: number;
  readonly by: number;
}
export interface TinyChart {
  readonly kind: number;
  readonly index: number | undefined;
  readonly states: number;
  readonly ceiling: number;
  /** Per family: whether it is in the alphabet, and as what. */
  readonly roles: readonly (Role | undefined)[];
  /** Per state, per family. */
  readonly moves: readonly (readonly TinyMove[])[];
}

export const FAMILIES = 5;
const STATES = 4;
const KINDS = ['cog', 'dial'];
const ROLES: readonly (Role | undefined)[] = [
  ...(['initiates', 'initiates', 'initiates', 'grants', 'decides', 'observes'] as const),
  ...[undefined, undefined, undefined, undefined],
];

export const family = (f: number) => `verb.f${f}`;
const small = (max: number) => fc.nat({ max });

const tinyMove: fc.Arbitrary<TinyMove> = fc.record({
  kind: fc.constantFrom('none', 'stay', 'go', 'go', 'count', 'count', 'count', 'reset', 'branch', 'branch'),
  to: small(STATES - 1),
  by: fc.integer({ min: -1, max: 2 }),
});

export const tinyChart: fc.Arbitrary<TinyChart> = fc.record({
  kind: small(1),
  index: fc.option(small(1), { nil: undefined }),
  states: fc.integer({ min: 1, max: STATES }),
  ceiling: small(5),
  roles: fc.array(fc.constantFrom(...ROLES), { minLength: FAMILIES, maxLength: FAMILIES }),
  moves: fc.array(fc.array(tinyMove, { minLength: FAMILIES, maxLength: FAMILIES }), {
    minLength: STATES,
    maxLength: STATES,
  }),
});

/** Labels by family, payload and order. */
const tinyAlphabet: fc.Arbitrary<readonly Label[]> = fc
  .uniqueArray(
    fc.record({
      f: small(FAMILIES - 1),
      section: fc.option(small(1), { nil: undefined }),
      pages: fc.option(small(2), { nil: undefined }),
    }),
    { minLength: 3, maxLength: 10, selector: (l) => JSON.stringify(l) },
  )
  .map((labels) =>
    labels.map(({ f, section, pages }) => ({
      type: family(f),
      ...(section === undefined ? {} : { section }),
      ...(pages === undefined ? {} : { pages }),
    })),
  );

/** Charts and labels such that the product accepts them: whatever nobody initiates is left out. */
export const tinyModel: fc.Arbitrary<Model> = fc
  .record({ charts: fc.array(tinyChart, { minLength: 1, maxLength: 4 }), labels: tinyAlphabet })
  .map((spec) => {
    const charts = spec.charts.map(build);
    const initiated = (label: Label) =>
      charts.some(({ families, owns }) => families[label.type] === 'initiates' && owns(label));
    const model: Model = { charts, alphabet: spec.labels.filter(initiated) };
    return Object.assign(model, { [fc.toStringMethod]: () => JSON.stringify(spec) });
  })
  .filter(({ alphabet }) => alphabet.length > 0);

export function build(spec: TinyChart, at: number): ModelChart {
  const { index, ceiling } = spec;
  const states = Object.fromEntries(
    Array.from({ length: spec.states }, (_, s): [string, Handlers<Counter>] => [
      `s${s}`,
      Object.fromEntries(
        spec.roles.flatMap((role, f) => {
          const move = spec.moves[s]?.[f];
          return role === undefined || move === undefined || move.kind === 'none'
            ? []
            : [[family(f), moves(move, spec)]];
        }),
      ),
    ]),
  );
  const handled = new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers)));
  const families = Object.fromEntries(
    spec.roles.flatMap((role, f) =>
      role === undefined || !handled.has(family(f)) ? [] : [[family(f), role] as const],
    ),
  );
  return chart<Counter>({
    id: `chart${at}`,
    kind: KINDS[spec.kind] ?? 'cog',
    ...(index === undefined ? {} : { index }),
    actor: 'somebody',
    families,
    owns: (label) => index === undefined || concerns(label, index),
    context: { n: 0 },
    initial: 's0',
    states,
    observe: ({ n }, value) => ({ n, at: Number(value.slice(1)), full: n === ceiling ? 1 : 0 }),
  });
}

function concerns(label: Label, index: number): boolean {
  if (label.first !== undefined) return covers(label, index);
  return label.section === undefined || label.section === index;
}

/** A step adds `by` and the label's pages, within [0, ceiling]; a branch goes one way below the ceiling and another at it. */
function moves(
  { kind, to, by }: TinyMove,
  { ceiling, states }: TinyChart,
): Move<Counter> | readonly Move<Counter>[] {
  const target = `s${to % states}`;
  const next = (c: Counter, l: Label) => c.n + by + (l.pages ?? 0);
  if (kind === 'go') return { to: target };
  if (kind === 'reset') return { set: () => ({ n: 0 }), to: target };
  if (kind === 'count')
    return {
      when: (c, l) => next(c, l) >= 0 && next(c, l) <= ceiling,
      set: (c, l) => ({ n: next(c, l) }),
      to: target,
    };
  if (kind === 'branch')
    return [
      { when: (c) => c.n < ceiling, set: (c) => ({ n: c.n + 1 }) },
      { set: () => ({ n: 0 }), to: target },
    ];
  return {};
}

const quantity = fc.constantFrom('cog.n', 'cog.at', 'cog.full', 'dial.n', 'dial.at', 'dial.full');
const condition: fc.Arbitrary<Condition> = fc.record({
  sum: fc.dictionary(quantity, fc.constantFrom(1, 1, -1, 2), {
    minKeys: 1,
    maxKeys: 3,
    noNullPrototype: true,
  }),
  is: fc.constantFrom('equal', 'unequal', 'above', 'below'),
  to: fc.integer({ min: -1, max: 4 }),
});
const conditions = fc.array(condition, { minLength: 1, maxLength: 2 });
const families = fc.uniqueArray(small(FAMILIES - 1).map(family), { maxLength: 2 });

/** Watches of every kind, with thresholds that are sometimes met. */
export const tinyWatch: fc.Arbitrary<Watch> = fc.oneof(
  fc.record({
    kind: fc.constant('state' as const),
    perIndex: fc.boolean(),
    clauses: fc.array(conditions, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ kind: fc.constant('possible' as const), goal: conditions, without: families }),
  fc.record({ kind: fc.constant('step' as const), never: families }),
  fc.record({ on: fc.constantFrom(...KINDS), most: small(4) }).map(({ on, most }) => ({
    kind: 'step' as const,
    never: [],
    on,
    holds: (before: Quantities, label: Label, after: Quantities) =>
      (before['n'] ?? 0) + (after['at'] ?? 0) + (label.pages ?? 0) <= most,
  })),
);

const clauses = fc.array(conditions, { minLength: 1, maxLength: 2 });
/** Mostly absent, so that fairness has something to decide. */
const rarely = <T>(some: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: some });

/** Temporal watches with fairness of every sort; a family may be quiet and fair. */
export const tinyTemporal: fc.Arbitrary<TemporalWatch> = fc
  .record({
    stays: rarely(clauses),
    visits: rarely(clauses),
    takes: rarely(families),
    without: rarely(families),
    quiet: rarely(families).map((quiet = []) => quiet),
    groups: fc.array(
      fc.record({
        families: fc.uniqueArray(small(FAMILIES - 1).map(family), { minLength: 1, maxLength: 3 }),
        strength: fc.constantFrom('weak' as const, 'strong' as const),
        each: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    premise: rarely(fc.record({ since: families, never: families })),
  })
  .map(({ stays, visits, takes, without, quiet, groups, premise }) => ({
    kind: 'temporal',
    ...(stays === undefined ? {} : { stays }),
    ...(visits === undefined ? {} : { visits }),
    ...(takes === undefined || takes.length === 0 ? {} : { takes }),
    ...(without === undefined ? {} : { without }),
    fairness: {
      quiet,
      groups: groups.map((group, at) => ({ ...group, name: `group ${at}` })),
    },
    ...(premise === undefined ? {} : { premise }),
  }));
