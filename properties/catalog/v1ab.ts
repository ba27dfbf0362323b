/** The patches of August and December 2010: a region is claimed first, populated call by call, added and onlined. */
import { because, each, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, listIsEmpty, row } from './row.ts';

/** With one section a run that outgrows its claim leaves the scope. */
const singleNever = {
  ...because(listIsEmpty, 'populate.over'),
  ...because('with one section there is no neighbour to outgrow the claim into', 'fill.over'),
};
const pairNever = because(listIsEmpty, 'populate.over');

/** What both show with two sections: lengths of I-24, I-39, D-2 and S-1. */
const outgrown = (lengths: readonly [number, number, number, number]): SearchExpectation['verdicts'] => ({
  'I-3': violated(9, 'W1a'),
  'I-9': violated(28, 'W1a'),
  'I-24': violated(lengths[0], 'W1-forfeit'),
  'I-27': violated(10, 'W1-held'),
  'I-39': violated(lengths[1], 'W1-forfeit'),
  'C-1': violated(13, 'W1-unwanted'),
  'D-2': violated(lengths[2], 'W1a'),
  'S-1': violated(lengths[3], 'W1a'),
  'S-2': violated(13, 'W1a'),
});

export const v1abRows: readonly CatalogRow[] = [
  row(
    'v1a',
    'single',
    [88_581, 497_559, 44],
    'naive',
    {
      'I-5': violated(14, 'W1-partial'),
      'I-18': violated(15, 'W1-wrap'),
      'I-24': violated(13, 'W1-forfeit'),
      'I-27': violated(11, 'W1-held'),
      'I-39': violated(12, 'W1-forfeit'),
      'C-1': violated(13, 'W1-unwanted'),
    },
    singleNever,
    { default: true },
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
    'v1b',
    'single',
    [98_214, 544_012, 44],
    'naive',
    {
      'I-5': violated(14, 'W1-partial'),
      'I-27': violated(12, 'W1-held'),
      'C-1': violated(13, 'W1-unwanted'),
      'D-1': violated(11, 'W1b'),
      'I-24': violated(14, 'W1-forfeit'),
      'I-39': violated(13, 'W1-forfeit'),
    },
    singleNever,
    { default: true },
  ),
  row(
    'v1b',
    'pair',
    [460_182, 1_779_968, 61],
    'naive',
    {
      ...outgrown([14, 13, 24, 23]),
      'I-18': violated(47, 'W1-forfeit'),
      ...each(violated(11, 'W1b'), 'D-1'),
    },
    pairNever,
  ),
];
