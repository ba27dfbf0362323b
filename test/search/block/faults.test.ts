/** Faults planted in the block engine, and that known counts notice each (design §8). */
import { describe, expect, it, vi } from 'vitest';
import { chart, role } from '../../../models/kit.ts';
import type { Product } from '../../../src/compose/product.ts';
import { addBit, type Bits, hasBit, indicesOf, noBits } from '../../../src/search/block/bits.ts';
import { Blocks, EdgeStore } from '../../../src/search/block/blocks.ts';
import { innerSpace } from '../../../src/search/block/inner.ts';
import { type Class, Moves } from '../../../src/search/block/moves.ts';
import { outerGraph } from '../../../src/search/block/outer-graph.ts';
import { layOut, ROOMS, type Room } from '../../../src/search/block/outer-layout.ts';
import { cut } from '../../../src/search/block/split.ts';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceSplit } from '../../bench/reference-model.ts';
import { compose, inBlocks, shownRuns } from '../../support/blocks.ts';

/** 80 bits: two words, so that shifts carry. */
const SCOPE = { sections: 3, pages: 2, host: 4 };

function movesOf(product: Product, split: readonly string[]): Moves {
  // So that the cuts are settled.
  for (const table of product.tables) table.enumerate();
  const space = innerSpace(product, cut(product, split));
  if (space === undefined) throw new Error('the space is small');
  return new Moves(product, space);
}

/** States of each layer, after `spoil` has had its way with the classes of every move. */
function counts(spoil: (classes: readonly Class[], size: number) => readonly Class[]) {
  const product = compose(referenceModel(SCOPE));
  const moves = movesOf(product, referenceSplit);
  const { space } = moves;
  const store = new EdgeStore();
  const graph = outerGraph(product, moves, store);
  if (typeof graph === 'string') throw new Error(graph);
  moves.all.forEach((move, at) => {
    moves.all[at] = { ...move, classes: spoil(move.classes, space.size) };
  });
  const blocks = new Blocks(moves, graph, store);
  blocks.seed();
  return [...blocks.layers()].map(({ states }) => states);
}

function picked(size: number, words: number, keep: (j: number) => boolean): Bits {
  const bits = noBits(words);
  for (let j = 0; j < size; j++) if (keep(j)) addBit(bits, j);
  return bits;
}

const sound = counts((classes) => classes);

it('nothing spoilt, nothing noticed', () => {
  expect(sound.reduce((sum, states) => sum + states, 0)).toBe(118_800);
  expect(sound).toHaveLength(32);
});

describe('noticed by the sizes of the layers', () => {
  it('a mask off by one', () => {
    const spoilt = counts((classes, size) =>
      classes.map(({ shift, sources }) => ({
        shift,
        sources: picked(size, sources.length / 2, (j) => j + 1 < size && hasBit(sources, j + 1)),
      })),
    );
    expect(spoilt).not.toEqual(sound);
  });

  it('a carry between words that is lost', () => {
    const stays = (j: number, shift: number) => j >>> 6 === (j + shift) >>> 6;
    let lost = 0;
    const spoilt = counts((classes, size) =>
      classes.map(({ shift, sources }) => {
        lost += indicesOf(sources).filter((j) => !stays(j, shift)).length;
        return {
          shift,
          sources: picked(size, sources.length / 2, (j) => hasBit(sources, j) && stays(j, shift)),
        };
      }),
    );
    expect(lost).toBeGreaterThan(0);
    expect(spoilt).not.toEqual(sound);
  });

  it('a class that is dropped', () => {
    expect(counts((classes) => classes.slice(1))).not.toEqual(sound);
    expect(counts((classes) => (classes.length > 1 ? classes.slice(0, -1) : classes))).not.toEqual(sound);
  });

  it('a shift in the wrong direction', () => {
    const back = (classes: readonly Class[], size: number) =>
      classes.map(({ shift, sources }) => ({
        shift: -shift,
        sources: picked(
          size,
          sources.length / 2,
          (j) => hasBit(sources, j) && j - shift >= 0 && j - shift < size,
        ),
      }));
    expect(counts(back)).not.toEqual(sound);
  });

  it('a guard that reads an inner variable, decided by the outer part alone', () => {
    const wide = (classes: readonly Class[], size: number) =>
      classes.map(({ shift, sources }) => ({
        shift,
        sources: picked(size, sources.length / 2, (j) => j + shift >= 0 && j + shift < size),
      }));
    expect(counts(wide)).not.toEqual(sound);
  });
});

describe('what does not fit is said, and nothing fails', () => {
  const reference = () => {
    const product = compose(referenceModel({ sections: 4, pages: 2, host: 8 }));
    return { product, moves: movesOf(product, referenceSplit) };
  };

  it('outer states and edges: not found beyond the memory allowed', () => {
    const { moves, product } = reference();
    const whole = new EdgeStore();
    const graph = outerGraph(product, moves, whole);
    if (typeof graph === 'string') throw new Error(graph);
    const store = new EdgeStore();
    const memory = graph.bytes + whole.bytes / 2;
    expect(outerGraph(product, moves, store, { memory })).toBe('memory');
    expect(store.bytes).toBeLessThan(whole.bytes);
    expect(outerGraph(product, moves, store, { memory: 1 << 16 })).toBe('memory');
    expect(outerGraph(product, moves, store, { memory: graph.bytes + 2 * whole.bytes })).not.toBe('memory');
  });

  it('edges that the system has no memory for', () => {
    const { moves, product } = reference();
    const store = new EdgeStore();
    vi.spyOn(store.memory, 'grow').mockImplementation(() => {
      throw new RangeError('no memory');
    });
    expect(outerGraph(product, moves, store)).toBe('memory');
  });

  it('outcomes of many labels with fine cuts: beyond what can be addressed', () => {
    const alphabet = Array.from({ length: 300 }, (_, pages) => ({ type: 'verb.up', pages }));
    const small = (kind: string) =>
      chart<{ readonly n: number; readonly at: number }>({
        id: kind,
        kind,
        actor: 'somebody',
        families: role('initiates', 'verb.up'),
        context: { n: 0, at: 0 },
        initial: 'counting',
        states: { counting: { 'verb.up': { when: (c) => c.n < 1, set: () => ({ n: 1, at: 1 }) } } },
        observe: ({ n }) => ({ n }),
      });
    const product = compose({ charts: [small('cog'), small('dial')], alphabet });
    const moves = movesOf(product, ['cog.at', 'dial.at']);
    for (const room of ROOMS) expect(layOut(product, moves, [11, 11], room)).toBeUndefined();
    expect(layOut(product, moves, [4, 4], ROOMS[0] as Room)).toBeDefined();
  });

  it('a watch with more sums than a number tells apart is judged all the same', () => {
    const product = compose(referenceModel({ sections: 2, pages: 2, host: 4 }));
    const sum = (by: number) => ({ sum: { 'section.pages': by }, is: 'above' as const, to: 3 * by - 1 });
    const most = { sum: { 'host.free': 1 }, is: 'below' as const, to: 2 };
    const watch = {
      kind: 'state' as const,
      perIndex: false,
      clauses: [[sum(1_000_000), sum(1_000_001), sum(1_000_002), most]],
    };
    const [blocks, plain] = [inBlocks(product, [watch], referenceSplit), explore(product, [watch])];
    expect(plain.violations[0]?.count).toBeGreaterThan(0);
    expect(blocks.violations[0]?.count).toBe(plain.violations[0]?.count);
    expect(shownRuns(blocks)).toEqual(shownRuns(plain));
  });
});
