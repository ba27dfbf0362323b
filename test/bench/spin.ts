/**
 * SPIN in its modes: on the reference model as somebody who knows SPIN would write it, on our products as `ballast export promela`
 * writes them, with the properties it can be asked as assertions left out (counts only). gcc's time is left out, and so is the export.
 */
import { spawnSync } from 'node:child_process';
import { explored } from '../../src/cli/export/explored.ts';
import { realShell } from '../../src/cli/shell.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exportPromela, TABLES } from '../../src/export/promela.ts';
import { type Case, modelOf } from './cases.ts';
import type { Engine, Ran } from './measure.ts';
import { referencePromela } from './reference-promela.ts';

interface Mode {
  readonly name: string;
  readonly flags: readonly string[];
  readonly most: number;
  readonly isLossy?: boolean;
}

/** Its stack (`-m`) must hold the longest path, or it misses states: more than this is not asked of it: beyond 10 GB at 5,2,10. */
const DEPTH_MAX = 80_000_000;
/** A path is no longer than there are states, but steps that are not stored take room too: as many entries as states were too few at 5,2,10. */
const STACK = 2;

const MODES: readonly Mode[] = [
  { name: 'SPIN, depth first', flags: [], most: DEPTH_MAX },
  { name: 'SPIN, breadth first', flags: ['-DBFS'], most: 5_000_000 },
  { name: 'SPIN, collapse', flags: ['-DCOLLAPSE'], most: 5_000_000 },
  { name: 'SPIN, bitstate (lossy)', flags: ['-DBITSTATE'], most: 5_000_000, isLossy: true },
];

function files(one: Case): Record<string, string> {
  if (one.kind === 'reference') return { 'model.pml': referencePromela(one.scope) };
  const product = expectOk(composeProduct(modelOf(one)), 'it obeys the rules');
  const filled = expectOk(explored(product), 'it can be written out');
  const { model, tables } = exportPromela(filled, { title: one.name, watches: [], all: [] });
  return { 'model.pml': model, [TABLES]: tables };
}

function run(one: Case, { flags, isLossy }: Mode, states: number): Ran {
  return realShell.inFolder(files(one), (folder) => {
    realShell.run('spin', ['-a', 'model.pml'], folder);
    realShell.run('gcc', ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', ...flags, '-o', 'pan', 'pan.c'], folder);
    // Two slots a state; bits of a lossy table 60 a state.
    const width = Math.max(20, Math.ceil(Math.log2(states * (isLossy ? 60 : 2))));
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', `TIMEFORMAT='%U %R'; time ./pan -m${Math.max(Math.ceil(STACK * states), 10_000)} -w${width}`],
      { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    if (stdout.includes('max search depth too small'))
      throw new Error(`${one.name}: SPIN's stack was too small`);
    const number = (pattern: RegExp) => Number(pattern.exec(stdout)?.[1] ?? Number.NaN);
    const [seconds, wall] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
    return {
      states: number(/([\de.+]+) states, stored/),
      transitions: number(/([\de.+]+) transitions/) - 1,
      seconds: seconds ?? Number.NaN,
      wall: wall ?? Number.NaN,
      bytes: number(/([\d.]+)\s+total actual memory usage/) * 1024 * 1024,
    };
  });
}

/** None where SPIN or gcc is not installed. */
export function spinEngines(): Engine[] {
  if (!['spin', 'gcc'].every((program) => realShell.has(program))) return [];
  return MODES.map((mode) => ({
    name: mode.name,
    ...(mode.isLossy ? { isLossy: true } : {}),
    // Depth first is the yardstick, so it is asked more often than the others before it takes minutes too.
    onceFrom: mode.flags.length === 0 ? 10_000_000 : 2_000_000,
    takes: (_, states) => states <= mode.most,
    run: (one, states) => run(one, mode, states),
  }));
}
