/**
 * Progress on stderr: one line that is rewritten each second on a terminal, otherwise a line every ten seconds.
 */
import { searchName } from '../../reports/run-report.ts';
import { thousands } from '../../reports/style.ts';
import type { Progress } from '../search/search.ts';
import type { Task, TaskOutcome } from './check/task.ts';
import type { Io } from './io.ts';

export type ProgressMode = 'auto' | 'line' | 'none';

const TERMINAL_EVERY_MS = 1000;
const LINE_EVERY_MS = 10_000;
const MIB = 1024 * 1024;
const CLEAR = '\r\u001b[K';

export class ProgressLine {
  private readonly io: Io;
  private readonly tasks: readonly Task[];
  private readonly rewrites: boolean;
  private readonly silent: boolean;
  private readonly running = new Map<number, { readonly since: number; progress: Progress }>();
  private last: number;

  constructor(io: Io, tasks: readonly Task[], mode: ProgressMode) {
    this.io = io;
    this.tasks = tasks;
    this.silent = mode === 'none';
    this.rewrites = mode === 'auto' && io.errIsTerminal;
    this.last = io.clock();
  }

  update(task: number, progress: Progress): void {
    const known = this.running.get(task);
    if (known === undefined) this.running.set(task, { since: this.io.clock(), progress });
    else known.progress = progress;
    const now = this.io.clock();
    if (this.silent || now - this.last < (this.rewrites ? TERMINAL_EVERY_MS : LINE_EVERY_MS)) return;
    this.last = now;
    const texts = [...this.running].map(([at, { since, progress: of }]) => this.text(at, of, now - since));
    if (this.rewrites) this.io.err(`${CLEAR}${texts.join('   ').slice(0, this.io.width - 1)}`);
    else this.io.err(texts.map((text) => `${text}\n`).join(''));
  }

  /** A line that stays, for each search that ends. */
  done(task: number, outcome: TaskOutcome): void {
    this.running.delete(task);
    if (this.silent) return;
    if (this.rewrites) this.io.err(CLEAR);
    if (!outcome.ok) return;
    const { search } = outcome.value;
    const end = search.limit === undefined ? '' : `, bounded: ${search.limit}`;
    this.io.err(
      `${this.name(task)}  ${thousands(search.states)} states, ${thousands(search.transitions)} transitions, depth ${search.depth}, ${search.seconds.toFixed(1)} s${end}\n`,
    );
  }

  private name(task: number): string {
    const of = this.tasks[task];
    const names = this.tasks.map((one) => searchName({ ...one, scope: one.scope.name }));
    const width = Math.max(...names.map((name) => name.length));
    return of === undefined ? '' : (names[task] ?? '').padEnd(width);
  }

  private text(
    task: number,
    { states, expanded, transitions, depth, bytes, outers }: Progress,
    elapsed: number,
  ): string {
    const its = this.name(task).trimEnd();
    const memory = `${Math.round(bytes / MIB)} MiB`;
    if (outers !== undefined && states === 0)
      return `${its} ${thousands(outers.found)} outer states found · ${memory}`;
    return [
      `${its} depth ${depth}`,
      `${thousands(states)} states`,
      `${thousands(states - expanded)} to expand`,
      ...(outers === undefined
        ? []
        : [`in ${thousands(outers.active)} of ${thousands(outers.found)} outer states`]),
      ...(transitions === undefined ? [] : [`${thousands(transitions)} transitions`]),
      ...(elapsed <= 0 ? [] : [`${thousands(Math.round(expanded / elapsed))}k/s`]),
      memory,
    ].join(' · ');
  }
}
