/**
 * Engines side by side on the same products, interleaved, each run in a process of its own. A benchmark, not a test: it fails only
 * where counts differ. Writes `reports/bench.json`, `reports/BENCH.md` and `reports/bench.svg`; `BALLAST_LARGE=1` adds the cases of
 * minutes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, it } from 'vitest';
import { thousands } from '../../reports/style.ts';
import { realShell } from '../../src/cli/shell.ts';
import { type Case, cases } from './cases.ts';
import { type CaseResult, compare, type Engine, inProcess, table } from './measure.ts';
import { plot } from './plot.ts';
import { spinEngines } from './spin.ts';

const JSON_FILE = 'reports/bench.json';
const BUILT = 'reports/generated/bench/test/bench/child.js';

const child = (name: string, id: string, takes: Engine['takes']): Engine => ({
  name,
  takes,
  run: (one) => inProcess(['node', BUILT, one.name, id]),
});

const isReference = (one: Case): boolean => one.kind === 'reference';
const isOurs = (one: Case): boolean => !isReference(one);
const isOursUpTo = (most: number) => (one: Case, states: number) => isOurs(one) && states <= most;
const upTo = (most: number) => (_: Case, states: number) => states <= most;

/** The first sees every case: the others are asked where it says how large that is. */
const engines: readonly Engine[] = [
  child('blocks, strict, all invariants', 'block-by-hand', isReference),
  child('blocks, split chosen', 'block', (one, states) => one.kind !== 'reference' || states < 100_000_000),
  // As the first line; with less to do no second thread is asked for.
  child('blocks, two threads', 'block-two-threads', (one, states) => isReference(one) && states > 50_000_000),
  child('blocks, reachability only', 'chain', isReference),
  child('blocks, search alone', 'block-alone', upTo(100_000_000)),
  child('plain states', 'plain', upTo(100_000_000)),
  child('plain states, search alone', 'plain-alone', upTo(5_000_000)),
  child('blocks, answers of XState kept', 'block-kept', isOurs),
  child('plain states, answers of XState kept', 'plain-kept', isOursUpTo(5_000_000)),
  child(
    'plain states, two threads',
    'two-threads',
    (one, states) => states < (isReference(one) ? 100_000_000 : 20_000_000),
  ),
  child('plain states, symmetry', 'symmetry', isReference),
  child('blocks, symmetry', 'block-symmetry', isReference),
  ...spinEngines(),
  child('XState asked directly, all invariants', 'naive', upTo(50_000)),
  child('@xstate/graph', 'xstate-graph', (one, states) => isReference(one) && states <= 50_000),
];

/** Keys a second that memory alone allows a search with one look-up a transition. */
function probe(): number | undefined {
  if (!realShell.has('gcc')) return;
  return realShell.inFolder({}, (folder) => {
    realShell.run('gcc', ['-O2', '-o', 'probe', join(process.cwd(), 'test/bench/probe.c')], folder);
    return Number(realShell.run('./probe', [], folder));
  });
}

const isLarge = process.env['BALLAST_LARGE'] === '1';
/** Cases that are not asked for (`-t NAME`) stay as they were measured. */
const found = new Map(earlier().map((result) => [result.name, result]));
let keys: number | undefined;

beforeAll(() => {
  execFileSync('npx', ['tsc', '-p', 'test/bench/tsconfig.json'], { stdio: 'inherit' });
  keys = probe();
}, 120_000);

it.each(cases.filter((one) => isLarge || !one.isLarge))('$name', (one) => {
  const result = compare(one, engines);
  found.set(one.name, result);
  console.log(`\n${table(result, 'SPIN').join('\n')}`);
  write(
    cases.flatMap(({ name }) => found.get(name) ?? []),
    keys,
  );
});

function earlier(): readonly CaseResult[] {
  return existsSync(JSON_FILE)
    ? (JSON.parse(readFileSync(JSON_FILE, 'utf8')) as { cases: CaseResult[] }).cases
    : [];
}

function write(found: readonly CaseResult[], keys: number | undefined): void {
  const json = { schema: 'ballast.bench/2', probe: keys, cases: found };
  writeFileSync(JSON_FILE, `${JSON.stringify(json, null, 2)}\n`);
  writeFileSync('reports/bench.svg', plot(found));
  const memory =
    keys === undefined ? [] : [`A table of 1 GiB takes ${thousands(keys)} random keys a second here.`, ''];
  const lines = [
    '# Engines side by side',
    '',
    'Written by `npm run bench`. One run on one machine: read the ratios. User CPU from charts to verdicts, each run in a process of its own, rounds interleaved (SPIN once where it takes minutes); gcc, `spin -a` and the start of node are left out; *search alone* leaves out the tables too, which an earlier search in the same process has filled. SPIN counts only and judges nothing; *SPIN ÷ this* is how often a run fits into SPIN’s best exhaustive mode. Bytes a state are what the whole process had resident at most.',
    '',
    '![User CPU over states](bench.svg)',
    '',
    ...memory,
    ...found.flatMap((result) => table(result, 'SPIN')),
  ];
  writeFileSync('reports/BENCH.md', lines.join('\n'));
}
