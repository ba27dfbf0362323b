/** The patches of August and December 2010: a region is claimed first, populated call by call, added and onlined. */
import { because, each, found, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, inTheEnd, listIsEmpty, row } from './row.ts';

/** With one section a run that outgrows its claim leaves the scope. */
export const singleNever = {
  ...because(listIsEmpty, 'populate.over'),
  ...because('with one section there is no neighbour to outgrow the claim into', 'fill.over'),
};
const pairNever = because(listIsEmpty, 'populate.over');

/** What both show with two sections: lengths of I-24, I-39, D-2 and S-1; a claim outgrown into what a rival has is in `full` alone. */
const outgrown = (
  lengths: readonly [number, number, number, number],
  [i3, i9, i27, s2]: readonly [number, number, number, number] = [9, 28, 10, 13],
): SearchExpectation['verdicts'] => ({
  ...found('W1a', { 'I-3': i3, 'I-9': i9, 'D-2': lengths[2], 'S-1': lengths[3], 'S-2': s2 }),
  ...found('W1-forfeit', { 'I-24': lengths[0], 'I-39': lengths[1] }),
  ...found('W1-held', { 'I-27': i27 }),
  ...found('W1-unwanted', { 'C-1': 13 }),
});

/** What both show with one section: lengths of I-5, I-24, I-27, I-39 and C-1. */
export const oneRun = ([i5, i24, i27, i39, c1]: readonly [
  number,
  number,
  number,
  number,
  number,
]): SearchExpectation['verdicts'] => ({
  ...found('W1-partial', { 'I-5': i5 }),
  ...found('W1-forfeit', { 'I-24': i24, 'I-39': i39 }),
  ...found('W1-held', { 'I-27': i27 }),
  ...found('W1-unwanted', { 'C-1': c1 }),
});

export const v1abRows: readonly CatalogRow[] = [
  row(
    'v1a',
    'single',
    [88_581, 497_559, 44],
    'naive',
    { ...oneRun([14, 13, 11, 12, 13]), 'I-18': violated(15, 'W1-wrap') },
    singleNever,
    {
      default: true,
      onRequest: inTheEnd({
        ...each(violated(16, 'W1-wrap'), 'I-37', 'L-4'),
        'I-41': violated(10, 'W1-forfeit'),
      }),
    },
  ),
  row(
    'v1a',
    'pair',
    [406_974, 1_627_967, 65],
    'naive',
    { ...outgrown([13, 12, 23, 22]), 'I-18': violated(15, 'W1-wrap') },
    pairNever,
    { default: true },
  ),
  row(
    'v1a',
    'full',
    [5_168_712, 37_725_812, 86],
    'spin',
    {
      ...outgrown([13, 12, 27, 26], [12, 29, 11, 17]),
      ...found('W1a', { 'I-2': 13 }),
      ...found('W1-partial', { 'I-5': 14 }),
      ...found('W1-wrap', { 'I-18': 19 }),
    },
    pairNever,
    { deep: true },
  ),
  row(
    'v1b',
    'single',
    [98_214, 544_012, 44],
    'naive',
    { ...oneRun([14, 14, 12, 13, 13]), ...found('W1b', { 'I-8': 11, 'D-1': 11 }) },
    singleNever,
    {
      default: true,
      onRequest: inTheEnd({
        ...each(violated(12, 'W1b'), 'I-37', 'I-38'),
        'L-4': violated(14, 'W1b'),
        'I-41': violated(10, 'W1-forfeit'),
      }),
    },
  ),
  row(
    'v1b',
    'pair',
    [460_182, 1_779_968, 61],
    'naive',
    {
      ...outgrown([14, 13, 24, 23]),
      'I-18': violated(47, 'W1-forfeit'),
      ...found('W1b', { 'I-8': 11, 'D-1': 11 }),
    },
    pairNever,
  ),
  row(
    'v1b',
    'full',
    [5_954_235, 42_660_593, 84],
    'spin',
    {
      ...outgrown([14, 13, 28, 27], [12, 30, 12, 17]),
      ...found('W1a', { 'I-2': 13 }),
      ...found('W1-partial', { 'I-5': 14 }),
      ...found('W1-forfeit', { 'I-18': 42 }),
      ...found('W1b', { 'I-8': 11, 'D-1': 11 }),
    },
    pairNever,
    { deep: true },
  ),
];
