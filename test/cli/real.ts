/** The real process, run in the folder where it was compiled. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

type Kill = (signal: NodeJS.Signals) => void;

/** `when` is called with all of stderr each time there is more of it; `started` once. */
export type Ballast = (
  argv: readonly string[],
  when?: (err: string, kill: Kill) => void,
  started?: (kill: Kill) => void,
) => Promise<Ended>;

export const ballastIn =
  (home: string): Ballast =>
  (argv, when, started) => {
    const child = spawn(process.execPath, [join(home, 'build/src/cli/main.js'), ...argv], {
      cwd: home,
      env: { ...process.env, XDG_CACHE_HOME: join(home, 'cache') },
    });
    const kill: Kill = (signal) => child.kill(signal);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
      when?.(err, kill);
    });
    started?.(kill);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, out, err }));
    });
  };
