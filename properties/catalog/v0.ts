/** The proposal of 2010 as written. */
import { because, type SearchExpectation, vacuous, violated } from '../expectation.ts';
import { type CatalogRow, DECREASE, inTheEnd, listIsEmpty, POPULATE, REFILL, row, SHRINK } from './row.ts';

export const v0Never = {
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

export const v0Rows: readonly CatalogRow[] = [
  row(
    'v0',
    'full',
    [1_416_366, 9_421_674, 76],
    'naive',
    {
      ...v0Wrong([6, 5, 12, 10, 10]),
      'I-9': violated(15, 'W0-norollback'),
      'I-18': vacuous,
      'C-1': violated(16, 'W0-uncounted'),
    },
    v0Never,
    { default: true },
  ),
  row(
    'v0',
    'single',
    [14_076, 69_960, 41],
    'naive',
    { ...v0Wrong([6, 5, 12, 10, 10]), 'I-9': violated(15, 'W0-norollback'), 'I-18': vacuous },
    v0Never,
    { onRequest: inTheEnd({ 'I-41': violated(5, 'W0-uncounted') }) },
  ),
  row(
    'v0',
    'boot-balloon',
    [6_118_227, 42_999_831, 86],
    'spin',
    {
      ...v0Wrong([9, 8, 15, 13, 13]),
      'I-9': violated(18, 'W0-norollback'),
      'C-1': violated(19, 'W0-uncounted'),
    },
    {
      ...because(listIsEmpty, 'populate.over'),
      ...because(
        'the list never holds more than the one boot page, so a call grants all or nothing',
        'populate.short',
      ),
    },
    { deep: true },
  ),
];
