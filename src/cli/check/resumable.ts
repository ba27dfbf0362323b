/**
 * What a check leaves behind so that it can go on: `resume/` in its folder, with what was asked and which searches are done
 * (run.json), and a checkpoint for each search that was under way.
 */
import { fail, ok, type Result } from '../../core/result.ts';
import { closureText } from '../closure.ts';
import type { Io } from '../io.ts';
import type { CheckFlags } from './check-flags.ts';
import type { Task, TaskOutcome } from './task.ts';

/** A file of ours alone: another build refuses it, so it has no published schema. */
const SCHEMA = 'ballast-resume 1';

/** Plain data. */
interface Manifest {
  readonly schema: string;
  /** Of which program. */
  readonly build: string;
  readonly flags: CheckFlags;
  /** Outcomes by the number of their task. */
  readonly done: Readonly<Record<number, TaskOutcome>>;
}

/** A check that can go on. */
export interface Interrupted {
  /** Of the check: <out>/<id>. */
  readonly folder: string;
  readonly flags: CheckFlags;
  readonly done: Readonly<Record<number, TaskOutcome>>;
}

export class Resumable {
  private readonly io: Io;
  private readonly check: Omit<Interrupted, 'done'>;
  private readonly everyMs: number | undefined;
  private readonly build: string;
  private done: Readonly<Record<number, TaskOutcome>>;

  /** `everyMs`: how often searches write a checkpoint; undefined: only when they are interrupted. */
  constructor(io: Io, { folder, flags, done }: Interrupted, everyMs: number | undefined) {
    this.io = io;
    this.check = { folder, flags };
    this.done = done;
    this.everyMs = everyMs;
    this.build = buildWith(io, flags);
  }

  /** The command that goes on. */
  get command(): string {
    const { folder, flags } = this.check;
    const at = folder.lastIndexOf('/');
    const out = folder.slice(0, at);
    const { models = [] } = flags;
    return [
      `ballast resume ${folder.slice(at + 1)}`,
      ...(out === 'reports/generated' ? [] : [`--out ${out}`]),
      ...(models.length === 0 ? [] : [`--models ${models.join(' ')}`]),
    ].join(' ');
  }

  /** Before the first search: from now on the check survives being killed. */
  begin(): void {
    this.io.files.makeFolder(this.folder);
    if (this.everyMs !== undefined) this.save();
  }

  /** What the search needs to keep itself. */
  task(task: Task, number: number): Task {
    const { everyMs } = this;
    const file = `${this.folder}/${number}.checkpoint`;
    const every = everyMs === undefined ? {} : { everyMs };
    return { ...task, checkpoint: { file, build: this.build, ...every } };
  }

  outcomeOf(number: number): TaskOutcome | undefined {
    return this.done[number];
  }

  /** A search that was interrupted is not done. */
  finished(number: number, outcome: TaskOutcome): void {
    if (outcome.ok && outcome.value.search.limit === 'interrupted') return;
    this.done = { ...this.done, [number]: outcome };
    if (this.everyMs !== undefined) this.save();
  }

  /** After the last search. */
  end(interrupted: boolean): void {
    if (interrupted) this.save();
    else this.io.files.remove(this.folder);
  }

  private get folder(): string {
    return `${this.check.folder}/resume`;
  }

  private save(): void {
    const manifest: Manifest = {
      schema: SCHEMA,
      build: this.build,
      flags: this.check.flags,
      done: this.done,
    };
    this.io.files.replace(`${this.folder}/run.json`, JSON.stringify(manifest));
  }
}

/** The program, and what it was given from outside with all that this imports. */
const buildWith = (io: Io, { models = [] }: CheckFlags): string =>
  `${io.build()}\n${closureText(models, io.files)}`;

/** Problems: NOTHING_TO_RESUME, CHECKPOINT_OLD, CHECKPOINT_BROKEN, CHECKPOINT_OTHER. */
export function findInterrupted(io: Io, out: string, id: string | undefined): Result<Interrupted> {
  const file = (name: string): string => `${out}/${name}/resume/run.json`;
  const ids = io.files
    .list(out)
    .filter((name) => name.startsWith('check-') && io.files.exists(file(name)))
    .sort();
  const name = id ?? ids.at(-1);
  if (name === undefined || !ids.includes(name))
    return fail({
      code: 'NOTHING_TO_RESUME',
      message: id === undefined ? `no check in ${out} was interrupted` : `${id} was not interrupted`,
      ...(ids.length === 0 ? {} : { expected: ids.join(' or ') }),
    });
  const where = { file: file(name), line: 1 };
  const manifest = parsed(io.files.read(file(name)));
  if (manifest === undefined)
    return fail({ code: 'CHECKPOINT_BROKEN', message: `${where.file} cannot be read`, where });
  if (manifest.schema !== SCHEMA)
    return fail({ code: 'CHECKPOINT_OLD', message: 'it is of another version', where, expected: SCHEMA });
  if (manifest.build !== buildWith(io, manifest.flags))
    return fail({ code: 'CHECKPOINT_OTHER', message: 'it was interrupted in another build', where });
  return ok({ folder: `${out}/${name}`, flags: manifest.flags, done: manifest.done });
}

function parsed(text: string): Manifest | undefined {
  try {
    const { schema = '', build = '', flags, done } = JSON.parse(text) as Partial<Manifest>;
    return flags === undefined || done === undefined ? undefined : { schema, build, flags, done };
  } catch {
    return undefined;
  }
}
