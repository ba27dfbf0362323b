/**
 * `--models FILE…`: variants, mutants and properties from outside the tree. Every export of the module that `define…` made counts.
 * They are admitted before a verb begins, here and in each thread that it starts.
 */
import { existsSync } from 'node:fs';
import { createJiti } from 'jiti';
import { admit } from '../api/admit.ts';
import type { Definition } from '../api/define.ts';
import { expectOk, fail, type Problem, type Result } from '../core/result.ts';
import * as library from '../index.ts';

const loaded: string[] = [];

interface WorkerStart {
  readonly flag: Int32Array<SharedArrayBuffer>;
  readonly models: readonly string[];
}

/** What a new thread is told: the flag that stops it, and what was loaded here. */
export const workerStart = (flag: WorkerStart['flag']): WorkerStart => ({ flag, models: loaded });

/** Loads in a new thread what `workerStart` named; returns the flag. */
export async function startWorker(data: unknown): Promise<WorkerStart['flag']> {
  const { flag, models } = data as WorkerStart;
  if (models.length > 0) expectOk(await loadModels(models), 'the main thread has loaded it');
  return flag;
}

/** MODELS_UNREADABLE (with what the module threw), MODELS_EMPTY, and what `admit` says. Loads with types or without. */
export async function loadModels(paths: readonly string[]): Promise<Result<readonly Definition[]>> {
  const jiti = createJiti(import.meta.url, { virtualModules: { ballast: library }, moduleCache: false });
  const problems: Problem[] = [];
  const found: Definition[] = [];
  for (const path of paths) {
    if (!existsSync(path)) {
      problems.push({ code: 'MODELS_UNREADABLE', message: `there is no file ${path}` });
      continue;
    }
    try {
      const definitions = definitionsOf(await jiti.import(path));
      if (definitions.length === 0)
        problems.push({
          code: 'MODELS_EMPTY',
          message: `${path} exports nothing to add`,
          expected: 'exports made by defineVariant, defineMutant or defineProperty',
        });
      found.push(...definitions);
    } catch (error) {
      problems.push({
        code: 'MODELS_UNREADABLE',
        message: `cannot load ${path}: ${thrownText(error, path)}`,
      });
    }
  }
  if (problems.length > 0) return fail(...problems);
  const admitted = admit(found);
  if (!admitted.ok)
    return fail(
      ...admitted.problems.map((one) => ({ ...one, message: `${paths.join(', ')}: ${one.message}` })),
    );
  loaded.push(...paths);
  return admitted;
}

/** What a module threw, and in which of its own lines; the place of a syntax error is in the message. */
function thrownText(error: unknown, path: string): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message.replace(/\s*\n\s*/g, ' ').trim();
  if (message.includes(`${path}:`)) return message;
  const at = error.stack?.split(`${path}:`)[1]?.match(/^\d+/)?.[0];
  return at === undefined ? message : `${message} (line ${at})`;
}

const KINDS: readonly unknown[] = ['variant', 'mutant', 'property'];

function definitionsOf(module: unknown): Definition[] {
  if (typeof module !== 'object' || module === null) return [];
  return Object.values(module).filter(
    (one): one is Definition =>
      typeof one === 'object' && one !== null && 'kind' in one && KINDS.includes(one.kind),
  );
}
