/**
 * Other programs: found, run, and given a folder of their own. Foreign exit codes are not trusted; callers read what was printed.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Shell {
  /** Whether a program of this name can be run. */
  readonly has: (program: string) => boolean;
  /** Runs it to its end; everything it printed. Throws if it cannot be started or is killed. */
  readonly run: (program: string, args: readonly string[], folder: string) => string;
  /** Makes a folder with these files, hands it over, removes it. */
  readonly inFolder: <T>(files: Readonly<Record<string, string>>, act: (folder: string) => T) => T;
}

const OUTPUT_MAX = 64 * 1024 * 1024;

export const realShell: Shell = {
  has: (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0,
  run: (program, args, folder) => {
    const done = spawnSync(program, args, { cwd: folder, encoding: 'utf8', maxBuffer: OUTPUT_MAX });
    if (done.error !== undefined) throw done.error;
    if (done.signal !== null) throw new Error(`${program} was ended by ${done.signal}`);
    return done.stdout + done.stderr;
  },
  inFolder: (files, act) => {
    const folder = mkdtempSync(join(tmpdir(), 'ballast-'));
    try {
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return act(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
