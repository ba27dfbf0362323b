/** On shipped variants a search over orbits has the outcome of the whole one; where it does not apply it says why. */
import { expect, it } from 'vitest';
import { hvm64 } from '../../../models/forms/hvm.ts';
import { auto, blocks, pair, single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { v1c } from '../../../models/variants/v1c.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { explore, type SearchOptions, type Snapshot } from '../../../src/search/search.ts';
import { symmetryOf } from '../../../src/search/symmetry/symmetry.ts';
import { applicable, productOf } from '../../support/explored.ts';
import { expectSameOverOrbits } from '../../support/symmetric-models.ts';

it('v3/pair: two sections, either order', () =>
  expectSameOverOrbits(v3, pair, /of 2 sections in any order: 91422 orbits/));

it('lifecycle/pair, by two threads', () =>
  expectSameOverOrbits(lifecycle, pair, /of 2 sections in any order: 12771 orbits/, { threads: 2 }));

it('v3/blocks: two sections in one block change ends', () =>
  expectSameOverOrbits(
    v3,
    blocks,
    /of the two ends of 2 sections: 30006 orbits.* since a block has several sections/,
  ));

it.each([
  ['v3/pair', v3, pair, /of 2 sections in any order: 91422 orbits.*; blocks of/],
  ['lifecycle/pair', lifecycle, pair, /of 2 sections in any order: 12771 orbits.*; blocks of/],
  ['v3/blocks', v3, blocks, /of the two ends of 2 sections: 30006 orbits.*; blocks of/],
] as const)('%s in blocks', (_, protocol, scope, how) =>
  expectSameOverOrbits(protocol, scope, how, { engine: 'block' }),
);

it.each([
  ['one section', single, v3, /two sections/],
  [
    'the kernel onlines a run block by block',
    auto,
    v3,
    /in balloon, onlining .*autoonline.begin\(block 1\) is refused/,
  ],
  ['3.1 adds where RAM ends', pair, v1c, /in ramEnd, .*place.ok\(first 1, count 1\) is refused/],
] as const)('no symmetry: %s', (_, scope, protocol, why) => {
  expect(symmetryOf(productOf(protocol, scope), [])).toEqual({ off: expect.stringMatching(why) });
});

it('interrupted, and gone on with from the snapshot: the same orbits, whole and violations', () => {
  const watches = applicable(lifecycle, pair).map(({ watch }) => watch);
  const searched = (options: SearchOptions) => {
    const found = explore(productOf(lifecycle, pair), watches, { ...options, symmetry: true });
    const { depth, limit, states, transitions, violations, whole } = found;
    return { depth, limit, states, transitions, violations, whole };
  };
  let snapshot: Snapshot | undefined;
  let asked = 0;
  const first = searched({
    stop: () => (++asked > 2 ? 'interrupted' : undefined),
    checkpoint: {
      isDue: () => false,
      keep: ({ facts, parts }) => {
        snapshot = { facts, parts: parts.map((part) => Uint8Array.from(part)) };
      },
    },
  });
  expect(first.limit).toBe('interrupted');
  expect(searched(snapshot === undefined ? {} : { resume: snapshot })).toEqual(searched({}));
});

it('of three sections that may be reserved two at a time only the ends are alike', () => {
  const found = symmetryOf(productOf(v3, { ...pair, sections: 3, name: 'three' }, hvm64), []);
  expect(found).toMatchObject({ isMirror: true, instead: expect.stringMatching(/names neighbours/) });
});
