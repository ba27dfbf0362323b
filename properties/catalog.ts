/**
 * The catalog: every variant × form × scope that is checked, and what must come out. The whole claim of the project on one screen.
 * A changed count is reviewed like changed code. An expected violation carries the name of the finding behind it.
 */
import { because, type CountedBy, each, type SearchExpectation, vacuous, violated } from './expectation.ts';

/** The only guest form so far (design §2): paravirtualised, x86-64. */
export const PV: string = 'pv-x86_64';

export interface CatalogRow {
  readonly variant: string;
  readonly form: string;
  /** Name of a scope of models/scopes.ts. */
  readonly scope: string;
  /** Part of `check` without arguments. */
  readonly default: boolean;
  /** Takes many seconds: for the deep tests, or on request. */
  readonly deep: boolean;
  readonly expectation: SearchExpectation;
  readonly countedBy: CountedBy;
}

type Counts = readonly [states: number, transitions: number, depth: number];

function row(
  variant: string,
  scope: string,
  [states, transitions, depth]: Counts,
  countedBy: CountedBy,
  verdicts: SearchExpectation['verdicts'],
  neverTaken: SearchExpectation['neverTaken'],
  part: { readonly default?: true; readonly deep?: true } = {},
): CatalogRow {
  const expectation = { states, transitions, depth, verdicts, neverTaken };
  const { default: byDefault = false, deep = false } = part;
  return { variant, form: PV, scope, default: byDefault, deep, expectation, countedBy };
}

const REFILL = ['refill.done', 'refill.changed', 'refill.timer'];
const SHRINK = ['shrink.done', 'shrink.changed', 'shrink.timer'];
const POPULATE = ['populate.ok', 'populate.full', 'populate.short', 'populate.refused'];
const DECREASE = ['decrease.ok', 'decrease.done', 'decrease.nomem'];

const v0Never = {
  ...because(
    'the balloon list is empty for ever: nothing shrinks, and onlined pages go to the allocator',
    ...REFILL,
  ),
  ...because(
    'v0 counts nothing, so current stays at the smallest target: the credit is never below 0',
    ...SHRINK,
  ),
  ...because(
    'no wait has a timer: only a refill backs off, and there is none',
    'hotplug.timer',
    'idle.timer',
  ),
  ...because('populate is the call of a refill, and there is none', ...POPULATE, 'populate.over'),
  ...because('decrease is the call of a shrink, and there is none', ...DECREASE),
};
const listIsEmpty = 'every page on the balloon list was put there by a decrease: none has a frame';
const lifecycleNever = {
  ...because(listIsEmpty, 'populate.over'),
  ...because(
    'a run is reserved empty, and what a failed run was given goes back before release',
    'fill.over',
  ),
};
const patchedNever = because(
  'the callback keeps pages that have a frame off the balloon list',
  'populate.over',
);
const nobodyNever = {
  ...because('no block comes online, so no page ever reaches the balloon list', ...REFILL),
  ...because('nothing is populated, so current stays at the smallest target', ...SHRINK),
  ...because('populate is the call of a refill, and there is none', ...POPULATE, 'populate.over'),
  ...because('decrease is the call of a shrink, and there is none', ...DECREASE),
};

/** What is wrong with v0: lengths of I-2, I-3, I-5, I-24 and I-27. */
const v0Wrong = (
  lengths: readonly [number, number, number, number, number],
): SearchExpectation['verdicts'] => ({
  'I-2': violated(lengths[0], 'W0a'),
  'I-3': violated(lengths[1], 'W0b'),
  'I-5': violated(lengths[2], 'W0c'),
  'I-24': violated(lengths[3], 'W0-uncounted'),
  'I-27': violated(lengths[4], 'W0-norollback'),
});
/** What is wrong with mainline: lengths of I-9, I-10, I-16, I-27 and D-3. */
const v3Wrong = (
  lengths: readonly [number, number, number, number, number],
): SearchExpectation['verdicts'] => ({
  'I-9': violated(lengths[0], 'W3d'),
  'I-10': violated(lengths[1], 'W3d'),
  'I-16': violated(lengths[2], 'W3d'),
  'I-27': violated(lengths[3], 'W3d'),
  'D-3': violated(lengths[4], 'lost-target'),
});
const v1cNever = because('no target asks for more than the sections of the scope can hold', 'place.none');
/** What is wrong with Linux 3.1: lengths of I-9, I-10, I-18 and I-27. */
const v1cWrong = (lengths: readonly [number, number, number, number]): SearchExpectation['verdicts'] => ({
  'I-9': violated(lengths[0], 'W3d'),
  'I-10': violated(lengths[1], 'W3d'),
  'I-18': violated(lengths[2], 'W1d'),
  'I-27': violated(lengths[3], 'W3d'),
});
/** The same for Linux 4.4 and 4.11, where the driver is a work item: I-9, I-10, I-16 and I-27. */
const v2Wrong = (lengths: readonly [number, number, number, number]): SearchExpectation['verdicts'] => ({
  'I-9': violated(lengths[0], 'W3d'),
  'I-10': violated(lengths[1], 'W3d'),
  'I-16': violated(lengths[2], 'W3d'),
  'I-27': violated(lengths[3], 'W3d'),
});
/** Half a block asked for, in a scope where a block is two sections. */
const halfBlock = (length: number): SearchExpectation['verdicts'] => ({ 'I-12': violated(length, 'W3j') });
const v2Stuck = each(violated(13, 'W2a'), 'D-1', 'D-2');

export const catalog: readonly CatalogRow[] = [
  row(
    'v0',
    'full',
    [1_416_366, 9_421_674, 76],
    'naive',
    { ...v0Wrong([6, 5, 12, 10, 10]), 'I-9': violated(15, 'W0-norollback'), 'I-18': vacuous },
    v0Never,
    { default: true },
  ),
  row(
    'v1c',
    'full',
    [963_585, 6_869_844, 90],
    'naive',
    { ...v1cWrong([26, 22, 26, 29]), ...each(violated(13, 'W2a'), 'D-1', 'D-2') },
    v1cNever,
    { default: true },
  ),
  row(
    'v2-4.4',
    'full',
    [1_169_319, 8_590_477, 84],
    'naive',
    { ...v2Wrong([22, 20, 24, 27]), ...v2Stuck },
    {},
    { default: true },
  ),
  row(
    'v2-4.11',
    'full',
    [1_201_386, 8_816_374, 85],
    'naive',
    v2Wrong([23, 21, 25, 28]),
    {},
    { default: true },
  ),
  row('v3', 'full', [1_304_514, 9_715_950, 85], 'naive', v3Wrong([24, 22, 24, 27, 7]), {}, { default: true }),
  row(
    'v3-patched',
    'full',
    [727_164, 5_526_228, 56],
    'naive',
    { 'D-3': violated(7, 'lost-target') },
    patchedNever,
    { default: true },
  ),
  row('lifecycle', 'full', [242_289, 1_875_930, 57], 'naive', {}, lifecycleNever, { default: true }),
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
      ),
      'D-3': violated(7, 'lost-target'),
    },
    nobodyNever,
    { default: true },
  ),
  row('v3', 'auto', [1_319_139, 9_804_840, 85], 'naive', v3Wrong([26, 24, 26, 29, 7]), {}),
  row(
    'v0',
    'single',
    [14_076, 69_960, 41],
    'naive',
    { ...v0Wrong([6, 5, 12, 10, 10]), 'I-9': violated(15, 'W0-norollback'), 'I-18': vacuous },
    v0Never,
  ),
  row('v1c', 'single', [26_310, 142_120, 69], 'naive', v1cWrong([31, 22, 22, 35]), {
    ...v1cNever,
    ...because('one section: once it is added nothing more is missing', 'hotplug.done'),
  }),
  row(
    'v1c',
    'pair',
    [135_652, 559_426, 68],
    'naive',
    { ...v1cWrong([23, 20, 20, 25]), ...each(violated(12, 'W2a'), 'D-1', 'D-2') },
    { ...v1cNever, ...because('nobody else takes address space in this scope', 'add.eexist') },
  ),
  row('v2-4.4', 'single', [24_645, 135_433, 66], 'naive', v2Wrong([29, 20, 23, 33]), {}),
  row('v2-4.4', 'pair', [148_746, 618_861, 64], 'naive', { ...v2Wrong([20, 18, 20, 23]), ...v2Stuck }, {}),
  row('v2-4.11', 'single', [25_455, 140_023, 67], 'naive', v2Wrong([30, 21, 24, 34]), {}),
  row('v3', 'single', [29_466, 164_316, 68], 'naive', v3Wrong([31, 22, 24, 34, 7]), {}),
  row(
    'v3-patched',
    'single',
    [26_667, 152_151, 43],
    'naive',
    { 'D-3': violated(7, 'lost-target') },
    patchedNever,
  ),
  row('lifecycle', 'single', [12_204, 66_456, 37], 'naive', {}, lifecycleNever),
  row(
    'v0',
    'boot-balloon',
    [6_118_227, 42_999_831, 86],
    'spin',
    { ...v0Wrong([9, 8, 15, 13, 13]), 'I-9': violated(18, 'W0-norollback') },
    {
      ...because(listIsEmpty, 'populate.over'),
      ...because(
        'the list never holds more than the one boot page, so a call grants all or nothing',
        'populate.short',
      ),
    },
    { deep: true },
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
    'v1c',
    'blocks',
    [39_846, 255_145, 69],
    'naive',
    { ...v1cWrong([31, 22, 22, 35]), ...halfBlock(6) },
    { ...v1cNever, ...because('one block: once it is added nothing more is missing', 'hotplug.done') },
  ),
  row(
    'v2-4.4',
    'blocks',
    [37_398, 242_930, 66],
    'naive',
    { ...v2Wrong([29, 20, 23, 33]), ...halfBlock(6) },
    {},
  ),
  row(
    'v2-4.11',
    'blocks',
    [38_343, 249_122, 67],
    'naive',
    { ...v2Wrong([30, 21, 24, 34]), ...halfBlock(7) },
    {},
  ),
  row(
    'v3',
    'blocks',
    [44_919, 295_809, 68],
    'naive',
    { ...v3Wrong([31, 22, 24, 34, 7]), ...halfBlock(7) },
    {},
  ),
  row(
    'lifecycle',
    'blocks',
    [17_001, 112_803, 37],
    'naive',
    {},
    { ...lifecycleNever, ...because('requests are rounded to whole blocks', 'add.einval') },
  ),
  row('lifecycle', 'boot-balloon', [403_677, 3_196_782, 64], 'naive', {}, lifecycleNever),
  row('lifecycle', 'wide', [2_995_128, 28_519_794, 77], 'spin', {}, lifecycleNever, { deep: true }),
];
