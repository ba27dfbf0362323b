/** A console on which a kernel message falls into the middle of a record: the record is read all the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prop } from '../support/prop.ts';
import { itemsOf, textOf } from './real-logs.ts';

const CONSOLE = textOf('21-domu-pv-test/domu_console.txt.gz').split('\n');
const records = CONSOLE.flatMap((text, at) => (/\[\d{3}\] \S+ +\d+\.\d{6}: /.test(text) ? [at] : []));
const PREFIX = '[2026-11-26 02:58:23] ';
const MESSAGE = '[  100.731254] clocksource: Long readout interval, skipping watchdog check';
/** What was read, wherever it stood. */
const read = (lines: readonly string[]) =>
  itemsOf(lines.join('\n'), 'console').flatMap((item) =>
    item.kind === 'warning' || item.kind === 'end' ? [] : [{ ...item, line: 0 }],
  );
/** With a message after so many characters of the record's body; the rest follows on a line of its own. */
function cut(at: number, share: number): readonly string[] {
  const text = CONSOLE[at] ?? '';
  const body = text.search(/\] \S{5} +\d+\.\d{6}: /) + 2;
  const place = body + Math.floor(share * (text.length - body));
  return CONSOLE.toSpliced(at, 1, text.slice(0, place) + MESSAGE, PREFIX + text.slice(place));
}

const whole = read(CONSOLE);

prop(
  'a record cut in two is read as if it were whole',
  { at: fc.constantFrom(...records), share: fc.double({ min: 0, max: 1, noNaN: true }) },
  ({ at, share }) => {
    expect(read(cut(at, share))).toEqual(whole);
  },
);

describe('a console', () => {
  const at = records[40] ?? 0;

  it('says where it was mended', () => {
    const warned = itemsOf(cut(at, 0.7).join('\n'), 'console').filter(({ kind }) => kind === 'warning');
    expect(warned).toEqual([
      {
        kind: 'warning',
        problem: expect.objectContaining({ code: 'LOG_INTERLEAVED', where: { file: 'console', line: at + 1 } }),
      },
    ]);
  });

  it('may end in a record that was cut behind its last field', () => {
    const lines = CONSOLE.slice(0, at + 1).with(at, (CONSOLE[at] ?? '') + MESSAGE);
    expect(read(lines)).toEqual(read(CONSOLE.slice(0, at + 1)));
  });

  it('does not take the line after for the rest where that makes no record', () => {
    const lines = CONSOLE.with(at, (CONSOLE[at] ?? '') + MESSAGE).toSpliced(
      at + 1,
      0,
      `${PREFIX}STAT t1 up=1.00 x=2`,
    );
    const found = read(lines);
    expect(found.filter(({ kind }) => kind !== 'gap')).toEqual(whole.filter(({ kind }) => kind !== 'gap'));
  });
});
