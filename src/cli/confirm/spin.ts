/**
 * SPIN asked the same question: how many states and transitions, and which properties are broken.
 * It exits with 0 on a violation, so its words are read, not its code.
 */
import type { Watch } from '../../compose/observation.ts';
import { exportPromela, TABLE_ENDS, TABLES } from '../../export/promela.ts';
import { isExportable } from '../../export/watches.ts';
import type { FilledProduct } from '../../export/whole.ts';
import type { Shell } from '../shell.ts';

export interface Asked {
  readonly id: string;
  readonly watch: Watch;
  /** What our own search said. */
  readonly isViolated: boolean;
}

export interface SpinAnswer {
  /** As SPIN calls itself. */
  readonly version: string;
  readonly states: number;
  readonly transitions: number;
  /** SPIN came to where a table that was written in part ends: it goes on where our search did not. */
  readonly tableEnds: boolean;
  /** Whether all that we say hold, hold for SPIN. */
  readonly othersHold: boolean;
  /** Of those that we say are violated: whether SPIN finds a violation. */
  readonly violated: Readonly<Record<string, boolean>>;
  /** Not asked: SPIN cannot judge them. */
  readonly unasked: readonly string[];
}

export const SPIN_NEEDS = ['spin', 'gcc'] as const;

/** Depth of the search stack at first; it is made larger when SPIN says that it was too small. */
const DEPTH = 1_000_000;
const DEPTH_MAX = 64_000_000;
/** 2^26 slots of the hash table: room for the largest scopes of the catalog. */
const SLOTS = 26;

export function askSpin(
  product: FilledProduct,
  title: string,
  asked: readonly Asked[],
  shell: Shell,
): SpinAnswer {
  const exportable = asked.filter(({ watch }) => isExportable(watch));
  const all = exportable.flatMap(({ isViolated }, at) => (isViolated ? [] : [at]));
  const { model, tables } = exportPromela(product, {
    title,
    watches: exportable.map(({ watch }) => watch),
    all,
  });
  return shell.inFolder({ 'product.pml': model, [TABLES]: tables }, (folder) => {
    const version = /Version ([\d.]+)/.exec(shell.run('spin', ['-V'], folder))?.[1] ?? 'unknown';
    const generated = shell.run('spin', ['-a', 'product.pml'], folder);
    const whole = verify(['-DWATCH_ALL'], folder, shell, generated);
    const violated = Object.fromEntries(
      exportable.flatMap(({ id, isViolated }, at) =>
        isViolated ? [[id, isBroken(verify([`-DWATCH=${at}`], folder, shell, generated))] as const] : [],
      ),
    );
    return {
      version,
      states: whole.states,
      transitions: whole.transitions,
      tableEnds: whole.tableEnds,
      othersHold: whole.errors === 0,
      violated,
      unasked: asked.filter(({ watch }) => !isExportable(watch)).map(({ id }) => id),
    };
  });
}

interface Verified {
  readonly states: number;
  readonly transitions: number;
  readonly errors: number;
  /** The error is of a table, not of a watch. */
  readonly tableEnds: boolean;
}

const isBroken = ({ errors, tableEnds }: Verified): boolean => errors > 0 && !tableEnds;

function verify(flags: readonly string[], folder: string, shell: Shell, generated: string): Verified {
  const compiled = shell.run(
    'gcc',
    ['-O2', '-w', '-DSAFETY', '-DNOREDUCE', ...flags, '-o', 'pan', 'pan.c'],
    folder,
  );
  for (let depth = DEPTH; depth <= DEPTH_MAX; depth *= 4) {
    const said = shell.run('./pan', [`-m${depth}`, `-w${SLOTS}`], folder);
    const number = (pattern: RegExp) => Number(pattern.exec(said)?.[1] ?? Number.NaN);
    const errors = number(/errors: (\d+)/);
    if (Number.isNaN(errors))
      throw new Error(`SPIN gave no answer: ${generated}${compiled}${said}`.slice(0, 2000));
    if (errors === 0 && said.includes('max search depth too small')) continue;
    // SPIN counts the step into the initial state as a transition.
    return {
      states: number(/([\de.+]+) states, stored/),
      transitions: number(/([\de.+]+) transitions/) - 1,
      errors,
      tableEnds: said.includes(TABLE_ENDS),
    };
  }
  throw new Error(`SPIN needs a search stack of more than ${DEPTH_MAX}`);
}
