/** Two and three threads find in blocks what one finds. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { v3 } from '../../../models/variants/v3.ts';
import type { Product } from '../../../src/compose/product.ts';
import { PAGES_MAX } from '../../../src/search/block/blocks.ts';
import { JOBS } from '../../../src/search/block/kernel-code.ts';
import type { Split } from '../../../src/search/block/split.ts';
import { explore } from '../../../src/search/search.ts';
import { AGAIN, Team } from '../../../src/search/team.ts';
import { compiled } from '../../../src/wasm/host.ts';
import { ModuleBuilder } from '../../../src/wasm/module.ts';
import { referenceModel, referenceSplit, referenceWatches } from '../../bench/reference-model.ts';
import { expectSameInBlocks } from '../../support/block-models.ts';
import { helpWithBlocks, type SharedBlocks } from '../../support/block-threads.ts';
import { blockCase, compose, inBlocks, said, shownRuns, unsearched } from '../../support/blocks.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

type Asked = Parameters<typeof inBlocks>[1];

function expectSame(product: Product, asked: Asked, split: Split, numbers: readonly number[]): void {
  const all = (threads: number) => {
    const found = inBlocks(product, asked, split, { threads });
    const { deadlocks, engine, fired, layers, outers } = found;
    return { ...said(product, found), deadlocks, engine, fired, layers, outers, runs: shownRuns(found) };
  };
  const one = all(1);
  const helped = helpWithBlocks();
  for (const threads of numbers) expect(all(threads)).toEqual(one);
  expect(helped.rounds).toBeGreaterThan(one.layers.length * numbers.length);
  vi.restoreAllMocks();
}

const small = { sections: 3, pages: 2, host: 4 };

it('the reference model, also where an invariant is violated', () => {
  const product = compose(referenceModel(small));
  expectSame(product, referenceWatches(small), referenceSplit, [2, 3]);
  expectSame(product, referenceWatches({ ...small, host: 3 }), referenceSplit, [2]);
});

const drawn = fc.record({
  scope: fc.record({
    sections: fc.integer({ min: 1, max: 2 }),
    pages: fc.integer({ min: 1, max: 2 }),
    host: fc.integer({ min: 1, max: 4 }),
  }),
  most: fc.integer({ min: 1, max: 4 }),
  split: fc.subarray(['driver', ...referenceSplit]),
  threads: fc.integer({ min: 2, max: 3 }),
});

it('the reference model, however it is split', () => {
  const all = fc.property(drawn, ({ scope, most, split, threads }) => {
    const watches = referenceWatches({ ...scope, host: Math.min(most, scope.host) });
    expectSame(compose(referenceModel(scope)), watches, split, [threads]);
  });
  fc.assert(all, { numRuns: 6, seed: 2013 });
});

it('random tiny products', () => {
  const all = fc.property(blockCase, ({ model, asked, split }) =>
    expectSame(compose(model), asked, split, [2]),
  );
  fc.assert(all, { numRuns: 10, seed: 2014 });
});

it('v3: what plain states say', () => {
  const helped = helpWithBlocks();
  expectSameInBlocks(v3, 2);
  expect(helped.rounds).toBeGreaterThan(0);
});

it('orbits of outer states, each as often as it stands for states', () => {
  const orbits = (threads: number) => {
    const product = compose(referenceModel(small));
    const options = { engine: 'block', split: referenceSplit, symmetry: true, threads } as const;
    const { depth, engine, fired, states, whole } = explore(product, [], options);
    return { depth, engine, fired, states, whole };
  };
  const one = orbits(1);
  expect(one.whole).toEqual({ states: 118_800, transitions: 1_229_202 });
  const helped = helpWithBlocks();
  expect(orbits(2)).toEqual(one);
  expect(helped.rounds).toBeGreaterThan(0);
});

describe('planted faults, noticed by the sizes of the layers', () => {
  /** Of two parts, one after the other by one thread. */
  function layersOf(spoil: (blocks: SharedBlocks) => void): readonly number[] {
    helpWithBlocks();
    const { blocks } = unsearched(compose(referenceModel(small)), referenceSplit, 2);
    blocks.dismiss();
    spoil(blocks as unknown as SharedBlocks);
    blocks.seed();
    return [...blocks.layers()].map(({ states }) => states);
  }
  const sum = (layers: readonly number[]) => layers.reduce((n, states) => n + states, 0);

  /** Where each state's edges begin, into the other part, into its own, and where they end. */
  function eachStart(
    { layout, memory }: SharedBlocks,
    change: (starts: readonly number[], put: (nth: number, edge: number) => void) => void,
  ): void {
    const { starts, states } = layout;
    const all = new Uint32Array(memory.buffer, starts, 2 * states + 1);
    for (let at = 0; at < 2 * states; at += 2)
      change([...all.subarray(at, at + 3)], (nth, edge) => {
        all[at + nth] = edge;
      });
  }

  it('nothing spoilt, nothing noticed', () => {
    const layers = layersOf(() => {});
    expect(sum(layers)).toBe(118_800);
    expect(layers).toHaveLength(32);
  });

  it('a part that begins an edge too soon: what it writes for the other is emptied', () => {
    const spoilt = layersOf((blocks) =>
      eachStart(blocks, ([first = 0, own = 0], put) => {
        if (own > first) put(1, own - 1);
      }),
    );
    expect(sum(spoilt)).toBeLessThan(118_800);
  });

  it('edges into the other part that nobody takes', () => {
    const spoilt = layersOf((blocks) =>
      eachStart(blocks, ([first = 0, own = 0], put) => {
        if (own > first) put(0, own);
      }),
    );
    expect(sum(spoilt)).toBeLessThan(118_800);
  });

  it('edges that were not arranged', () => {
    const spoilt = layersOf((blocks) =>
      eachStart(blocks, ([first = 0, , end = 0], put) => put(1, Math.ceil((first + end) / 2))),
    );
    expect(sum(spoilt)).toBeLessThan(118_800);
  });

  it('a part that is not waited for', () => {
    const spoilt = layersOf((blocks) => {
      const { code, layout, memory } = blocks;
      vi.spyOn(blocks, 'together').mockImplementation((job, argument = 0) => {
        new Uint32Array(memory.buffer)[layout.claim / 4] = job === 'layer' ? 1 : 0;
        while (code[job](layout.areas[0] as number, argument) === AGAIN);
      });
    });
    expect(sum(spoilt)).toBeLessThan(118_800);
  });
});

it('a helper that fails ends the search', () => {
  helpWithBlocks('stop');
  const traps = new ModuleBuilder({ least: 1, most: PAGES_MAX, shared: true });
  for (const job of JOBS)
    traps.function({ parameters: ['i32', 'i32'], result: 'i32' }, (f) => f.unreachable(), job);
  const { equip } = Team.prototype;
  vi.spyOn(Team.prototype, 'equip').mockImplementation(function (this: Team<string>, _, areas) {
    equip.call(this, compiled(traps.bytes()), areas);
  });
  const product = compose(referenceModel(small));
  expect(() => inBlocks(product, [], referenceSplit, { threads: 2 })).toThrow('a helping thread has failed');
});
