/**
 * What makes a log unclear without making it wrong.
 */
import type { Problem } from '../core/result.ts';
import type { CallRecord } from '../logs/records.ts';
import { unmodelled } from './counters.ts';

/** So many doubts of a kind are told one by one. */
const DOUBTS_MAX = 20;
const TASKS_MAX = 4096;
/** Calls of actors that have no chart in these variants. */
const UNMODELLED = ['alloc_ballooned', 'free_ballooned', 'remove', 'try_remove'];

export class Doubts {
  /** Why the verdict can be no better than ambiguous. */
  readonly all: Problem[] = [];
  private readonly thread: string;
  /** Tasks that left a record since the last gap. */
  private readonly tasks = new Set<number>();

  /** `thread`: the driver's own task. */
  constructor(thread: string) {
    this.thread = thread;
  }

  add({ where, ...rest }: Problem): void {
    const same = this.all.filter(({ code }) => code === rest.code).length;
    if (same >= DOUBTS_MAX) return;
    this.all.push(where === undefined ? rest : { ...rest, where: { file: where.file, line: where.line } });
  }

  /** Records may be missing here: of no task is it known what it is in the middle of. */
  gap(): void {
    this.tasks.clear();
  }

  /** `isLossy`: the log has said that records were lost. */
  question(record: CallRecord, isLossy: boolean): void {
    const doubt = (code: string, message: string) => this.add({ code, message, where: record });
    if (record.kind === 'return' && !this.tasks.has(record.pid) && !isLossy)
      doubt('LOG_CUT_CALL', 'a call returns whose entry is not in this file');
    if (record.event === 'notify_ret' && record.fields['ret'] === 0)
      doubt(
        'LOG_UNSEEN_RETURN',
        'a notifier after the balloon driver answered NOTIFY_DONE; no log seen so far has that',
      );
    const foreign =
      UNMODELLED.includes(record.event) || (record.event === 'additional' && record.task !== this.thread);
    if (foreign)
      doubt('LOG_UNMODELLED', `${record.event} by ${record.task}: the charts have no such actor yet`);
    const counters = record.globals === undefined ? [] : unmodelled(record.globals);
    if (counters.length > 0 && !this.all.some(({ code }) => code === 'LOG_UNMODELLED'))
      doubt('LOG_UNMODELLED', `${counters.join(' and ')} is not 0: the charts do not count that yet`);
    this.tasks.add(record.pid);
    if (this.tasks.size > TASKS_MAX) this.tasks.delete(this.tasks.values().next().value ?? record.pid);
  }
}
