/** What a person reads, word for word, from a small report written by hand. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderFinding, tell } from '../../reports/finding.ts';
import { renderJson, renderTraceJson } from '../../reports/json.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { plain, type Style, thousands, widthOf, wrap } from '../../reports/style.ts';
import { renderTable } from '../../reports/table.ts';
import { prop } from '../support/prop.ts';
import { expected, stories, surprising } from './sample.ts';

const trimmed = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
const findings = (report: typeof expected, runs: 'short' | 'full' | 'none', width = 100) =>
  trimmed(
    tell(report, stories)
      .map((told) => renderFinding(told, { style: plain, width, runs }))
      .join('\n'),
  );

describe('the verdict table', () => {
  it('as expected', () => {
    expect(renderTable(expected, plain, 100)).toMatchInlineSnapshot(`
      "                      old       new
                            tiny      tiny
      I-1   one holder      W0a in 3  holds
      I-2   only empty      ·         W0a in 3
      I-3   nothing lost    holds     holds
      I-4   no wrap         vacuous   holds
      states                1,234     1,000,000
      transitions           5,678     5,678
      depth                 9         9
      families never taken  1         0

      7 of 7 verdicts as expected: 4 hold, 2 violated as known, 1 vacuous as known.
      "
    `);
  });

  it('with a surprise of every kind', () => {
    expect(renderTable(surprising, plain, 100)).toMatchInlineSnapshot(`
      "                      old                new
                            tiny               tiny
      I-1   one holder      ? bounded: states  ✗ holds, not violated
      I-2   only empty      ✗ W0a in 3, not 4  ? vacuous
      I-3   nothing lost    ·                  ✗ violated in 3
      states                1,234+             1,234
      transitions           5,678+             5,678
      depth                 9+                 9
      families never taken  1                  1

      0 of 5 verdicts as expected.
      ✗ new/tiny: COUNTS_DIFFER from the catalog: states 1, not 2
      never taken in new/tiny: add.ok
      "
    `);
  });

  it('goes below where it does not fit beside', () => {
    expect(renderTable(expected, plain, 40)).toMatchInlineSnapshot(`
      "                      old
                            tiny
      I-1   one holder      W0a in 3
      I-3   nothing lost    holds
      I-4   no wrap         vacuous
      states                1,234
      transitions           5,678
      depth                 9
      families never taken  1

                            new
                            tiny
      I-1   one holder      holds
      I-2   only empty      W0a in 3
      I-3   nothing lost    holds
      I-4   no wrap         holds
      states                1,000,000
      transitions           5,678
      depth                 9
      families never taken  0

      7 of 7 verdicts as expected: 4 hold, 2 violated as known, 1 vacuous as known.
      "
    `);
  });
});

describe('a finding', () => {
  it('is told once for all it breaks', () => {
    expect(findings(expected, 'short')).toMatchInlineSnapshot(`
      "── W0a: double claim ───────────────────────────────────────────────────────────────────────────────
        A gap is looked for and claimed only later; a rival may come in between.
        Breaks I-1 in 3 (old/tiny); I-2 in 3 (new/tiny).

                                                                     bal-
                                                             host  looned
           who        label                        tot  max  free  backed  filled
        0             start                          1    1     4       0       0
        1  toolstack  max.set(pages 2)               ·    2     ·       ·       ·
        2  driver     fill.ok(section 0, pages 1)    2    ·     3       1       1
        3  rival      intrude(section 0)             ·    ·     ·       ·       ·
        ✗ the state after 3 steps breaks I-1: The statement of I-1.
          section 0: slot.holders 1 + section.unreserved 1 = 2 > 1
        Reproduce: ballast check --variant old --scope tiny --property I-1
      "
    `);
  });

  it('in full, with what moved', () => {
    expect(findings(expected, 'full')).toMatchInlineSnapshot(`
      "── W0a: double claim ───────────────────────────────────────────────────────────────────────────────
        A gap is looked for and claimed only later; a rival may come in between.
        Breaks I-1 in 3 (old/tiny); I-2 in 3 (new/tiny).

                                                                     bal-
                                                             host  looned
           who        label                        tot  max  free  backed  filled
        0             start                          1    1     4       0       0
        1  toolstack  max.set(pages 2)               ·    2     ·       ·       ·
                      toolstack: target 1 → limit 2 set, target next
        2  driver     fill.ok(section 0, pages 1)    2    ·     3       1       1
                      section[0]: free → populatedUnreserved: 1 backed
        3  rival      intrude(section 0)             ·    ·     ·       ·       ·
                      slot[0]: free → rival
        ✗ the state after 3 steps breaks I-1: The statement of I-1.
          section 0: slot.holders 1 + section.unreserved 1 = 2 > 1
        Reproduce: ballast check --variant old --scope tiny --property I-1
      "
    `);
  });

  it('nobody expected stands for itself', () => {
    expect(findings(surprising, 'none')).toMatchInlineSnapshot(`
      "── I-2: only empty ─────────────────────────────────────────────────────────────────────────────────
        Broken: The statement of I-2.
        Breaks I-2 in 3 (old/tiny).
        ✗ the state after 3 steps breaks I-2: The statement of I-2.
          section 0: slot.holders 1 + section.unreserved 1 = 2 > 1
        Reproduce: ballast check --variant old --scope tiny --property I-2

      ── I-3: nothing lost ───────────────────────────────────────────────────────────────────────────────
        Broken: The statement of I-3.
        Breaks I-3 in 3 (new/tiny).
        ✗ after 3 steps there is no way back, so I-3 is broken: The statement of I-3.
          section 0: slot.holders 1 + section.unreserved 1 = 2 > 1
        Reproduce: ballast check --variant new --scope tiny --property I-3
      "
    `);
  });
});

describe('files', () => {
  it('Markdown', () => {
    expect(renderMarkdown(expected, stories)).toMatchInlineSnapshot(`
      "# Ballast: verdicts

      7 of 7 verdicts as expected: 4 hold, 2 violated as known, 1 vacuous as known.

      Again: \`ballast check\`

      |  |  | old/tiny | new/tiny |
      | --- | --- | --- | --- |
      | I-1 | one holder | W0a in 3 | holds |
      | I-2 | only empty | · | W0a in 3 |
      | I-3 | nothing lost | holds | holds |
      | I-4 | no wrap | vacuous | holds |

      ## Searches

      ### old/tiny, pv-x86_64

      1,234 states, 5,678 transitions, depth 9; exhaustive.

      Scope: sections 1, targets 1 2.

      Families never taken:

      - \`refill.done\`: the list is empty

      ### new/tiny, pv-x86_64

      1,000,000 states, 5,678 transitions, depth 9; exhaustive.

      Scope: sections 1, targets 1 2.

      ## Findings

      ### W0a: double claim

      A gap is looked for and claimed only later; a rival may come in between.

      - old/tiny: I-1 one holder, in 3. The statement of I-1.
      - new/tiny: I-2 only empty, in 3. The statement of I-2.

      The shortest run to I-1 in old/tiny:

      \`\`\`text
                                                                   bal-
                                                           host  looned
         who        label                        tot  max  free  backed  filled
      0             start                          1    1     4       0       0
      1  toolstack  max.set(pages 2)               ·    2     ·       ·       ·
                    toolstack: target 1 → limit 2 set, target next
      2  driver     fill.ok(section 0, pages 1)    2    ·     3       1       1
                    section[0]: free → populatedUnreserved: 1 backed
      3  rival      intrude(section 0)             ·    ·     ·       ·       ·
                    slot[0]: free → rival
      ✗ the state after 3 steps breaks I-1: The statement of I-1.
        section 0: slot.holders 1 + section.unreserved 1 = 2 > 1
      \`\`\`

      Again: \`ballast check --variant old --scope tiny --property I-1\`
      "
    `);
  });

  it('JSON is the report without times', () => {
    const read = JSON.parse(renderJson(surprising)) as object;
    const timeless = surprising.searches.map(({ seconds: _, ...search }) => search);
    expect(read).toEqual(JSON.parse(JSON.stringify({ ...surprising, searches: timeless })));
  });

  it('a trace has a step on each line', () => {
    const [first] = expected.cases;
    if (first === undefined) throw new Error('the sample has cases');
    const text = renderTraceJson(first, { sections: 1 });
    expect(JSON.parse(text)).toMatchObject({
      schema: 'ballast.trace/1',
      property: 'I-1',
      labels: first.trace?.labels,
      steps: first.trace?.steps,
    });
    expect(text.split('\n').filter((line) => line.includes('"moved"')).length).toBe(3);
  });
});

describe('colours', () => {
  const mark = (text: string) => `\u0001${text}\u0002`;
  const marked: Style = { heading: mark, faint: mark, good: mark, known: mark, bad: mark, changed: mark };
  const unmark = (text: string) => trimmed(text.replaceAll('\u0001', '').replaceAll('\u0002', ''));

  it('change no column', () => {
    const without = trimmed(renderTable(expected, plain, 100));
    expect(unmark(renderTable(expected, marked, 100))).toBe(without);
  });
});

describe('text', () => {
  prop(
    'wrapping keeps every word and no line is longer than asked',
    {
      words: fc.array(fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom('a', 'b', '·', '→') }), {
        maxLength: 30,
      }),
      width: fc.integer({ min: 9, max: 40 }),
    },
    ({ words, width }) => {
      const lines = wrap(words.join(' '), width);
      expect(
        lines
          .join(' ')
          .split(' ')
          .filter((word) => word !== ''),
      ).toEqual(words);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    },
  );

  prop('thousands only adds commas', { n: fc.nat() }, ({ n }) => {
    expect(thousands(n).replaceAll(',', '')).toBe(String(n));
    expect(thousands(n)).toMatch(/^\d{1,3}(,\d{3})*$/);
  });
});
