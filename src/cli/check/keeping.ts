/**
 * A search that keeps itself in a file while it runs, and goes on from one that is there.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { ok, type Result } from '../../core/result.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';
import type { Task, TaskHooks } from './task.ts';

/** What makes a search the same: not how long it may run, or where it keeps itself. */
const nameOf = ({ variant, form, scope, properties }: Task): string =>
  JSON.stringify([variant, form, scope, properties]);

/**
 * Fails where the file there cannot be gone on from. `unkept` is told once, the first time that a checkpoint cannot be written
 * (a full disk); the one before stays, and the search goes on.
 */
export function keepingOf(
  task: Task,
  clock: () => number,
  unkept: (message: string) => void,
): Result<Pick<TaskHooks, 'keeping'>> {
  const { checkpoint } = task;
  if (checkpoint === undefined) return ok({});
  const { file, build, everyMs = Number.POSITIVE_INFINITY } = checkpoint;
  const before = existsSync(file) ? readCheckpoint(file, build, nameOf(task)) : undefined;
  if (before !== undefined && !before.ok) return before;
  let last = clock();
  let wasTold = false;
  return ok({
    keeping: {
      ...(before === undefined ? {} : { resume: before.value }),
      checkpoint: {
        isDue: () => clock() - last >= everyMs,
        keep: (snapshot) => {
          try {
            mkdirSync(dirname(file), { recursive: true });
            writeCheckpoint(file, build, nameOf(task), snapshot);
          } catch (error) {
            if (!wasTold) unkept(error instanceof Error ? error.message : String(error));
            wasTold = true;
          }
          last = clock();
        },
      },
    },
  });
}
