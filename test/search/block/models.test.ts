/** On shipped variants blocks say what the plain engine says: counts, violating states, and the very runs. */
import { expect, it } from 'vitest';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import { single } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import { v0 } from '../../../models/variants/v0.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { explore } from '../../../src/search/search.ts';
import { compose, shownRuns } from '../../support/blocks.ts';
import { applicable } from '../../support/explored.ts';

it.each([v0, v3, lifecycle])('$id', (protocol) => {
  const watches = applicable(protocol, single)
    .map(({ watch }) => watch)
    .filter(({ kind }) => kind !== 'temporal');
  const search = (engine: 'block' | 'plain') =>
    explore(compose(guestModel(protocol, pv64, single)), watches, { engine });
  const [blocks, plain] = [search('block'), search('plain')];
  expect(blocks.engine).toMatch(/^blocks/);
  const { states, transitions, depth, fired } = plain;
  expect(blocks).toMatchObject({ states, transitions, depth });
  expect([...blocks.fired]).toEqual([...fired]);
  expect(blocks.violations.map((v) => v?.count)).toEqual(plain.violations.map((v) => v?.count));
  expect(shownRuns(blocks)).toEqual(shownRuns(plain));
});
