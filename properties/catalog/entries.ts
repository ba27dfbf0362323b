/** A paravirtualised guest that writes its P2M entry by entry, alone and where it is saved and restored. */
import { because, found, type SearchExpectation, vacuous, violated } from '../expectation.ts';
import {
  type CatalogRow,
  inTheEnd,
  inTheEndAlone,
  inTheEndCounted,
  inTheEndListed,
  inTheEndOnline,
  notUndone,
  row,
  sleptOn,
} from './row.ts';
import {
  addedOnce,
  enoughSections,
  identityLost,
  keepsBacked,
  lost,
  neverOffline,
  noRival,
  ownBlocks,
  ownRunsEmpty,
  reonlined,
  reonlined31,
  retried,
} from './shared.ts';
import { v0Never } from './v0.ts';

const NONE_OVER = because('no page is populated over, so no entry is written over', 'p2mset.over');
const noRefill = because('entries are written for a run only: there is no refill', 'p2mset.done');
const noShrink = because('the guest never gives a page back', 'p2mdrop.ok');
/** Of v0: lengths of I-3, I-5, I-9, I-24 and I-27. */
const unsafe = (i9: number): SearchExpectation['verdicts'] => ({
  ...found('W0b', { 'I-3': 5 }),
  ...found('W0c', { 'I-5': 12 }),
  ...found('W0-norollback', { 'I-9': i9, 'I-27': 12 }),
  ...found('W0-uncounted', { 'I-24': 12 }),
  'I-18': vacuous,
});
const v0Entries = { ...v0Never, ...noRefill, ...noShrink };

const alone: readonly CatalogRow[] = [
  row('v0', 'p2m', [1_992, 7_460, 49], 'naive', { ...unsafe(19), ...found('W0a', { 'I-2': 6 }) }, v0Entries, {
    onRequest: inTheEnd({ 'I-41': violated(5, 'W0-uncounted') }),
  }),
  row(
    'v1c',
    'p2m',
    [10_935, 46_705, 58],
    'naive',
    {
      ...reonlined31([35, 25, 25, 21]),
      ...found('no-leaf', { 'I-5': 18, 'I-27': 21 }),
      ...found('live-entry', { 'E-3': 37, 'D-1': 35, 'D-2': 35 }),
      ...retried(7),
    },
    { ...addedOnce, ...enoughSections },
    {
      onRequest: inTheEndListed({
        ...notUndone(19, 25),
        ...found('live-entry', { 'I-36': 39, 'I-37': 39, 'I-38': 37, 'L-2': 37, 'L-4': 39 }),
        'I-41': violated(19, 'no-leaf'),
      }),
    },
  ),
  row(
    'v2-4.4',
    'p2m',
    [6_315, 26_665, 82],
    'naive',
    { ...reonlined([34, 24, 27, 40]), ...identityLost(6) },
    {},
    { onRequest: inTheEndListed(notUndone(20, 24)) },
  ),
  row(
    'v3',
    'p2m',
    [5_400, 22_790, 83],
    'naive',
    { ...reonlined([36, 26, 28, 41]), ...identityLost(6), ...lost(11) },
    {},
    { onRequest: inTheEndListed({ ...sleptOn(11, 25), ...notUndone(22, 26) }) },
  ),
  row(
    'v3-patched',
    'p2m',
    [4_344, 18_342, 46],
    'naive',
    { ...identityLost(6), ...lost(11) },
    { ...keepsBacked, ...NONE_OVER },
    { onRequest: inTheEndListed(sleptOn(11, 25)) },
  ),
  row(
    'lifecycle',
    'p2m',
    [2_052, 8_510, 43],
    'naive',
    {},
    { ...ownRunsEmpty, ...NONE_OVER },
    { onRequest: inTheEndCounted() },
  ),
];

/** Lengths of I-24, I-26, D-1, D-2, E-1 and E-3, where a guest is stopped with frames in hand. */
const stopped = (
  i24: number,
  i26: number,
  d1: number,
  d2: number,
  e1: number,
): SearchExpectation['verdicts'] =>
  found('suspended-in-call', { 'I-24': i24, 'I-26': i26, 'D-1': d1, 'D-2': d2, 'E-1': e1, 'E-3': 24 });

/** The kernel stops in a call: lengths that differ only in that of L-2. */
const cutOff = (l2: number): SearchExpectation['verdicts'] =>
  found('suspended-in-call', { 'I-36': 26, 'I-37': 24, 'I-38': 24, 'I-41': 18, 'L-2': l2, 'L-4': 26 });

const saved: readonly CatalogRow[] = [
  row(
    'v0',
    'p2m-suspend',
    [5_240, 22_686, 51],
    'naive',
    { ...unsafe(19), ...found('suspended-in-call', { 'I-26': 8, 'E-1': 9 }) },
    { ...v0Entries, ...noRival, ...because('no page is given back', 'decrease.bug') },
    { onRequest: inTheEnd({ 'I-41': violated(8, 'W0-uncounted'), 'I-43': vacuous }) },
  ),
  row(
    'v1c',
    'p2m-suspend',
    [54_626, 249_630, 69],
    'naive',
    {
      ...stopped(22, 18, 23, 26, 19),
      ...found('no-leaf', { 'I-5': 18, 'I-27': 21 }),
      ...retried(7),
    },
    {
      ...neverOffline,
      ...because('no page is populated over here', 'p2mset.bug'),
      ...addedOnce,
      ...enoughSections,
      ...noRival,
    },
    { onRequest: inTheEndOnline({ ...cutOff(27), 'L-3': violated(23, 'given-up') }) },
  ),
  row(
    'v2-4.4',
    'p2m-suspend',
    [29_752, 134_242, 61],
    'naive',
    { ...stopped(22, 18, 23, 25, 19), ...found('suspended-in-call', { 'I-5': 19 }) },
    { ...neverOffline, ...NONE_OVER, ...because('no page is populated over here', 'p2mset.staleover') },
    { onRequest: inTheEndOnline({ ...cutOff(26), 'L-3': violated(22, 'given-up') }) },
  ),
  row(
    'v3',
    'p2m-suspend',
    [5_180, 21_544, 42],
    'naive',
    lost(11),
    { ...neverOffline, ...NONE_OVER },
    { onRequest: inTheEndOnline(sleptOn(11, 25)) },
  ),
  row(
    'lifecycle',
    'p2m-suspend',
    [1_992, 6_346, 42],
    'naive',
    {},
    { ...ownBlocks, ...NONE_OVER },
    { onRequest: inTheEndAlone },
  ),
];

export const entryRows: readonly CatalogRow[] = [...alone, ...saved];
