/** Blocks and plain states of one shipped variant, compared. */
import { expect } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import { single } from '../../models/scopes.ts';
import { explore } from '../../src/search/search.ts';
import { compose, shownRuns } from './blocks.ts';
import { applicable } from './explored.ts';

/** Counts, violating states, and the very runs. */
export function expectSameInBlocks(protocol: Protocol, threads = 1): void {
  const watches = applicable(protocol, single)
    .map(({ watch }) => watch)
    .filter(({ kind }) => kind !== 'temporal');
  const search = (engine: 'block' | 'plain') =>
    explore(compose(guestModel(protocol, pv64, single)), watches, {
      engine,
      ...(engine === 'block' ? { threads } : {}),
    });
  const [blocks, plain] = [search('block'), search('plain')];
  expect(blocks.engine).toMatch(/^blocks/);
  const { states, transitions, depth, fired } = plain;
  expect(blocks).toMatchObject({ states, transitions, depth });
  expect([...blocks.fired]).toEqual([...fired]);
  expect(blocks.violations.map((v) => v?.count)).toEqual(plain.violations.map((v) => v?.count));
  expect(shownRuns(blocks)).toEqual(shownRuns(plain));
}
