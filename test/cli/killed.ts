/** Killing the real process again and again. */
import type { CheckReport } from '../../src/core/run-report.ts';
import type { Ballast, Ended } from './real.ts';

/** All that must not depend on interruptions. */
export function countsOf(json: string): unknown {
  const { searches, cases } = JSON.parse(json) as CheckReport;
  return {
    searches: searches.map(({ states, transitions, depth, limit }) => ({
      states,
      transitions,
      depth,
      limit,
    })),
    cases: cases.map(({ property, verdict }) => ({ property, verdict })),
  };
}

/**
 * Starts the check, kills it after so many milliseconds, goes on, kills it again after the next …, and then lets it end. Where it was
 * killed before it had begun it is started again.
 */
export async function killedAt(
  moments: readonly number[],
  check: readonly string[],
  out: string,
  ballast: Ballast,
): Promise<{ readonly kills: number; readonly ended: Ended }> {
  const start = [...check, '--checkpoint', '100ms', '--out', out];
  let next = start;
  let kills = 0;
  for (const moment of moments) {
    const ended = await ballast(next, undefined, (kill) => {
      setTimeout(() => kill('SIGKILL'), moment);
    });
    if (ended.code === 65) next = start;
    else if (ended.code !== null) return { kills, ended };
    else {
      kills++;
      next = ['resume', '--out', out];
    }
  }
  const ended = await ballast(next);
  return { kills, ended: ended.code === 65 ? await ballast(start) : ended };
}
