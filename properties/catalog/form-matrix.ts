/** Every other variant × form that exists, in the small scope of the form: what `ballast check --form all` compares with. */
import type { Form } from '../../models/form.ts';
import { hvm32, hvm64 } from '../../models/forms/hvm.ts';
import { pv32, pvDom0 } from '../../models/forms/pv.ts';
import { pvh64, pvhDom0 } from '../../models/forms/pvh.ts';
import { because, found, type SearchExpectation, vacuous, violated } from '../expectation.ts';
import {
  type CatalogRow,
  inTheEnd,
  inTheEndAlone,
  inTheEndCounted,
  inTheEndListed,
  notUndone,
  row,
  sleptOn,
} from './row.ts';
import {
  addedOnce,
  dry,
  emptyList,
  enoughSections,
  keepsBacked,
  lentAdds,
  lost,
  neverDry,
  neverOffline,
  noRival,
  onePage,
  ownBlocks,
  ownRunsEmpty,
  reonlined,
  reonlined31,
  retried,
  setResidue,
} from './shared.ts';
import { v0Never } from './v0.ts';
import { oneRun, singleNever } from './v1ab.ts';

type Verdicts = SearchExpectation['verdicts'];
type Never = SearchExpectation['neverTaken'];

/** Lengths of what the 2010 order does wrong, where a rival is (I-2) or not. */
const unsafe = (
  rival: number | undefined,
  [i3, i5, i9, i24, i27]: readonly [number, number, number, number, number],
): Verdicts => ({
  ...(rival === undefined ? {} : { 'I-2': violated(rival, 'W0a') }),
  'I-3': violated(i3, 'W0b'),
  'I-5': violated(i5, 'W0c'),
  'I-9': violated(i9, 'W0-norollback'),
  'I-24': violated(i24, 'W0-uncounted'),
  'I-27': violated(i27, 'W0-norollback'),
});
/** W3d on 32 bits: lengths of I-10 and of the books; nothing is populated over where low pages are as many as a target can ask for. */
const highLast = (i10: number, books: 'I-16' | 'I-18', length: number): Verdicts => ({
  'I-10': violated(i10, 'W3d'),
  [books]: violated(length, books === 'I-16' ? 'W3d' : 'W1d'),
});
const lowCovers = because(
  'pages without a direct map are last on the list, and no target of this scope asks for more than those before them',
  'populate.over',
);
const alwaysEmpty = because(
  'nobody takes a block offline here, so no block comes online with a frame',
  'online.kept',
);

const cell = (
  variant: string,
  form: Form,
  scope: string,
  counts: readonly [number, number, number],
  verdicts: Verdicts,
  never: Never = {},
  onRequest?: SearchExpectation['onRequest'],
): CatalogRow =>
  row(variant, scope, counts, 'naive', verdicts, never, {
    form,
    ...(onRequest === undefined ? {} : { onRequest }),
  });

/** A work item: lengths of I-41 and of I-31 and I-43; pages come onto the list one label later. */
const givenUp = (undoing: number, again: number) =>
  inTheEndListed({ ...notUndone(undoing, again), 'L-3': violated(again + 1, 'given-up') });

export const matrixRows: readonly CatalogRow[] = [
  cell(
    'v2-4.4',
    pv32,
    'lent',
    [88_690, 329_974, 67],
    {
      ...reonlined([26, 20, 23, 30]),
      ...lentAdds(8),
      'I-19': violated(3, 'W2f'),
    },
    because('a page without a direct map is not lent', ...['lend.live', 'lend.freelive', 'lend.mapover']),
  ),
  cell(
    'v0',
    pv32,
    'single',
    [14_076, 69_960, 41],
    { ...unsafe(6, [5, 12, 15, 10, 10]), 'I-18': vacuous },
    v0Never,
    inTheEnd({ 'I-41': violated(5, 'W0-uncounted') }),
  ),
  cell(
    'v0',
    hvm32,
    'on-demand',
    [96_366, 451_508, 68],
    { ...unsafe(undefined, [6, 13, 22, 12, 12]), ...dry },
    { ...emptyList, ...onePage, ...noRival },
  ),
  cell('v0', pvDom0, 'boot-single', [70_155, 382_635, 54], unsafe(9, [8, 15, 18, 13, 13]), {
    ...emptyList,
    ...onePage,
  }),
  cell(
    'v1a',
    pv32,
    'single',
    [87_573, 491_391, 44],
    { ...oneRun([14, 13, 11, 12, 13]), ...found('W1-wrap', { 'I-18': 15 }) },
    singleNever,
  ),
  cell(
    'v1a',
    hvm64,
    'on-demand',
    [144_753, 626_210, 60],
    { ...oneRun([22, 15, 12, 14, 16]), ...found('W1-wrap', { 'I-18': 17 }), ...dry },
    singleNever,
  ),
  cell(
    'v1a',
    hvm32,
    'on-demand',
    [143_475, 620_480, 60],
    { ...oneRun([22, 15, 12, 14, 16]), ...found('W1-wrap', { 'I-18': 17 }), ...dry },
    singleNever,
  ),
  cell(
    'v1a',
    pvDom0,
    'boot-single',
    [174_695, 1_026_741, 56],
    { ...oneRun([17, 16, 14, 15, 17]), ...found('W1-wrap', { 'I-18': 18 }) },
    singleNever,
  ),
  cell(
    'v1b',
    pv32,
    'single',
    [97_206, 537_844, 44],
    { ...oneRun([14, 14, 12, 13, 13]), ...found('W1b', { 'I-8': 11, 'D-1': 11 }) },
    singleNever,
  ),
  cell(
    'v1b',
    hvm64,
    'on-demand',
    [209_922, 907_499, 61],
    { ...oneRun([17, 16, 14, 15, 16]), ...found('W1b', { 'I-8': 12, 'D-1': 12 }), ...dry },
    singleNever,
  ),
  cell(
    'v1b',
    hvm32,
    'on-demand',
    [208_644, 901_769, 61],
    { ...oneRun([17, 16, 14, 15, 16]), ...found('W1b', { 'I-8': 12, 'D-1': 12 }), ...dry },
    singleNever,
  ),
  cell(
    'v1b',
    pvDom0,
    'boot-single',
    [198_380, 1_134_950, 48],
    { ...oneRun([17, 17, 15, 16, 17]), ...found('W1b', { 'I-8': 13, 'D-1': 13 }) },
    singleNever,
  ),
  cell(
    'v1c',
    pv32,
    'single',
    [19_290, 105_850, 40],
    { ...highLast(22, 'I-18', 22), ...retried(7) },
    { ...addedOnce, ...enoughSections, ...lowCovers },
    givenUp(17, 22),
  ),
  cell(
    'v1c',
    hvm32,
    'on-demand',
    [88_752, 429_107, 54],
    { ...dry, ...retried(8) },
    { ...neverOffline, ...enoughSections, ...noRival },
  ),
  cell(
    'v1c',
    pvDom0,
    'boot-single',
    [65_502, 370_337, 66],
    { ...reonlined31([34, 25, 25, 38]), ...retried(10) },
    enoughSections,
  ),
  cell('v2-4.4', pv32, 'single', [18_159, 101_435, 38], highLast(20, 'I-16', 23), lowCovers, givenUp(16, 20)),
  cell('v2-4.4', hvm32, 'on-demand', [103_134, 516_676, 52], dry, neverOffline),
  cell('v2-4.4', pvDom0, 'boot-single', [65_907, 378_684, 63], reonlined([32, 23, 26, 36])),
  cell(
    'v2-4.11',
    pv32,
    'single',
    [18_969, 106_025, 39],
    highLast(21, 'I-16', 24),
    lowCovers,
    givenUp(17, 21),
  ),
  cell('v2-4.11', hvm32, 'on-demand', [107_886, 540_562, 53], dry, neverOffline),
  cell('v2-4.11', pvh64, 'single', [25_455, 139_807, 67], reonlined([30, 21, 24, 34]), {}, givenUp(17, 21)),
  cell('v2-4.11', pvDom0, 'boot-single', [67_527, 387_864, 64], reonlined([33, 24, 27, 37])),
  cell(
    'v3',
    pvh64,
    'single',
    [29_466, 164_154, 68],
    { ...reonlined([31, 22, 24, 34]), ...lost(7) },
    {},
    inTheEndListed({ ...sleptOn(7, 24), ...notUndone(18, 22) }),
  ),
  cell('v3', pvDom0, 'boot-single', [74_880, 436_002, 65], {
    ...reonlined([34, 25, 27, 37]),
    ...lost(10),
  }),
  cell('v3', pvhDom0, 'boot-single', [74_880, 435_678, 65], {
    ...reonlined([34, 25, 27, 37]),
    ...lost(10),
  }),
  cell(
    'v3-patched',
    hvm64,
    'on-demand',
    [69_652, 358_515, 45],
    { ...setResidue, ...lost(9) },
    { ...neverOffline, ...neverDry, ...alwaysEmpty },
  ),
  cell(
    'v3-patched',
    pvh64,
    'single',
    [26_667, 151_989, 43],
    lost(7),
    keepsBacked,
    inTheEndListed(sleptOn(7, 24)),
  ),
  cell('v3-patched', pvDom0, 'boot-single', [63_351, 374_988, 50], lost(10), keepsBacked),
  cell('v3-patched', pvhDom0, 'boot-single', [63_351, 374_664, 50], lost(10), keepsBacked),
  cell('lifecycle', pv32, 'single', [9_090, 46_695, 37], {}, ownRunsEmpty, inTheEndCounted()),
  cell(
    'lifecycle',
    hvm32,
    'on-demand',
    [17_532, 73_721, 50],
    {},
    { ...ownBlocks, ...neverDry },
    inTheEndAlone,
  ),
  cell('lifecycle', pvh64, 'single', [9_522, 49_188, 42], {}, ownRunsEmpty, inTheEndCounted()),
  cell('lifecycle', pvDom0, 'boot-single', [18_702, 105_351, 49], {}, ownRunsEmpty, inTheEndCounted()),
  cell('lifecycle', pvhDom0, 'boot-single', [18_306, 102_942, 49], {}, ownRunsEmpty, inTheEndCounted()),
];
