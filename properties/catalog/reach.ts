/** Addresses and their limits: sections that cannot be addressed, or that the P2M has no room for, and an allocator that takes sections of its own. */
import { pv32 } from '../../models/forms/pv.ts';
import { pvh64 } from '../../models/forms/pvh.ts';
import { because, each, found, violated } from '../expectation.ts';
import { type CatalogRow, row } from './row.ts';
import { enoughSections, lost, neverOffline, noRival, onePage, ownBlocks, retried } from './shared.ts';

const stuck = each(violated(13, 'W2a'), 'I-8', 'D-1', 'D-2');
const far = (length: number) => found('beyond-addresses', { 'I-13': length });
/** Lengths of I-13 and E-3. */
const unnamed = (i13: number, e3: number) => found('beyond-p2m', { 'I-13': i13, 'E-3': e3 });
const oneByOne = because('a section of one page is filled or refused', 'fill.short');

const addresses: readonly CatalogRow[] = [
  row(
    'v1c',
    'address-limit',
    [16_355, 55_124, 37],
    'naive',
    { ...far(6), ...stuck, ...each(violated(12, 'W2a'), 'D-1', 'D-2'), ...retried(7) },
    { ...neverOffline, ...enoughSections, ...noRival },
  ),
  row('v2-4.4', 'address-limit', [20_684, 70_849, 36], 'naive', { ...far(6), ...stuck }, neverOffline),
  row('v3', 'address-limit', [4_365, 13_404, 39], 'naive', lost(7), { ...neverOffline, ...onePage }),
  row(
    'lifecycle',
    'address-limit',
    [3_537, 9_027, 33],
    'naive',
    {},
    { ...ownBlocks, ...onePage, ...oneByOne },
  ),
];

const NONE_OVER = because('no page is populated over, so no entry is written over', 'p2mset.over');

const entries: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'p2m-limit',
    [21_135, 68_193, 41],
    'naive',
    { ...unnamed(7, 16), 'I-8': violated(15, 'W2a'), ...each(violated(14, 'W2a'), 'D-1', 'D-2') },
    { ...neverOffline, ...NONE_OVER },
    { form: pv32 },
  ),
  row(
    'v3',
    'p2m-limit',
    [25_020, 83_085, 46],
    'naive',
    // The dead thread keeps balloon_mutex.
    { ...unnamed(8, 17), ...found('beyond-p2m', { 'D-1': 15, 'D-2': 17 }), ...lost(7) },
    { ...neverOffline, ...NONE_OVER },
  ),
  row(
    'lifecycle',
    'p2m-limit',
    [2_484, 6_306, 36],
    'naive',
    {},
    {
      ...ownBlocks,
      ...onePage,
      ...oneByOne,
      ...NONE_OVER,
      ...because('a run that the P2M has no room for is not taken', 'p2mset.bug'),
    },
  ),
];

const scratch: readonly CatalogRow[] = [
  row('v3', 'scratch', [48_555, 231_129, 42], 'naive', lost(7), neverOffline),
  row('lifecycle', 'scratch', [20_934, 89_667, 46], 'naive', {}, { ...ownBlocks, ...oneByOne }),
];

const residue = found('libxl-residue', { 'I-35': 2, 'T-2': 6 });

/** A limit that was raised before the guest looked. */
const early: readonly CatalogRow[] = [
  row(
    'v3',
    'early-max',
    [39_657, 193_904, 48],
    'naive',
    { ...found('early-mem-max', { 'T-4': 4, 'I-18': 4, 'I-39': 6 }), ...residue, ...lost(14) },
    neverOffline,
    { form: pvh64 },
  ),
  row('lifecycle', 'early-max', [18_463, 70_022, 50], 'naive', {}, ownBlocks, { form: pvh64 }),
];

/** Frames that Xen cannot put into the map. */
const tables: readonly CatalogRow[] = [
  row(
    'v3',
    'tables',
    [3_332, 9_406, 39],
    'naive',
    { ...found('unmapped-kept', { 'I-33': 14, 'I-24': 18, 'I-27': 18 }), ...lost(11) },
    neverOffline,
    { form: pvh64 },
  ),
  row('lifecycle', 'tables', [920, 2_094, 37], 'naive', {}, ownBlocks),
];

export const reachRows: readonly CatalogRow[] = [...addresses, ...entries, ...scratch, ...tables, ...early];
