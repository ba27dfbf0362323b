/**
 * Every mutant, the smallest scope that kills it, and which properties do.
 * `kills` are the properties that hold on the base and not on the mutant; the one meant to catch it is among them.
 */
import {
  bounded,
  type CountedBy,
  type ExpectedVerdict,
  each,
  type SearchExpectation,
  vacuous,
  violated,
} from './expectation.ts';

export interface MutantRow {
  readonly mutant: string;
  /** Name of a scope of models/scopes.ts. */
  readonly scope: string;
  /** By property: labels in the shortest run that breaks it. */
  readonly kills: Readonly<Record<string, number>>;
  readonly expectation: SearchExpectation;
  readonly countedBy: CountedBy;
}

/** `others`: verdicts that are not `holds` and do not kill, such as what it has from its base. */
function row(
  mutant: string,
  scope: string,
  [states, transitions, depth]: readonly [number, number, number],
  countedBy: CountedBy,
  kills: Readonly<Record<string, number>>,
  others: Readonly<Record<string, ExpectedVerdict>> = {},
): MutantRow {
  const killed = Object.entries(kills).map(
    ([property, length]) => [property, violated(length, mutant)] as const,
  );
  const verdicts = { ...others, ...Object.fromEntries(killed) };
  // A planted bug may well cut off labels; nobody owes reasons for that.
  return {
    mutant,
    scope,
    kills,
    countedBy,
    expectation: { states, transitions, depth, verdicts, neverTaken: {} },
  };
}

export const mutantsCatalog: readonly MutantRow[] = [
  row('hotplug-at-end-of-ram', 'single', [23_166, 126_477, 38], 'naive', { 'I-2': 5 }),
  row('claim-late', 'single', [11_376, 62_913, 37], 'naive', { 'I-2': 6, 'I-3': 5 }),
  row('short-fill-ignored', 'single', [38_295, 226_263, 39], 'naive', { 'I-5': 11, 'I-16': 17, 'I-24': 15 }),
  row('untested-callback', 'single', [6_183, 29_925, 56], 'naive', {
    'I-9': 23,
    'I-10': 12,
    'I-16': 16,
    'I-27': 24,
  }),
  row(
    'kept-page-counted',
    'single',
    [123_876, 687_798, 79],
    'naive',
    { 'I-14': 22, 'I-16': 24, 'I-24': 59 },
    {
      'D-3': violated(7, 'lost-target'),
      ...each(
        bounded,
        'I-2',
        'I-5',
        'I-9',
        'I-10',
        'I-12',
        'I-18',
        'I-20',
        'I-21',
        'I-22',
        'I-27',
        'I-28',
        'D-1',
        'D-2',
      ),
    },
  ),
  row('total-not-counted', 'single', [12_204, 66_456, 37], 'naive', { 'I-16': 16 }),
  row('decrease-counted-twice', 'single', [17_550, 95_769, 47], 'naive', {
    'I-14': 22,
    'I-16': 20,
    'I-18': 21,
    'I-24': 20,
  }),
  row('release-keeps-mapping', 'single', [10_134, 48_048, 34], 'naive', {
    'I-20': 11,
    'I-24': 12,
    'I-27': 12,
  }),
  row('cap-not-checked', 'single', [12_204, 66_564, 38], 'naive', { 'I-21': 6 }),
  row('freed-frame-lost', 'single', [10_134, 48_048, 34], 'naive', { 'I-22': 11 }),
  row(
    'current-not-counted',
    'single',
    [5_130, 23_940, 31],
    'naive',
    { 'I-16': 16, 'I-24': 16 },
    { ...each(vacuous, 'I-18') },
  ),
  row('no-rollback', 'single', [12_195, 66_441, 37], 'naive', { 'I-24': 11, 'I-27': 11 }),
  row('online-lies', 'single', [12_933, 69_507, 37], 'naive', { 'I-28': 12, 'D-1': 12, 'D-2': 12 }),
  row(
    'mutex-held-over-add',
    'pair',
    [68_787, 288_435, 44],
    'naive',
    { 'D-1': 14, 'D-2': 14 },
    { 'D-3': violated(7, 'lost-target') },
  ),
  row('baseline-reread', 'single', [19_980, 109_935, 41], 'naive', { 'D-3': 8 }),
  row(
    'online-stays-expected',
    'single',
    [27_138, 146_677, 74],
    'naive',
    { 'I-17': 13 },
    { 'I-9': violated(36, 'W3d'), 'I-10': violated(27, 'W3d'), 'I-27': violated(40, 'W3d') },
  ),
  row(
    'half-blocks-added',
    'blocks',
    [11_268, 71_436, 22],
    'naive',
    { 'I-12': 9 },
    each(vacuous, 'I-5', 'I-10', 'I-14', 'I-16', 'I-18', 'I-28', 'D-2'),
  ),
  row(
    'failed-lend-leaks',
    'lent',
    [221_552, 865_270, 69],
    'naive',
    { 'I-19': 3 },
    {
      'I-9': violated(28, 'W3d'),
      'I-10': violated(22, 'W3d'),
      'I-16': violated(24, 'W3d'),
      'I-27': violated(28, 'W3d'),
      'D-3': violated(9, 'lost-target'),
      'G-2': violated(6, 'lent-adds'),
    },
  ),
  row(
    'wait-uninterruptible',
    'lent-waiting',
    [47_052, 148_916, 46],
    'naive',
    { 'I-38': 5 },
    {
      ...each(vacuous, 'I-5', 'I-10', 'I-14', 'I-18', 'I-28', 'D-2'),
      'D-3': violated(10, 'lost-target'),
      'G-1': violated(9, 'W3a'),
    },
  ),
  row(
    'mutex-dropped-over-add',
    'lent-growing',
    [374_310, 1_321_431, 55],
    'naive',
    { 'G-1': 9 },
    { 'I-19': violated(4, 'W2f') },
  ),
  row('lent-pages-make-room', 'lent', [41_752, 156_826, 46], 'naive', { 'G-2': 6 }),
  row('credit-is-compared', 'lent', [50_016, 190_822, 46], 'naive', { 'D-3': 11 }),
];
