/** Fair lassos: the fast judge and the slow one say the same of hundreds of random products and fairness sets. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chart, role } from '../../models/kit.ts';
import type { TemporalWatch } from '../../src/compose/observation.ts';
import { composeProduct } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { graphOf } from '../../src/search/fair/graph.ts';
import { judgeTemporal, type Lasso } from '../../src/search/fair/judge-temporal.ts';
import { type Question, questionOf } from '../../src/search/fair/question.ts';
import { explore } from '../../src/search/search.ts';
import { largerLassos } from '../support/larger-lasso.ts';
import { lassoFaults, naiveGraph, naiveLassos } from '../support/naive-lasso.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyTemporal } from '../support/tiny.ts';

/** The slow judge squares the number of states. */
const STATES_MAX = 40;

const cases = fc.array(
  fc.record({ model: tinyModel, watches: fc.array(tinyTemporal, { minLength: 1, maxLength: 3 }) }),
  { minLength: 3, maxLength: 3 },
);

interface Judged {
  readonly model: Model;
  readonly watch: TemporalWatch;
  readonly lasso: Lasso | undefined;
}

const once = <K extends object, V>(make: (key: K) => V): ((key: K) => V) => {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const has = known.get(key) ?? { value: make(key) };
    known.set(key, has);
    return has.value;
  };
};

/** Models are judged over and over. */
const searched = once((model: Model) => {
  const product = expectOk(composeProduct(model), 'the generator makes only products');
  return { product, found: explore(product, [], { statesMax: STATES_MAX + 1 }) };
});
const graphBySlow = once(naiveGraph);

function judged(
  model: Model,
  watches: readonly TemporalWatch[],
  read: typeof questionOf = questionOf,
): readonly Judged[] {
  const { found, product } = searched(model);
  if (!found.complete || found.refusals.length > 0) return [];
  const lassos = judgeTemporal(product, found, watches, read);
  return watches.map((watch, at) => ({ model, watch, lasso: lassos[at] }));
}

const summary = (lasso: Lasso | undefined) => lasso && { length: lasso.prefix.length, count: lasso.count };

const labelsOf = (model: Model, ids: readonly number[]) => ids.flatMap((id) => model.alphabet[id] ?? []);

describe('the fast judge and the slow one agree on tiny products', () => {
  prop(
    'on whether, how far away, and through how many states; what is shown is a lasso by definition',
    { cases },
    ({ cases: drawn }) => {
      for (const { model, watches } of drawn)
        for (const { watch, lasso } of judged(model, watches)) {
          const graph = graphBySlow(model);
          const slow = naiveLassos(graph, watch);
          expect(summary(lasso)).toEqual(slow);
          expect(largerLassos(graph, watch)).toEqual(slow);
          if (lasso === undefined) continue;
          const [prefix, loop] = [labelsOf(model, lasso.prefix), labelsOf(model, lasso.loop)];
          expect(lassoFaults(graph, watch, prefix, loop)).toEqual([]);
        }
    },
  );

  it('on products worth judging', () => {
    const all = fc
      .sample(cases, { numRuns: 200, seed: 2010 })
      .flat()
      .flatMap(({ model, watches }) => judged(model, watches));
    const found = all.flatMap(({ lasso }) => lasso ?? []);
    const answers = found.flatMap((lasso) => lasso.answers.map(({ strength, how }) => `${strength} ${how}`));
    expect(all.length - found.length).toBeGreaterThan(60);
    expect(found.filter(({ loop }) => loop.length === 0).length).toBeGreaterThan(30);
    expect(found.filter(({ loop }) => loop.length > 1).length).toBeGreaterThan(10);
    expect(found.filter(({ prefix }) => prefix.length > 1).length).toBeGreaterThan(10);
    for (const kind of ['weak taken', 'weak notOfferedOnce', 'strong taken', 'strong neverOffered'])
      expect(answers.filter((answer) => answer === kind).length, kind).toBeGreaterThan(3);
  });
});

describe('a fault planted in the judge is noticed by the slow one', () => {
  const drawn = fc.sample(cases, { numRuns: 150, seed: 2011 }).flat();
  const slow = new Map<TemporalWatch, ReturnType<typeof naiveLassos>>();
  for (const { model, watches } of drawn)
    for (const { watch } of judged(model, watches)) slow.set(watch, naiveLassos(graphBySlow(model), watch));

  /** Products on which a judge that reads so says something else than the slow one, or finds itself contradicted. */
  function noticed(fault: (question: Question) => Partial<Question>): number {
    const read: typeof questionOf = (product, watch) => {
      const question = questionOf(product, watch);
      return { ...question, ...fault(question) };
    };
    return drawn.filter(({ model, watches }) => {
      try {
        return judged(model, watches, read).some(
          ({ watch, lasso }) => JSON.stringify(summary(lasso)) !== JSON.stringify(slow.get(watch)),
        );
      } catch {
        return true;
      }
    }).length;
  }
  const none = (marks: Uint8Array) => new Uint8Array(marks.length);

  it('(without a fault nothing is)', () => expect(noticed(() => ({}))).toBe(0));
  it('weak fairness forgotten', () => expect(noticed(() => ({ weak: 0 }))).toBeGreaterThan(5));
  it('strong fairness forgotten', () => expect(noticed(() => ({ strong: 0 }))).toBeGreaterThan(5));
  it('strong fairness taken for weak', () =>
    expect(noticed(({ weak, strong }) => ({ weak: weak | strong, strong: 0 }))).toBeGreaterThan(0));
  it('weak fairness taken for strong', () =>
    expect(noticed(({ weak, strong }) => ({ weak: 0, strong: weak | strong }))).toBeGreaterThan(0));
  it('quiet labels in the loop', () =>
    expect(noticed(({ inLoop }) => ({ inLoop: none(inLoop).fill(1) }))).toBeGreaterThan(5));
  it('a premise that nothing spoils', () =>
    expect(noticed(({ spoils }) => ({ spoils: none(spoils) }))).toBeGreaterThan(5));
  it('a premise that no order renews', () =>
    expect(noticed(({ opens }) => ({ opens: none(opens) }))).toBeGreaterThan(2));
  it('what the loop must take', () => expect(noticed(() => ({ takes: undefined }))).toBeGreaterThan(5));
  it('where the loop must stay', () => expect(noticed(() => ({ stays: () => true }))).toBeGreaterThan(5));
  it('what the loop must visit', () => expect(noticed(() => ({ visits: undefined }))).toBeGreaterThan(5));
});

describe('a lasso that is altered is none', () => {
  const found = fc
    .sample(cases, { numRuns: 200, seed: 2012 })
    .flat()
    .flatMap(({ model, watches }) => judged(model, watches))
    .flatMap(({ model, watch, lasso }) => (lasso === undefined ? [] : [{ model, watch, lasso }]));

  it('a step of the loop left out: it no longer closes, cannot be taken, or is not fair', () => {
    const long = found.filter(({ lasso }) => lasso.loop.length > 1);
    const caught = long.filter(({ model, watch, lasso }) =>
      lasso.loop.some((_, at) => {
        const loop = labelsOf(model, lasso.loop.toSpliced(at, 1));
        return lassoFaults(graphBySlow(model), watch, labelsOf(model, lasso.prefix), loop).length > 0;
      }),
    );
    expect(long.length).toBeGreaterThan(20);
    expect(caught.length).toBe(long.length);
  });
});

it('a second walk that finds other transitions than the search is a bug of ours', () => {
  const successors = (_: number, visit: (label: number, to: number) => void) => visit(0, 0);
  expect(() => graphOf({ states: 2, transitions: 3, successors })).toThrow('2 transitions');
});

describe('by hand: a and b take turns, and only a offers the way out', () => {
  const model: Model = {
    charts: [
      chart<Record<string, never>>({
        id: 'turns',
        kind: 'turns',
        actor: 'somebody',
        families: role('initiates', 'turn', 'out'),
        context: {},
        initial: 'a',
        states: { a: { turn: { to: 'b' }, out: { to: 'end' } }, b: { turn: { to: 'a' } }, end: {} },
        observe: (_, value) => ({ end: value === 'end' ? 1 : 0 }),
      }),
    ],
    alphabet: [{ type: 'turn' }, { type: 'out' }],
  };
  const watch = (groups: TemporalWatch['fairness']['groups'], quiet: string[] = []): TemporalWatch => ({
    kind: 'temporal',
    stays: [[{ sum: { 'turns.end': 1 }, is: 'equal', to: 0 }]],
    fairness: { quiet, groups },
  });
  const goesOn = { name: 'turn', families: ['turn'], strength: 'weak' } as const;
  const leaves = (strength: 'weak' | 'strong') => ({ name: 'out', families: ['out'], strength });
  const loopOf = (asked: TemporalWatch) => judged(model, [asked])[0]?.lasso;

  it('nobody is fair: to stay in a is a loop', () => expect(loopOf(watch([]))?.loop).toEqual([]));
  it('turns are taken, the way out is not', () => {
    expect(loopOf(watch([goesOn]))?.answers).toEqual([{ name: 'turn', strength: 'weak', how: 'taken' }]);
  });
  it('weak fairness is content, for b does not offer it', () => {
    expect(loopOf(watch([goesOn, leaves('weak')]))?.loop).toHaveLength(2);
  });
  it('strong fairness takes it', () => expect(loopOf(watch([goesOn, leaves('strong')]))).toBeUndefined());
  it('with turns quiet and fair nobody rests in either', () => {
    expect(loopOf(watch([goesOn], ['turn']))).toBeUndefined();
  });
});
