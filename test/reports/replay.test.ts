/** A replayed and a shrunk run, word for word. */
import { describe, expect, it } from 'vitest';
import { type ReplayReport, renderReplay } from '../../reports/replay.ts';
import { renderShrunk } from '../../reports/shrunk.ts';
import { plain } from '../../reports/style.ts';
import { expected } from './sample.ts';

const options = { style: plain, width: 100, moves: false };
const trace = expected.cases.find((found) => found.trace !== undefined)?.trace;
const report: ReplayReport = {
  path: 'a.json',
  variant: 'old',
  scope: 'tiny',
  bounds: '1 section of 2 pages',
  property: 'I-1',
  confirmed: true,
  trace: trace ?? { labels: [], start: {}, steps: [] },
  breaches: [
    {
      property: 'I-1',
      statement: 'One holder.',
      at: 'state',
      step: 3,
      inTheEnd: true,
      lines: ['holders 2 > 1'],
    },
    { property: 'I-9', statement: 'Only empty.', at: 'step', step: 2, inTheEnd: false, lines: [] },
    { property: 'D-3', statement: 'Named rests.', at: 'state', step: 0, inTheEnd: true, lines: [] },
  ],
  kept: 1,
  unjudged: ['D-1'],
  inTables: false,
};

describe('a replayed run', () => {
  it('confirmed', async () => {
    await expect(renderReplay(report, options)).toMatchFileSnapshot('../golden/replay.txt');
  });

  it('not confirmed, in tables, with what moved', async () => {
    const other = { ...report, confirmed: false, breaches: [], unjudged: [], kept: 17, inTables: true };
    await expect(renderReplay(other, { ...options, moves: true })).toMatchFileSnapshot(
      '../golden/replay-kept.txt',
    );
  });
});

it('a shrunk run says how much was tried, and what the result is worth', () => {
  const shrunk = { replay: report, from: 1234, tries: 77, minimal: true, output: 'short.json' };
  expect(renderShrunk(shrunk, options)).toContain(
    '1,234 → 3 steps, after 77 reruns. No step can be left out.',
  );
  expect(renderShrunk(shrunk, options)).toContain('Written: short.json');
  expect(renderShrunk({ ...shrunk, minimal: false, output: undefined }, options)).toContain(
    'The tries ran out',
  );
});
