/** Faults planted in the block engine, and that known counts notice each (design §8). */
import { describe, expect, it } from 'vitest';
import { addBit, type Bits, hasBit, indicesOf, noBits } from '../../../src/search/block/bits.ts';
import { Blocks, EdgeStore } from '../../../src/search/block/blocks.ts';
import { innerSpace } from '../../../src/search/block/inner.ts';
import { type Class, Moves } from '../../../src/search/block/moves.ts';
import { outerGraph } from '../../../src/search/block/outer-graph.ts';
import { cut } from '../../../src/search/block/split.ts';
import { explore } from '../../../src/search/search.ts';
import { referenceModel, referenceSplit } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';

/** 80 bits: two words, so that shifts carry. */
const SCOPE = { sections: 3, pages: 2, host: 4 };

/** States of each layer, after `spoil` has had its way with the classes of every move. */
function counts(spoil: (classes: readonly Class[], size: number) => readonly Class[]) {
  const product = compose(referenceModel(SCOPE));
  // Fills the tables, so that the cuts are settled.
  explore(product, []);
  const space = innerSpace(product, cut(product, referenceSplit));
  if (space === undefined) throw new Error('the space is small');
  const moves = new Moves(product, space);
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
