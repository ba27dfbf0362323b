/** Faults planted in the symmetry of outer states, and that known counts or the check notice each (design §8). */
import { describe, expect, it } from 'vitest';
import { chart, role, stay } from '../../../models/kit.ts';
import type { Watch } from '../../../src/compose/observation.ts';
import type { Product } from '../../../src/compose/product.ts';
import type { Model } from '../../../src/core/chart.ts';
import type { Label } from '../../../src/core/label.ts';
import { Blocks, EdgeStore } from '../../../src/search/block/blocks.ts';
import { innerSpace } from '../../../src/search/block/inner.ts';
import { Moves } from '../../../src/search/block/moves.ts';
import { outerGraph } from '../../../src/search/block/outer-graph.ts';
import { type OuterSymmetry, outerSymmetry } from '../../../src/search/block/outer-symmetry.ts';
import { cut, type Split } from '../../../src/search/block/split.ts';
import { type Symmetry, symmetryOf } from '../../../src/search/symmetry/symmetry.ts';
import { referenceModel, referenceSplit } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';
import { naivelyWhole, overOrbitsInBlocks } from '../../support/orbits.ts';

function symmetric(product: Product): Symmetry {
  const symmetry = symmetryOf(product, []);
  if ('off' in symmetry) throw new Error(symmetry.off);
  return symmetry;
}

type Weight = (weight: number, outer: number) => number;
interface Spoilt {
  readonly symmetry?: (outer: Symmetry, product: Product) => Symmetry;
  readonly weight?: Weight;
  /** Instead of the check. */
  readonly force?: (symmetry: Symmetry, product: Product) => Symmetry;
}

/** Layers of the whole graph, its states and transitions, after something was spoilt. */
function counts(model: Model, split: Split, { symmetry: spoil, weight, force }: Spoilt = {}) {
  const product = compose(model);
  const whole = symmetric(product);
  // So that the cuts are settled.
  for (const table of product.tables) table.enumerate();
  const cuts = cut(product, split);
  const found = force === undefined ? outerSymmetry(product, whole, cuts) : forced(force(whole, product));
  if ('off' in found) throw new Error(found.off);
  const space = innerSpace(product, cuts);
  if (space === undefined) throw new Error('the space is small');
  const moves = new Moves(product, space);
  const store = new EdgeStore();
  const graph = outerGraph(product, moves, store, { symmetry: spoil?.(found.outer, product) ?? found.outer });
  if (typeof graph === 'string') throw new Error(graph);
  const weighed = (outer: number) => {
    const sound = graph.weight?.(outer) ?? 0;
    return weight?.(sound, outer) ?? sound;
  };
  const blocks = new Blocks(moves, { ...graph, weight: weighed }, store);
  blocks.seed();
  return { layers: [...blocks.layers()].map(({ states }) => states), ...blocks.count().whole };
}

const forced = (outer: Symmetry): OuterSymmetry => ({ outer, whole: outer });

describe('on the reference model, noticed by the sizes of the layers', () => {
  const spoilt = (how: Spoilt = {}) =>
    counts(referenceModel({ sections: 3, pages: 2, host: 4 }), referenceSplit, how);
  const sound = spoilt();

  it('nothing spoilt, nothing noticed', () => {
    expect(sound).toMatchObject({ states: 118_800, transitions: 1_229_202 });
    expect(sound.layers).toHaveLength(32);
  });

  it('a canonical form that knows sections apart only by their first bit', () => {
    const first = (values: BigUint64Array) => values.map((value) => value & 1n);
    const symmetry = (outer: Symmetry): Symmetry => {
      const shares = [...outer.keys.shares].map(
        ([at, of]) => [at, new Map([...of].map(([n, values]) => [n, first(values)]))] as const,
      );
      return { ...outer, keys: { shares: new Map(shares) } };
    };
    expect(spoilt({ symmetry })).not.toEqual(sound);
  });

  it('a renaming that leaves the sections as they are', () => {
    const symmetry = (outer: Symmetry): Symmetry => ({
      ...outer,
      motions: outer.motions.map((motion) => ({
        ...motion,
        charts: motion.charts.map((_, at) => at),
      })),
    });
    expect(spoilt({ symmetry })).not.toEqual(sound);
  });

  it('an orbit with a state too many, or one too few', () => {
    expect(spoilt({ weight: (weight, outer) => (outer === 5 ? weight + 1 : weight) })).not.toEqual(sound);
    expect(spoilt({ weight: (weight) => Math.min(weight, 5) })).not.toEqual(sound);
  });
});

interface Job {
  readonly at: number;
  readonly done: number;
}
const section = ({ section }: Label): number => section ?? 0;
const two = [0, 1];

/** Two cogs that may hand on to each other, which a purse is filled by, and a job that remembers the cog it took and counts. */
const cogs: Model = {
  charts: [
    ...two.map((index) =>
      chart<Record<string, never>>({
        id: `cog[${index}]`,
        kind: 'cog',
        index,
        actor: 'somebody',
        families: role('decides', 'verb.take', 'verb.drop', 'verb.pass'),
        owns: (l) => l.type === 'verb.pass' || section(l) === index,
        context: {},
        initial: 'off',
        states: {
          off: { 'verb.take': { to: 'on' }, 'verb.pass': { when: (_, l) => section(l) !== index, to: 'on' } },
          on: {
            'verb.drop': { to: 'off' },
            'verb.pass': { when: (_, l) => section(l) === index, to: 'off' },
          },
        },
        observe: (_, value) => ({ on: value === 'on' ? 1 : 0 }),
      }),
    ),
    chart<{ readonly n: number }>({
      id: 'purse',
      kind: 'purse',
      actor: 'somebody',
      families: role('decides', 'verb.pass'),
      context: { n: 0 },
      initial: 'kept',
      states: {
        kept: {
          'verb.pass': {
            when: (c, l) => c.n + (l.pages ?? 0) <= 5,
            set: (c, l) => ({ n: c.n + (l.pages ?? 0) }),
          },
        },
      },
      observe: ({ n }) => ({ n }),
    }),
    chart<Job>({
      id: 'job',
      kind: 'job',
      actor: 'somebody',
      families: role('initiates', 'verb.take', 'verb.drop', 'verb.pass'),
      context: { at: 0, done: 0 },
      initial: 'idle',
      states: {
        idle: {
          'verb.take': { set: (_, l) => ({ at: section(l) }), to: 'busy' },
          'verb.pass': stay,
        },
        busy: {
          'verb.drop': {
            when: (c, l) => section(l) === c.at,
            set: (c) => ({ at: 0, done: (c.done + 1) % 3 }),
            to: 'idle',
          },
          'verb.pass': {
            when: (c, l) => section(l) === c.at,
            set: (c) => ({ at: 1 - c.at }),
          },
        },
      },
      observe: ({ done }) => ({ done }),
    }),
  ],
  alphabet: [
    ...['verb.take', 'verb.drop'].flatMap((type) => two.map((section) => ({ type, section }))),
    ...two.flatMap((section) => [1, 3].map((pages) => ({ type: 'verb.pass', section, pages }))),
  ],
};

const filled: Watch = {
  kind: 'possible',
  goal: [{ sum: { 'purse.n': 1 }, is: 'equal', to: 5 }],
  without: [],
};

it('a chart that is cut, and moved in its outer part: as the naive explorer says', () => {
  const { beside, found, says } = overOrbitsInBlocks(cogs, [filled], ['purse.n', 'job.done']);
  const naive = naivelyWhole(cogs, [filled]);
  expect(found.engine).toMatch(/^symmetry of 2 sections in any order.*; blocks of/);
  expect(says).toEqual(naive.says);
  expect(beside).toEqual(naive.beside);
});

/** Each of them keeps a way back of its own. */
it('two labels that lead back into the orbit, by different displacements: goals are reached by both', () => {
  const { found } = overOrbitsInBlocks(cogs, [filled], ['purse.n', 'job.done']);
  expect(found.violations).toEqual([undefined]);
});

describe('an inner chart that a renaming moves', () => {
  it.each([
    ['job.at', /plain states, since job.at tells sections apart$/],
    ['job', /plain states, since what job says of sections depends on job$/],
    ['cog', /plain states, since cog of cog\[0\] would be that of cog\[1\]$/],
  ])('refused: %s', (inner, why) => {
    const { found, says } = overOrbitsInBlocks(cogs, [filled], [inner]);
    expect(found.engine).toMatch(why);
    expect(says).toEqual(naivelyWhole(cogs, [filled]).says);
  });

  it('wrong if it were not', () => {
    const naive = naivelyWhole(cogs, []);
    const sound = counts(cogs, ['purse.n']);
    expect(sound).toMatchObject({ states: naive.says.states, layers: naive.beside.layers });
    // The job stays as it is in its outer part, and its inner part is left as it is too.
    const force = (symmetry: Symmetry, { tables }: Product): Symmetry => {
      const job = tables.findIndex((table) => table.chart.kind === 'job');
      const isJob = (at: number) => at === job;
      return {
        ...symmetry,
        motions: symmetry.motions.map((motion) => ({
          ...motion,
          locals: motion.locals.map((images, at) => (isJob(at) ? images.map((_, local) => local) : images)),
        })),
        moved: symmetry.moved.filter((at) => !isJob(at)),
        keys: { shares: new Map([...symmetry.keys.shares].filter(([at]) => !isJob(at))) },
      };
    };
    expect(counts(cogs, ['job.at'], { force })).not.toEqual(sound);
  });
});
