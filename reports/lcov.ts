/**
 * Coverage as an lcov tracefile (geninfo(1)): states are functions, outcomes of guards are branches.
 */
import type { CoveredFile } from '../src/coverage/lines.ts';

/** Paths in `files` must be relative to where the tool that reads this looks for sources. */
export function renderLcov(files: readonly CoveredFile[], test: string): string {
  return files.map((file) => recordOf(file, test)).join('');
}

function recordOf({ file, lines, states }: CoveredFile, test: string): string {
  const branches = lines.flatMap(({ line, hits, branches: choices }) =>
    choices.flatMap((choice, block) =>
      // `-` where the line itself was never reached, as geninfo writes it.
      choice.map((branch, at) => ({
        line,
        block,
        at,
        taken: hits === 0 ? '-' : String(branch.hits),
        hits: branch.hits,
      })),
    ),
  );
  return [
    `TN:${test.replace(/[^A-Za-z0-9_]+/g, '_')}`,
    `SF:${file}`,
    ...states.map(({ line, name }) => `FN:${line},${name}`),
    ...states.map(({ name, hits }) => `FNDA:${hits},${name}`),
    `FNF:${states.length}`,
    `FNH:${states.filter(({ hits }) => hits > 0).length}`,
    ...branches.map(({ line, block, at, taken }) => `BRDA:${line},${block},${at},${taken}`),
    `BRF:${branches.length}`,
    `BRH:${branches.filter(({ hits }) => hits > 0).length}`,
    ...lines.map(({ line, hits }) => `DA:${line},${hits}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(({ hits }) => hits > 0).length}`,
    'end_of_record',
    '',
  ].join('\n');
}
