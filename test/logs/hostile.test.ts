/** Lines nobody should write, and lines that were tampered with: each gives its code, none an exception. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_BYTES_MAX, linesOfText, readLines } from '../../src/logs/lines.ts';
import { prop } from '../support/prop.ts';
import { codesOf, itemsOf, textOf, warningsOf } from './real-logs.ts';

const header = (inBuffer: number, written = inBuffer): string =>
  `# tracer: nop\n#\n# entries-in-buffer/entries-written: ${inBuffer}/${written}   #P:1\n`;
const mark = (seconds = '1.000001', text = 'LAB x'): string =>
  ` init-1 [000] ..... ${seconds}: tracing_mark_write: ${text}\n`;
const set = (fields: string): string =>
  ` init-1 [000] ..... 1.000001: set_target: (balloon_set_new_target+0x0/0x30) ${fields}\n`;
const GLOBALS = 'cur=1 tgt=1 unpop=0 low=0 high=0 total=1 st=0';

describe('warnings', () => {
  it.each<[string, string, readonly string[]]>([
    ['a line cut off', `${mark()} init-1 [000] ..... 1.0000`, ['LOG_MALFORMED']],
    [
      'a record cut off in its body',
      `${mark()} init-1 [000] ..... 1.000001: set_target: (balloon_set`,
      ['LOG_MALFORMED'],
    ],
    ['a field cut off', set(`target=5 ${GLOBALS} x`), ['LOG_MALFORMED']],
    ['text between records', `${mark()}hello\n${mark()}`, ['LOG_MALFORMED']],
    [
      'half a record on a console',
      `[2026-11-23 09:29:36] ${mark()}[2026-11-23 09:29:36] x [000] .....   1.000001: dec\n`,
      ['LOG_MALFORMED'],
    ],
    [
      'unknown events, counted',
      `${mark()} a-1 [000] ..... 1.1: sched: x=1\n a-1 [000] ..... 1.2: sched: x=1\n`,
      ['LOG_UNKNOWN_EVENT'],
    ],
    ['a huge line', mark('1.000001', 'x'.repeat(LINE_BYTES_MAX)), ['LOG_LINE_LONG']],
    ['terminal escapes', mark('1.000001', 'a\u001b[31mred\u001b[0m\u0007'), ['LOG_CONTROL']],
  ])('%s', (_, text, expected) => {
    expect(codesOf(text)).toEqual([]);
    expect(warningsOf(text)).toEqual(expected);
  });

  it('leave nothing in the text that a terminal would obey', () => {
    const [line] = [...linesOfText('a\u001b[31mred\u001b[0m\u0007\u009b2Jb\tc\r\n')];
    expect(line).toEqual({ number: 1, text: 'ared2Jb\tc', faults: ['control'] });
  });
});

describe('problems', () => {
  it.each<[string, string, readonly string[]]>([
    ['time that runs backwards', mark('2.000000') + mark('1.999999'), ['LOG_DISORDER']],
    ['a record too few', header(3) + mark() + mark(), ['LOG_COUNT']],
    ['a record too many', header(1) + mark() + mark(), ['LOG_COUNT']],
    ['a dump too short before another', header(2) + mark() + header(1) + mark(), ['LOG_COUNT']],
    ['a missing argument', set(GLOBALS), ['LOG_FIELD']],
    ['a missing counter', set('target=5 cur=1 tgt=1 unpop=0 low=0 high=0 st=0'), ['LOG_FIELD']],
    ['a field too many', set(`target=5 extra=1 ${GLOBALS}`), ['LOG_FIELD']],
    ['a field twice', set(`target=5 target=5 ${GLOBALS}`), ['LOG_FIELD']],
    ['a negative count of pages', set(`target=-5 ${GLOBALS}`), ['LOG_FIELD']],
    ['hexadecimal where decimal is printed', set(`target=0x5 ${GLOBALS}`), ['LOG_FIELD']],
    ['a state that is none', set(`target=5 ${GLOBALS}`.replace('st=0', 'st=4')), ['LOG_FIELD']],
    ['more than 64 bits', set(`target=18446744073709551616 ${GLOBALS}`), ['LOG_FIELD']],
    [
      'another function',
      set(`target=5 ${GLOBALS}`).replace('balloon_set_new_target', 'balloon_thread'),
      ['LOG_FUNCTION'],
    ],
    ['prose', 'It was a dark and stormy night\n', ['LOG_NOT_FTRACE']],
    ['nothing', '', ['LOG_NOT_FTRACE']],
  ])('%s', (_, text, expected) => {
    expect(codesOf(text)).toEqual(expected);
  });

  it('say where, what was expected and what came', () => {
    const [problem] = itemsOf(mark('2.5') + mark('1.5')).filter(({ kind }) => kind === 'problem');
    expect(problem).toEqual({
      kind: 'problem',
      problem: {
        code: 'LOG_DISORDER',
        message: 'time runs backwards',
        where: { file: 'trace.txt', line: 2 },
        expected: 'at least 2.500000 s',
        got: '1.500000 s',
      },
    });
  });
});

describe('gaps', () => {
  const gaps = (text: string): readonly unknown[] => itemsOf(text).filter(({ kind }) => kind === 'gap');
  const place = { file: 'trace.txt' };

  it('are where the log says so', () => {
    expect(gaps(header(1, 9) + mark())).toEqual([
      { kind: 'gap', reason: 'start', ...place, line: 1 },
      { kind: 'gap', reason: 'overwritten', lost: 8, ...place, line: 3 },
    ]);
    expect(gaps(`${mark()}CPU:0 [LOST 12 EVENTS]\n${mark()}CPU:1 [LOST EVENTS]\n`)).toEqual([
      { kind: 'gap', reason: 'start', ...place, line: 1 },
      { kind: 'gap', reason: 'lost', lost: 12, ...place, line: 2 },
      { kind: 'gap', reason: 'lost', ...place, line: 4 },
    ]);
    expect(gaps(header(1) + mark() + header(1) + mark())).toHaveLength(2);
  });

  it('are between the dumps of a console, but not where a kernel message falls into one', () => {
    const at = '[2026-11-23 09:29:36] ';
    expect(gaps(`${at}${mark()}${at}[   12.345678] xen: hi\n${at}${mark()}`)).toHaveLength(1);
    expect(gaps(`${at}${mark()}${at}STAT t1 up=1\n${at}${mark()}`)).toHaveLength(2);
  });
});

describe('speed', () => {
  it.each([
    ['spaces', ' '.repeat(60_000)],
    ['dashes', '-1'.repeat(30_000)],
    ['brackets', '[1] '.repeat(15_000)],
    [
      'a body of opened quotes',
      ` a-1 [000] ..... 1.5: set_target: (balloon_set_new_target) ${'a="b '.repeat(12_000)}`,
    ],
    ['a body of parentheses', ` a-1 [000] ..... 1.5: set_target: ${'(a <- '.repeat(10_000)}`],
  ])('does not suffer from %s', (_, line) => {
    const before = performance.now();
    itemsOf(`${line}\n`.repeat(20));
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

prop(
  'lines do not depend on how the bytes come',
  {
    text: fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é', '😀', '\u001b') }),
    size: fc.integer({ min: 1, max: 9 }),
  },
  ({ text, size }) => {
    const bytes = new TextEncoder().encode(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect([...readLines(pieces)]).toEqual([...readLines(bytes)]);
  },
);

const sample = textOf('03-auto-online/trace_4_plus_one_page.txt.gz');
prop(
  'a real trace with any characters replaced is read without an exception',
  { at: fc.nat({ max: sample.length - 1 }), by: fc.string({ unit: 'binary', minLength: 1, maxLength: 5 }) },
  ({ at, by }) => {
    expect(() => codesOf(sample.slice(0, at) + by + sample.slice(at + by.length))).not.toThrow();
  },
);
