/** What XState said is kept in files that are believed only where everything it depends on is the same, byte by byte. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { full, single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { buildOf, changedSince } from '../../src/cli/build.ts';
import { keptAnswers } from '../../src/cli/check/answers-file.ts';
import type { ChartAnswers } from '../../src/compile/answers.ts';

const home = mkdtempSync(join(tmpdir(), 'ballast-answers-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const INPUTS = [v3, pv64, single];
const BUILD = 'b'.repeat(64);
const ANSWERS: readonly ChartAnswers[] = [
  {
    chart: 'toolstack',
    labels: 2,
    states: [
      { value: 'idle', context: { target: 1 } },
      { value: 'capped', context: { target: 2 } },
    ],
    next: Int32Array.of(1, -1, -2, 0),
  },
];

let places = 0;
/** A folder of its own, with the answers kept in it. */
function kept(): { readonly folder: string; readonly build: string; readonly file: string } {
  const place = { folder: join(home, `place-${places++}`), build: BUILD };
  keptAnswers(place, INPUTS).keep(ANSWERS);
  const [build = ''] = readdirSync(place.folder);
  const [name = ''] = readdirSync(join(place.folder, build));
  return { ...place, file: join(place.folder, build, name) };
}

describe('answers in a file', () => {
  it('come back as they were', () => {
    expect(keptAnswers(kept(), INPUTS).known).toEqual(ANSWERS);
  });

  it('are of one build, protocol, form and scope, in full', () => {
    const place = kept();
    const others: readonly (readonly unknown[])[] = [
      [{ ...v3, retries: 'unlimited' }, pv64, single],
      [{ ...v3, id: 'v3+' }, pv64, single],
      [v3, { ...pv64, id: 'other' }, single],
      [v3, pv64, full],
      [v3, pv64, { ...single, targets: [1, 2] }],
      [v3, pv64, { ...single, actors: ['pageUser'] }],
      [v3, single, pv64],
    ];
    for (const inputs of others) expect(keptAnswers(place, inputs).known).toEqual([]);
    expect(keptAnswers({ ...place, build: `${BUILD.slice(1)}c` }, INPUTS).known).toEqual([]);
  });

  it('whose file is cut short, longer, altered anywhere, or that of others, are not believed', () => {
    const { file, ...place } = kept();
    const whole = readFileSync(file);
    for (let at = 0; at < whole.length; at++) {
      const altered = Uint8Array.from(whole);
      altered[at] = (altered[at] as number) ^ 1;
      writeFileSync(file, altered);
      expect(keptAnswers(place, INPUTS).known).toEqual([]);
      writeFileSync(file, whole.subarray(0, at));
      expect(keptAnswers(place, INPUTS).known).toEqual([]);
    }
    writeFileSync(file, Buffer.concat([whole, Buffer.of(0)]));
    expect(keptAnswers(place, INPUTS).known).toEqual([]);
    // Under the name of another scope.
    const other = keptAnswers(place, [v3, pv64, full]);
    other.keep([]);
    const names = readdirSync(join(file, '..')).map((name) => join(file, '..', name));
    for (const name of names) writeFileSync(name, whole);
    expect(keptAnswers(place, [v3, pv64, full]).known).toEqual([]);
    expect(keptAnswers(place, INPUTS).known).toEqual(ANSWERS);
    // And what is not believed is written again.
    writeFileSync(file, '');
    keptAnswers(place, INPUTS).keep(ANSWERS);
    expect(keptAnswers(place, INPUTS).known).toEqual(ANSWERS);
  });

  it('are not kept of what JSON does not show', () => {
    const place = { folder: join(home, 'functions'), build: BUILD };
    keptAnswers(place, [{ ...v3, when: () => true }]).keep(ANSWERS);
    expect(() => readdirSync(place.folder)).toThrow('ENOENT');
  });

  it('are nothing to fail for where nothing can be written', () => {
    const file = join(home, 'a-file');
    writeFileSync(file, 'in the way');
    const place = { folder: join(file, 'below'), build: BUILD };
    const its = keptAnswers(place, INPUTS);
    expect(its.known).toEqual([]);
    its.keep(ANSWERS);
    expect(readFileSync(file, 'utf8')).toBe('in the way');
  });

  it('of builds long ago go, those of this one and the last stay', () => {
    const folder = join(home, 'builds');
    mkdirSync(join(folder, 'something-else'), { recursive: true });
    for (const build of ['1', '2', '3', '4', '5', '6'].map((digit) => digit.repeat(64)))
      keptAnswers({ folder, build }, INPUTS).keep(ANSWERS);
    const names = readdirSync(folder);
    expect(names).toContain('something-else');
    expect(names).toContain(`answers-${'6'.repeat(16)}`);
    expect(names.filter((name) => name.startsWith('answers-'))).toHaveLength(4);
  });
});

describe('a build', () => {
  it('is another where a chart, what it imports, XState or node is another by one character', () => {
    const program = join(home, 'program');
    const library = join(home, 'library');
    for (const folder of [join(program, 'models'), join(program, 'src'), library])
      mkdirSync(folder, { recursive: true });
    const files = [
      join(program, 'models/chart.js'),
      join(program, 'src/helper.js'),
      join(library, 'raise.cjs.js'),
      join(library, 'index.mjs'),
    ];
    for (const file of files) writeFileSync(file, 'const a = 1;\n');
    const roots = [pathToFileURL(`${program}/`), pathToFileURL(`${library}/`)];
    const before = buildOf(roots, 'v20');
    expect(buildOf(roots, 'v20')).toBe(before);
    expect(buildOf(roots, 'v22')).not.toBe(before);
    for (const file of files) {
      writeFileSync(file, 'const a = 2;\n');
      expect(buildOf(roots, 'v20')).not.toBe(before);
      writeFileSync(file, 'const a = 1;\n');
      expect(buildOf(roots, 'v20')).toBe(before);
    }
  });

  it('is not what a thread runs whose files were written since', () => {
    const root = join(home, 'since');
    mkdirSync(root);
    writeFileSync(join(root, 'a.js'), '');
    const roots = [pathToFileURL(`${root}/`)];
    const later = Date.now() + 10_000;
    expect(changedSince(roots, later)).toBe(false);
    expect(changedSince(roots, later - 20_000)).toBe(true);
  });
});
