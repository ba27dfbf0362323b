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
  row('init-balloon-not-awaited', 'on-demand', [25_446, 108_677, 49], 'naive', { 'P-1': 3 }),
  row('hvm-ballooned-boot', 'on-demand', [25_107, 103_147, 52], 'naive', { 'P-1': 3 }),
  row('debt-not-paid', 'on-demand', [25_433, 104_643, 58], 'naive', { 'P-1': 5 }),
  row('surplus-kept', 'on-demand', [27_872, 116_229, 60], 'naive', { 'P-2': 4 }),
];
