/** What is said last, and the table of findings, at the width of a terminal. */
import { expect, it } from 'vitest';
import { renderDigest } from '../../reports/digest.ts';
import { renderHistory } from '../../reports/history.ts';
import { plain } from '../../reports/style.ts';
import { expected, surprising } from './sample.ts';

it('a line a search, and the sum at the end', () => {
  expect(renderDigest(expected, plain, 80)).toMatchInlineSnapshot(`
    "In short
    old/tiny  1 hold; 1 vacuous; broken: W0a (I-1)
    new/tiny  3 hold; broken: W0a (I-2)

    7 of 7 verdicts as expected: 4 hold, 2 violated as known, 1 vacuous as known.
    "
  `);
  expect(renderDigest(surprising, plain, 80)).toMatchInlineSnapshot(`
    "In short
    old/tiny  0 hold; 1 undecided; broken: not expected (I-2)
    new/tiny  1 hold; 1 vacuous; broken: not expected (I-3)

    0 of 5 verdicts as expected.
    "
  `);
});

it('history leaves out what no variant shows, and folds where the terminal ends', () => {
  const history = {
    scope: 'tiny',
    variants: ['old', 'middle', 'new'],
    findings: [
      {
        id: 'W0a',
        title: 'double claim',
        shown: [
          { variant: 'old', property: 'I-2', length: 6 },
          { variant: 'old', property: 'I-3', length: 5 },
        ],
      },
      { id: 'W3d', title: 'again', shown: [{ variant: 'middle', property: 'I-9', length: 24 }] },
      { id: 'W9', title: 'elsewhere', shown: [] },
    ],
    unnamed: [],
    reproduce: 'ballast history',
  };
  expect(renderHistory(history, plain, 36)).toMatchInlineSnapshot(`
    "                   old
    W0a  double claim  I-3 in 5

                       middle     new
    W3d  again         I-9 in 24  ·

    The property with the shortest run that shows it, in scope tiny.
    1 finding not shown in this scope by any of these: ballast check --list
    "
  `);
});
