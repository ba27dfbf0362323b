/** Mainline, and mainline with one change. */
import { because, each, vacuous, violated } from '../expectation.ts';
import {
  type CatalogRow,
  DECREASE,
  halfBlock,
  inTheEndListed,
  notUndone,
  POPULATE,
  REFILL,
  row,
  SHRINK,
  sleptOn,
} from './row.ts';
import { keepsBacked, lost, reonlined } from './shared.ts';

const nobodyNever = {
  ...because('no block comes online, so no page ever reaches the balloon list', ...REFILL),
  ...because('nothing is populated, so current stays at the smallest target', ...SHRINK),
  ...because('populate is the call of a refill, and there is none', ...POPULATE, 'populate.over'),
  ...because('decrease is the call of a shrink, and there is none', ...DECREASE),
};

/** What is wrong with mainline: lengths of I-9, I-10, I-16, I-27 and D-3. */
const v3Wrong = ([i9, i10, i16, i27, d3]: readonly [number, number, number, number, number]) => ({
  ...reonlined([i9, i10, i16, i27]),
  ...lost(d3),
});

export const v3Rows: readonly CatalogRow[] = [
  row('v3', 'full', [1_304_514, 9_715_950, 85], 'naive', v3Wrong([24, 22, 24, 27, 7]), {}, { default: true }),
  row(
    'v3',
    'nobody',
    [14_355, 96_528, 32],
    'naive',
    {
      ...each(
        vacuous,
        'I-5',
        'I-9',
        'I-10',
        'I-14',
        'I-18',
        'I-20',
        'I-21',
        'I-22',
        'I-24',
        'I-27',
        'I-28',
        'D-2',
        'P-3',
      ),
      ...lost(7),
    },
    nobodyNever,
    {
      default: true,
      onRequest: inTheEndListed({
        ...each(violated(7, 'lost-target'), 'I-37', 'L-4'),
        'I-36': violated(9, 'W3f'),
        ...each(vacuous, 'I-31', 'I-41', 'I-43', 'L-2', 'L-3'),
      }),
    },
  ),
  row('v3', 'auto', [1_318_464, 9_800_700, 85], 'naive', v3Wrong([26, 24, 26, 29, 7]), {}),
  row(
    'v3',
    'single',
    [29_466, 164_316, 68],
    'naive',
    v3Wrong([31, 22, 24, 34, 7]),
    {},
    { onRequest: inTheEndListed({ ...sleptOn(7, 24), ...notUndone(18, 22) }) },
  ),
  row(
    'v3',
    'boot-balloon',
    [2_538_009, 19_150_410, 84],
    'spin',
    v3Wrong([27, 25, 27, 30, 10]),
    {},
    { deep: true },
  ),
  row(
    'v3',
    'blocks',
    [44_919, 295_809, 68],
    'naive',
    { ...v3Wrong([31, 22, 24, 34, 7]), ...halfBlock(7) },
    {},
    {
      onRequest: inTheEndListed({
        ...sleptOn(7, 24),
        ...notUndone(18, 22),
        'I-36': violated(10, 'W3j'),
      }),
    },
  ),
  row(
    'v3',
    'hidden-device',
    [28_845, 160_833, 68],
    'naive',
    { ...v3Wrong([31, 22, 24, 34, 7]), 'I-2': violated(4, 'W3k') },
    because(
      'iomem has nothing to give to a rival: the only interval looks free, and a device has it',
      'intrude',
    ),
    { onRequest: inTheEndListed({ ...sleptOn(7, 24), ...notUndone(18, 22) }) },
  ),
  row('v3-patched', 'full', [727_164, 5_526_228, 56], 'naive', lost(7), keepsBacked, { default: true }),
  row('v3-patched', 'single', [26_667, 152_151, 43], 'naive', lost(7), keepsBacked, {
    onRequest: inTheEndListed(sleptOn(7, 24)),
  }),
];
