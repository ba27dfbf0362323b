/**
 * Engines side by side on the same products, interleaved, in user CPU time: ours, SPIN on the exported product, and XState asked
 * directly. A benchmark, not a test: it asserts equal counts only. Figures are ratios within one run on one machine.
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { full, single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { thousands } from '../../reports/style.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { realShell } from '../../src/cli/shell.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exportPromela, TABLES } from '../../src/export/promela.ts';
import { isExportable } from '../../src/export/watches.ts';
import { explore } from '../../src/search/search.ts';
import { applicable, taskOf } from '../support/explored.ts';
import { exploreNaively } from '../support/naive.ts';

const ROUNDS = 3;
const CASES: readonly (readonly [Protocol, Scope])[] = [
  [lifecycle, single],
  [v3, single],
  [lifecycle, full],
  [v3, full],
];
/** XState asked directly takes minutes beyond this. */
const NAIVE_MAX = 50_000;

interface Ran {
  readonly states: number;
  readonly transitions: number;
  /** User CPU. */
  readonly seconds: number;
}

interface Engine {
  readonly name: string;
  readonly may: (states: number) => boolean;
  readonly run: (protocol: Protocol, scope: Scope) => Ran;
}

function timed(run: () => Omit<Ran, 'seconds'>): Ran {
  const before = process.cpuUsage();
  const counts = run();
  return { ...counts, seconds: process.cpuUsage(before).user / 1e6 };
}

const always = () => true;
const model = (protocol: Protocol, scope: Scope) => guestModel(protocol, pv64, scope);
const product = (protocol: Protocol, scope: Scope) =>
  expectOk(composeProduct(model(protocol, scope)), 'shipped variants obey the rules');

const ours: readonly Engine[] = [
  {
    name: 'ballast: charts to verdicts, all properties',
    may: always,
    run: (protocol, scope) =>
      timed(() => expectOk(runSearch(taskOf(protocol, scope)), 'it is in the catalog').search),
  },
  {
    name: 'ballast: charts to reachable states',
    may: always,
    run: (protocol, scope) => timed(() => explore(product(protocol, scope), [])),
  },
  {
    name: 'XState asked directly, all properties',
    may: (states) => states <= NAIVE_MAX,
    run: (protocol, scope) =>
      timed(() => {
        const watches = applicable(protocol, scope).map(({ watch }) => watch);
        return exploreNaively(model(protocol, scope), watches);
      }),
  },
];

/** gcc's time is left out, and so is the export. */
function spin(name: string, flags: readonly string[]): Engine {
  return {
    name,
    may: always,
    run: (protocol, scope) => {
      const watches = applicable(protocol, scope)
        .map(({ watch }) => watch)
        .filter(isExportable);
      const files = exportPromela(product(protocol, scope), { title: 'bench', watches, all: [] });
      return realShell.inFolder({ 'product.pml': files.model, [TABLES]: files.tables }, (folder) => {
        realShell.run('spin', ['-a', 'product.pml'], folder);
        realShell.run('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', ...flags, '-o', 'pan', 'pan.c'], folder);
        const { stdout, stderr } = spawnSync('bash', ['-c', 'TIMEFORMAT=%U; time ./pan -m4000000 -w24'], {
          cwd: folder,
          encoding: 'utf8',
          maxBuffer: 1 << 26,
        });
        const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
        return {
          states: number(/(\d+) states, stored/),
          transitions: number(/(\d+) transitions/) - 1,
          seconds: Number(stderr.trim().split('\n').at(-1)),
        };
      });
    },
  };
}

const engines: readonly Engine[] = [
  ...ours,
  ...(['spin', 'gcc'].every((program) => realShell.has(program))
    ? [spin('SPIN, depth first, counts only', []), spin('SPIN, breadth first, counts only', ['-DBFS'])]
    : []),
];

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

it('engines side by side', () => {
  const rows = CASES.map(([protocol, scope]) => {
    const found = engines.map((): Ran[] => []);
    let states = 0;
    for (let round = 0; round < ROUNDS; round++)
      engines.forEach((engine, at) => {
        if (!engine.may(states)) return;
        const ran = engine.run(protocol, scope);
        states = Math.max(states, ran.states);
        found[at]?.push(ran);
      });
    return tell(`${protocol.id}/${scope.name}`, found);
  });
  writeFileSync(
    'reports/bench.json',
    `${JSON.stringify({ schema: 'ballast.bench/1', rounds: ROUNDS, cases: rows }, null, 2)}\n`,
  );
});

function tell(name: string, found: readonly (readonly Ran[])[]) {
  const base = median((found[0] ?? []).map(({ seconds }) => seconds));
  const results = found.flatMap((runs, at) => {
    const [first] = runs;
    if (first === undefined) return [];
    const seconds = median(runs.map((ran) => ran.seconds));
    return [
      {
        engine: engines[at]?.name ?? '',
        states: first.states,
        transitions: first.transitions,
        seconds,
        ratio: seconds / base,
      },
    ];
  });
  const counts = new Set(results.map(({ states, transitions }) => `${states} ${transitions}`));
  if (counts.size > 1) throw new Error(`${name} is not counted alike: ${[...counts].join(', ')}`);
  const { states = 0, transitions = 0 } = results[0] ?? {};
  console.log(`\n${name}: ${thousands(states)} states, ${thousands(transitions)} transitions`);
  for (const { engine, seconds, ratio } of results)
    console.log(
      `  ${engine.padEnd(46)} ${seconds.toFixed(2).padStart(8)} s  ${ratio.toFixed(2).padStart(8)}×  ${thousands(Math.round(transitions / seconds)).padStart(12)} transitions/s`,
    );
  return { name, states, transitions, results };
}
