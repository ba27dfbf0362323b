/** The lcov file, read by a parser that accepts nothing that geninfo(1) does not describe. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../models/source.ts';
import { renderLcov } from '../../reports/lcov.ts';
import { linesOf } from '../../src/coverage/lines.ts';
import { sampleCase, sampleTrace } from './cover-sample.ts';

interface Section {
  readonly file: string;
  readonly lines: Map<number, number>;
  readonly branches: readonly { readonly line: number; readonly taken: number | undefined }[];
  readonly functions: Map<string, { line: number; hits: number }>;
}

/** Throws on anything out of place: unknown records, wrong order, totals that do not add up, lines that the file does not have. */
function parse(text: string): Section[] {
  if (!text.endsWith('end_of_record\n')) throw new Error('does not end with end_of_record');
  return text
    .slice(0, -'end_of_record\n'.length)
    .split('end_of_record\n')
    .map((record) => parseRecord(record.split('\n').slice(0, -1)));
}

const ORDER = ['TN', 'SF', 'FN', 'FNDA', 'FNF', 'FNH', 'BRDA', 'BRF', 'BRH', 'DA', 'LF', 'LH'];

function parseRecord(rows: readonly string[]): Section {
  const values = new Map<string, string[]>(ORDER.map((key) => [key, []]));
  let last = 0;
  for (const row of rows) {
    const [, key = '', value = ''] = /^([A-Z]+):(.*)$/.exec(row) ?? [];
    const at = ORDER.indexOf(key);
    if (at < last) throw new Error(`out of place: ${row}`);
    last = at;
    values.get(key)?.push(value);
  }
  const one = (key: string): string => {
    const [value, ...more] = values.get(key) ?? [];
    if (value === undefined || more.length > 0) throw new Error(`${key} must stand once`);
    return value;
  };
  const number = (value: string): number => {
    if (!/^(?:0|[1-9]\d*)$/.test(value)) throw new Error(`no number: ${value}`);
    return Number(value);
  };
  const pairs = (key: string, size: number): string[][] =>
    (values.get(key) ?? []).map((value) => {
      const parts = value.split(',');
      if (parts.length !== size) throw new Error(`${key}:${value}`);
      return parts;
    });
  if (!/^\w*$/.test(one('TN'))) throw new Error('TN has characters that lcov refuses');
  const file = one('SF');
  const last_line = readFileSync(file, 'utf8').split('\n').length;
  const lines = new Map<number, number>();
  for (const [line = '', hits = ''] of pairs('DA', 2)) {
    if (lines.has(number(line)) || number(line) < 1 || number(line) > last_line)
      throw new Error(`DA:${line}`);
    lines.set(number(line), number(hits));
  }
  const functions = new Map(
    pairs('FN', 2).map(([line = '', name = '']) => [name, { line: number(line), hits: -1 }]),
  );
  for (const [hits = '', name = ''] of pairs('FNDA', 2)) {
    const of = functions.get(name);
    if (of === undefined) throw new Error(`FNDA of no function ${name}`);
    of.hits = number(hits);
  }
  const seen = new Set<string>();
  const branches = pairs('BRDA', 4).map(([line = '', block = '', branch = '', taken = '']) => {
    const id = [line, block, branch].map(number).join();
    if (seen.has(id)) throw new Error(`BRDA twice: ${id}`);
    seen.add(id);
    return { line: number(line), taken: taken === '-' ? undefined : number(taken) };
  });
  const totals = [
    ['LF', lines.size],
    ['LH', [...lines.values()].filter((hits) => hits > 0).length],
    ['FNF', functions.size],
    ['FNH', [...functions.values()].filter(({ hits }) => hits > 0).length],
    ['BRF', branches.length],
    ['BRH', branches.filter(({ taken }) => (taken ?? 0) > 0).length],
  ] as const;
  for (const [key, total] of totals)
    if (number(one(key)) !== total) throw new Error(`${key} is not ${total}`);
  return { file, lines, branches, functions };
}

const { charts } = sampleCase.report;
const of = (recording: typeof sampleTrace) =>
  linesOf([{ charts, recording, outcomes: sampleCase.outcomes }], sourceOf);
const explored = sampleCase.report.sources[0]?.recording ?? sampleTrace;
const lineOf = (kind: string, state: string, family: string): number =>
  sourceOf(kind, state, family)?.line ?? -1;

describe('lcov', () => {
  const sections = parse(renderLcov(of(sampleTrace), 'ballast cover'));

  it('has every model file with charts, and lines that are there', () => {
    expect(sections.map(({ file }) => file)).toContain('models/guest/balloon-calls.ts');
    expect(sections.map(({ file }) => file)).toContain('models/guest/slot.ts');
    expect(sections.map(({ file }) => file)).toEqual([...sections.map(({ file }) => file)].sort());
  });

  it('counts a line as often as the transitions on it were taken', () => {
    const slot = sections.find(({ file }) => file === 'models/guest/slot.ts');
    expect(slot?.lines.get(lineOf('slot', 'free', 'intrude'))).toBe(1);
    expect(slot?.lines.get(lineOf('slot', 'free', 'reserve.ok'))).toBe(0);
    expect(slot?.functions.get('slot.rival')?.hits).toBe(1);
    expect(slot?.functions.get('slot.driver')?.hits).toBe(0);
    const file = (name: string) => sections.find((one) => one.file === `models/guest/${name}.ts`);
    expect(file('balloon-calls')?.lines.get(lineOf('balloon', 'settling', 'sleep'))).toBe(1);
    expect(file('balloon-adding')?.lines.get(lineOf('balloon', 'adding', 'add.ok'))).toBe(0);
  });

  it('marks branches of lines that were never reached as such', () => {
    for (const { branches, lines } of sections)
      for (const { line, taken } of branches)
        expect(taken === undefined, `line ${line}`).toBe((lines.get(line) ?? 0) === 0);
  });

  it('of an exploration covers more, on the same lines', () => {
    const all = parse(renderLcov(of(explored), 'exploration'));
    for (const [at, { lines }] of sections.entries())
      for (const [line, hits] of lines) {
        expect(all[at]?.lines.has(line)).toBe(true);
        if (hits > 0) expect(all[at]?.lines.get(line)).toBeGreaterThan(0);
      }
  });

  it('the parser is strict', () => {
    const text = renderLcov(of(sampleTrace), 'x');
    for (const broken of [
      text.replace(/^LH:.*$/m, 'LH:99999'),
      text.replace('DA:', 'DX:'),
      text.replace(/^DA:(\d+),(\d+)$/m, 'DA:$1'),
      text.replace(/^SF:.*\n/m, ''),
      text.slice(0, -5),
    ])
      expect(() => parse(broken)).toThrow();
  });
});
