/**
 * Call discipline of a trace: per task, entries and returns nest as the kernel's calls do, in the order of the code,
 * with arguments and return values that fit together. Counters are not looked at here, except where a call's arguments
 * are computed from them.
 *
 * Codes: NEST_PARENT an entry inside a call that does not make it · NEST_RETURN a return of a call that is not the
 * innermost open one · NEST_ORDER a call or return too early, too late or missing · NEST_VALUE an impossible return
 * value · NEST_ARGUMENT arguments that contradict each other · NEST_MARK user space wrote a mark inside a kernel call.
 */
import type { Problem } from '../core/result.ts';
import { checkArguments, checkCoverage, type Surroundings } from './call-arguments.ts';
import { checkResult } from './call-results.ts';
import { checkEnd, checkStep, type IsTraced, takeStep } from './call-scripts.ts';
import { argument, type Call, type Clash, isVeto } from './calls.ts';
import { type Caller, DRIVER_TASK, probeOf, TOP, type TracedFunction } from './probes.ts';
import type { CallRecord, MarkRecord, TraceItem } from './records.ts';
import { checkReturnValue } from './return-values.ts';

export interface NestingOptions {
  /** Names of the probes that were set, if fewer than the table's: records of others are passed over, and what was not traced is not missed. */
  readonly traced?: ReadonlySet<string>;
}

/** So many tasks are kept apart; of those that have been silent longest, only that they exist is forgotten. */
const TASKS_MAX = 4096;

/** What is known of one task. */
interface Task {
  /** Open calls whose entry was seen, outermost first. */
  readonly stack: Call[];
  /** Which calls may be open below the stack; undefined right after a gap: any. */
  floor: readonly Caller[] | undefined;
}

/**
 * Feed it every item of a run in order, files one after the other. A gap forgets all open calls; after a violation the
 * task starts afresh, so that one fault is not reported many times.
 */
export class Nesting {
  readonly #isTraced: IsTraced;
  readonly #tasks = new Map<string, Task>();
  /** What `memory_notify` last returned for an action, unless it was a veto. */
  readonly #answers = new Map<number, number>();
  #targetWrites = 0;
  /** Tasks inside `balloon_set_new_target`: meanwhile the target may change at any moment. */
  readonly #setters = new Set<string>();

  constructor(options: NestingOptions = {}) {
    const { traced } = options;
    this.#isTraced = traced === undefined ? () => true : (probe) => traced.has(probe);
  }

  /** What is wrong with this item, given all before; empty if nothing. */
  accept(item: TraceItem): readonly Problem[] {
    switch (item.kind) {
      case 'gap':
        this.#tasks.clear();
        this.#setters.clear();
        return [];
      case 'entry':
      case 'return':
      case 'mark': {
        const clash = this.#step(item);
        if (clash === undefined) return [];
        this.#tasks.delete(taskKey(item));
        return [{ ...clash, where: { file: item.file, line: item.line } }];
      }
      default:
        return [];
    }
  }

  #step(record: CallRecord | MarkRecord): Clash | undefined {
    const key = taskKey(record);
    const task = this.#tasks.get(key) ?? { stack: [], floor: undefined };
    // The newest last, so that the first is the one to forget.
    this.#tasks.delete(key);
    this.#tasks.set(key, task);
    if (this.#tasks.size > TASKS_MAX) this.#tasks.delete(this.#tasks.keys().next().value ?? key);
    if (record.kind === 'mark') return mark(task);
    const traced = probeOf(record.event)?.of;
    if (traced === undefined || !this.#isTraced(traced.probe)) return undefined;
    if (traced.probe === 'set_target') {
      this.#targetWrites += 1;
      if (record.kind === 'entry') this.#setters.add(key);
      else this.#setters.delete(key);
    }
    return record.kind === 'entry' ? this.#enter(task, record, traced) : this.#leave(task, record, traced);
  }

  /** NaN, which equals nothing, while a target is being set. */
  get #seen(): Surroundings {
    return { targetWrites: this.#setters.size > 0 ? Number.NaN : this.#targetWrites };
  }

  #enter(task: Task, entry: CallRecord, traced: TracedFunction): Clash | undefined {
    const parent = task.stack.at(-1);
    const call: Call = {
      traced,
      entry,
      parent,
      inner: [],
      state: 'start',
      ret: undefined,
      ...this.#seen,
    };
    const clash =
      parent === undefined
        ? enterFloor(task, entry, traced, this.#isTraced)
        : enterCall(parent, call, this.#isTraced);
    if (clash !== undefined) return clash;
    const odd = checkArguments(call, this.#seen) ?? this.#coverage(call);
    if (odd !== undefined) return odd;
    if (traced.returns !== undefined) task.stack.push(call);
    else return finish(call, this.#isTraced);
    return undefined;
  }

  #coverage(call: Call): Clash | undefined {
    return call.traced.probe === 'notify' && this.#isTraced('xen_online_page')
      ? checkCoverage(call)
      : undefined;
  }

  #leave(task: Task, record: CallRecord, traced: TracedFunction): Clash | undefined {
    const ret = record.fields['ret'] ?? Number.NaN;
    const call = task.stack.pop();
    const clash = call === undefined ? leaveFloor(task, traced) : expectInnermost(call, traced);
    if (clash !== undefined) return clash;
    const odd = checkReturnValue(traced, ret);
    if (odd !== undefined || call === undefined) return odd;
    call.ret = ret;
    return (
      checkEnd(call, ret, this.#isTraced) ??
      checkResult(call, ret, this.#seen, this.#isTraced) ??
      this.#answer(call, ret) ??
      finish(call, this.#isTraced)
    );
  }

  /** The last notifier of the chain answers for it, and answers the same action alike as long as nobody objects. */
  #answer(call: Call, ret: number): Clash | undefined {
    if (call.traced.probe !== 'notify' || isVeto(ret)) return undefined;
    const action = argument(call, 'action');
    const before = this.#answers.get(action) ?? ret;
    this.#answers.set(action, before);
    if (before === ret) return undefined;
    const message = 'the notifier chain answered this action differently before';
    return { code: 'NEST_VALUE', message, expected: `${before}`, got: `${ret}` };
  }
}

/** Tasks are told apart by pid, which survives a change of name; the idle tasks share pid 0. */
const taskKey = (record: CallRecord | MarkRecord): string =>
  record.pid === 0 ? `0/${record.cpu}` : `${record.pid}`;

/** An entry where no open call was seen: legal if one that may be open makes it. */
function enterFloor(
  task: Task,
  entry: CallRecord,
  traced: TracedFunction,
  isTraced: IsTraced,
): Clash | undefined {
  const { floor } = task;
  if (isUnseen(traced, isTraced)) return undefined;
  const isDrivers = traced.alsoOthers === true && entry.task === DRIVER_TASK;
  const possible = traced.callers.filter(
    (caller) => (floor === undefined || floor.includes(caller)) && !(isDrivers && caller === TOP),
  );
  if (possible.length === 0) return parentClash(traced, floor ?? []);
  task.floor = possible;
  return undefined;
}

function enterCall(parent: Call, call: Call, isTraced: IsTraced): Clash | undefined {
  if (!isCaller(parent, call))
    return isUnseen(call.traced, isTraced) ? undefined : parentClash(call.traced, [parent.traced.probe]);
  return call.traced.optional ? undefined : checkStep(parent, call, isTraced);
}

const isCaller = (parent: Call, { traced }: Call): boolean => traced.callers.includes(parent.traced.probe);
/** Its caller may be one whose probe was not set. */
const isUnseen = ({ callers }: TracedFunction, isTraced: IsTraced): boolean =>
  callers.some((caller) => caller !== TOP && !isTraced(caller));

const parentClash = (traced: TracedFunction, got: readonly Caller[]): Clash => ({
  code: 'NEST_PARENT',
  message: `${traced.traces} is entered where nothing calls it`,
  expected: `inside ${traced.callers.join(' or ')}`,
  got: `inside ${got.join(' or ')}`,
});

/** A return whose entry was not seen: legal if the call may have been open when the gap ended. */
function leaveFloor(task: Task, traced: TracedFunction): Clash | undefined {
  const { floor } = task;
  task.floor = traced.callers;
  if (floor === undefined || floor.includes(traced.probe)) return undefined;
  return returnClash(traced, floor);
}

const expectInnermost = (call: Call, traced: TracedFunction): Clash | undefined =>
  call.traced.probe === traced.probe ? undefined : returnClash(traced, [call.traced.probe]);

const returnClash = (traced: TracedFunction, open: readonly Caller[]): Clash => ({
  code: 'NEST_RETURN',
  message: `${traced.traces} returns but is not the innermost open call of its task`,
  expected: open.includes(TOP) ? 'no return at the top' : `${open.join(' or ')} to return`,
  got: `${traced.probe}_ret`,
});

/** The call is over; its caller goes on. Optional calls leave no trace. */
function finish(call: Call, isTraced: IsTraced): Clash | undefined {
  const { parent } = call;
  const isScripted = !call.traced.optional;
  if (parent === undefined || !isCaller(parent, call)) return undefined;
  if (!isScripted && call.traced.returns !== undefined) return undefined;
  parent.inner.push(call);
  return isScripted ? takeStep(parent, call, isTraced) : undefined;
}

/** A task writes a mark from user space, so none of its kernel calls can be open. */
function mark(task: Task): Clash | undefined {
  const open = task.stack.at(-1)?.traced.probe ?? task.floor?.[0] ?? TOP;
  const isTop = task.stack.length === 0 && (task.floor === undefined || task.floor.includes(TOP));
  task.floor = [TOP];
  if (isTop) return undefined;
  const message = 'a mark was written inside a kernel call of the same task';
  return { code: 'NEST_MARK', message, expected: `${open}_ret first`, got: 'a mark' };
}
