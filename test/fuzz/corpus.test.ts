/** Failures of the past run first, and do what they did. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CASE_ENDING, caseText, readCase, runCase } from '../../src/cli/fuzz/corpus.ts';
import { expectOk } from '../../src/core/result.ts';

const FOLDER = fileURLToPath(new URL('corpus/', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith(CASE_ENDING));

const read = (name: string) => expectOk(readCase(readFileSync(`${FOLDER}${name}`, 'utf8'), name), name);

describe('corpus', () => {
  it('has cases', () => {
    expect(names.length).toBeGreaterThan(4);
  });

  it.each(names)('%s', (name) => {
    const again = runCase(name, read(name));
    expect(again).toMatchObject({ refused: 0, broken: again.expected, asRecorded: true });
  });

  it.each(names)('%s without its last label breaks nothing that the whole does last', (name) => {
    const one = read(name);
    const again = runCase(name, { ...one, labels: one.labels.slice(0, -1) });
    expect(again.asRecorded).toBe(false);
  });

  it('is written as it is read', () => {
    for (const name of names)
      expect(expectOk(readCase(caseText(read(name)), name), name)).toEqual(read(name));
  });

  it('says what is wrong with a file', () => {
    const codes = (text: string) => {
      const found = readCase(text, 'a');
      return found.ok ? [] : found.problems.map(({ code }) => code);
    };
    expect(codes('{')).toEqual(['CASE_NOT_JSON']);
    expect(codes('{}').length).toBeGreaterThan(4);
    const one = read(names[0] ?? '');
    expect(codes(caseText({ ...one, variant: 'v9' }))).toEqual(['CASE_SHAPE']);
    expect(codes(caseText({ ...one, labels: [] }))).toEqual(['CASE_SHAPE']);
    expect(codes(caseText(one))).toEqual([]);
  });
});
