/**
 * One search as plain data, so that it can go to another thread, and how to run it.
 */

import { readPatch } from '../../../models/choices.ts';
import { formOf } from '../../../models/forms/all.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { variants } from '../../../models/variants/all.ts';
import { everyProperty, foreignProperties, onRequest } from '../../../properties/all.ts';
import type { SearchExpectation } from '../../../properties/expectation.ts';
import { findings } from '../../../properties/findings.ts';
import { ledgerLines } from '../../../properties/ledger.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import type { Story } from '../../../reports/run-report.ts';
import { runSearch, type SearchOutcome } from '../../check/run-search.ts';
import type { Model } from '../../core/chart.ts';
import { expectOk, fail, ok, type Result } from '../../core/result.ts';
import type { Limit } from '../../core/verdict.ts';
import type { Progress, SearchOptions } from '../../search/search.ts';
import { unknownId } from '../suggest.ts';
import { type AnswersPlace, keptAnswers } from './answers-file.ts';

export interface Task {
  /** Id of a variant or of a mutant. */
  readonly variant: string;
  /** Id of a guest form in which the variant exists. */
  readonly form: string;
  readonly scope: Scope;
  /** Ids. */
  readonly properties: readonly string[];
  readonly expectation?: SearchExpectation;
  readonly statesMax?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly threads?: number;
  /** Plain by default. */
  readonly engine?: 'auto' | 'plain' | 'block';
  /** For blocks: variables that are inner; measured where not given. */
  readonly split?: readonly string[];
  /** Keep one of the states that are the same but for the names of sections. */
  readonly symmetry?: boolean;
  /** Milliseconds since 1970. */
  readonly deadline?: number;
  readonly checkpoint?: CheckpointTask;
  readonly answers?: AnswersPlace;
}

/** Where a search keeps itself, for this build only; how often, or only when it is interrupted. */
export interface CheckpointTask {
  readonly file: string;
  readonly build: string;
  readonly everyMs?: number;
}

export interface TaskHooks {
  readonly clock: () => number;
  readonly now: () => number;
  readonly stop: () => Limit | undefined;
  readonly onProgress: (progress: Progress) => void;
  /** To go on from a snapshot, and to take some. */
  readonly keeping?: Pick<SearchOptions, 'checkpoint' | 'resume'>;
}

export type TaskOutcome = Result<SearchOutcome>;

/** Everything with an id of its own: variants first, then mutants. */
const named = (): readonly Protocol[] => [...variants, ...mutants.map(({ protocol }) => protocol)];

/** A variant, a mutant, or either with fields changed (`v3+callback=testP2m`); all that is wrong with the name at once. */
export function findProtocol(id: string): Result<Protocol> {
  if (id.includes('+')) return readPatch(id, named());
  const found = named().find((protocol) => protocol.id === id);
  return found === undefined
    ? fail(
        unknownId(
          'variant',
          id,
          variants.map((variant) => variant.id),
        ),
      )
    : ok(found);
}

export function protocolOf(id: string): Protocol | undefined {
  const found = findProtocol(id);
  return found.ok ? found.value : undefined;
}

/** Findings of the catalog, and for each mutant the bug that was planted. */
export const stories = (): readonly Story[] => [
  ...findings,
  ...mutants.map(({ id, base, protocol, reference }) => ({
    id,
    title: protocol.summary,
    story: `A bug planted in ${base.id}: ${protocol.summary}. It stands for: ${reference}.`,
  })),
];

/** The charts and the alphabet of a task that was planned: its variant exists in its form. */
export const modelOf = (task: Pick<Task, 'variant' | 'form' | 'scope'>): Model =>
  guestModel(...inputsOf(task));

/** All that its charts and its alphabet are made from. */
function inputsOf({ variant, form, scope }: Pick<Task, 'variant' | 'form' | 'scope'>) {
  const protocol = expectOk(findProtocol(variant), 'it was planned');
  return [protocol, expectOk(formOf(form, protocol), 'it was planned'), scope] as const;
}

/** Judged because somebody asks, though no row expects it. */
const notRequested = ({ expectation }: Task): readonly string[] =>
  onRequest.map(({ id }) => id).filter((id) => expectation?.onRequest?.[id] === undefined);

/** A search that is to outlive a kill is one of plain states. */
const engineOf = ({ checkpoint, engine = 'plain' }: Task) =>
  engine === 'auto' && checkpoint?.everyMs !== undefined ? 'plain' : engine;

export function runTask(task: Task, hooks: TaskHooks): TaskOutcome {
  const { deadline } = task;
  const isLate = (): boolean => deadline !== undefined && hooks.now() > deadline;
  return runSearch(
    {
      variant: task.variant,
      form: task.form,
      scope: task.scope,
      model: modelOf(task),
      properties: everyProperty().filter(({ id }) => task.properties.includes(id)),
      unforeseen: [...foreignProperties(), ...notRequested(task)],
      ledger: ledgerLines,
      clock: hooks.clock,
      ...(task.answers === undefined ? {} : { answers: keptAnswers(task.answers, inputsOf(task)) }),
      ...(task.expectation === undefined ? {} : { expectation: task.expectation }),
    },
    {
      stop: () => hooks.stop() ?? (isLate() ? 'time' : undefined),
      onProgress: hooks.onProgress,
      // Blocks keep no checkpoints: interrupted, they begin again.
      ...(task.engine === 'block' ? {} : hooks.keeping),
      ...(task.engine === undefined ? {} : { engine: engineOf(task) }),
      ...(task.split === undefined ? {} : { split: task.split }),
      ...(task.symmetry === undefined ? {} : { symmetry: task.symmetry }),
      ...(task.statesMax === undefined ? {} : { statesMax: task.statesMax }),
      ...(task.memory === undefined ? {} : { memory: task.memory }),
      ...(task.threads === undefined ? {} : { threads: task.threads }),
    },
  );
}
