/** What another checker said, in words. */
import { expect, it } from 'vitest';
import { type Confirmation, renderConfirmations, stampOf, stampText } from '../../reports/confirmation.ts';
import { plain } from '../../reports/style.ts';

const counts = { states: 1200, transitions: 3400 };
const one: Confirmation = {
  search: 'v3/single',
  checker: 'SPIN 6',
  ours: counts,
  theirs: counts,
  tableEnds: false,
  holdTogether: ['I-2'],
  othersHold: true,
  violated: { 'I-16': true },
  unasked: ['D-1'],
  bounded: ['I-24'],
  agrees: true,
};

it('what is bounded here is named apart from what the other found no violation of', () => {
  expect(renderConfirmations([one], plain)).toBe(
    [
      'v3/single  SPIN 6 agrees',
      '  both count 1,200 states, 3,400 transitions',
      '  no violation found of I-2',
      '  I-16 broken there too',
      '  not asked, branching time: D-1',
      '  not asked, bounded here: I-24',
      '',
    ].join('\n'),
  );
});

it('a stamp says how many verdicts are the same, which are not, and which nobody asked for', () => {
  expect(stampText(stampOf(one))).toBe(
    'SPIN 6 agrees: 1,200 states, 3,400 transitions; same verdicts: 2; not asked: D-1 I-24',
  );
  const other = { ...one, theirs: { ...counts, states: 1201 }, othersHold: false, agrees: false };
  expect(stampText(stampOf(other))).toBe(
    'SPIN 6 DISAGREES: 1,201 states, 3,400 transitions; same verdicts: 1; other verdicts: I-2; not asked: D-1 I-24',
  );
});

it('that a table ends is the reason, and then nothing is said of what was to hold', () => {
  const other = {
    ...one,
    theirs: { ...counts, states: 7 },
    tableEnds: true,
    othersHold: false,
    agrees: false,
  };
  expect(renderConfirmations([other], plain).split('\n').slice(0, 4)).toEqual([
    'v3/single  SPIN 6 DISAGREES',
    '  here 1,200 states, 3,400 transitions; there 7 states, 3,400 transitions',
    '  the table ends: there a chart goes on where no search went here',
    '  I-16 broken there too',
  ]);
});
