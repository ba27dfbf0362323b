/**
 * Which probes were never set, as the records of the others tell: a return without entries, a call whose caller leaves no record, a
 * success that needs a call nobody saw, a counter that moves without the step that moves it.
 * Sources are those of the call scripts.
 */
import type { Problem } from '../core/result.ts';
import { DRIVER_TASK, probeOf, TOP, TRACED, type TracedFunction } from './probes.ts';
import type { CallRecord, Globals, TraceItem } from './records.ts';

/** Names of all probes but these. */
export const tracedBut = (unset: readonly TracedFunction[]): ReadonlySet<string> =>
  new Set(TRACED.filter((traced) => !unset.includes(traced)).map(({ probe }) => probe));

/** What a log lacks without this probe. */
export const unsetProbe = ({ probe, traces, tells }: TracedFunction): Problem => ({
  code: 'LOG_PROBE_UNSET',
  message: `${traces} was called and left no record or half of one: the probe ${probe} was not set; ${
    tells.length > 0 ? `not observed: ${tells.join(' ')}` : 'only the order of calls is checked less'
  }`,
});

/** An add by the driver's own thread; others add memory whose addresses they have. */
const OWN_ADD = 'own add_mem_res';
/** Calls without which another does not succeed. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  [OWN_ADD]: ['additional', 'alloc_res'],
  add_mem_res: ['arch_add', 'create_blocks'],
  arch_add: ['add_pages'],
  subsys_online: ['online'],
  subsys_offline: ['offline'],
  notify: ['xen_notifier'],
  online: ['move_zone', 'notify', 'xen_online_page'],
  offline: ['isolate', 'notify', 'zone_off'],
  dec: ['memop_dec'],
};

/** What moves a counter of the driver, and which way. */
const MOVERS: readonly (readonly [string, keyof Globals, (by: number) => boolean])[] = [
  ['set_target', 'tgt', (by) => by !== 0],
  ['memop_inc', 'cur', (by) => by > 0],
  ['dec', 'cur', (by) => by < 0],
  ['additional', 'total', (by) => by > 0],
];

const NOTIFY_OK = 1;
/** A single record may have lost its other half to the edge of the log. */
const HALVES_MIN = 2;

export class ProbesSeen {
  private readonly entries = new Map<string, number>();
  private readonly returns = new Map<string, number>();
  private readonly succeeded = new Set<string>();
  private readonly moved = new Set<string>();
  /** The last two. */
  private counters: readonly Globals[] = [];

  accept(item: TraceItem): void {
    if (item.kind === 'gap' && item.reason !== 'start') this.counters = [];
    if (item.kind !== 'entry' && item.kind !== 'return') return;
    const { probe, kind } = item;
    const counts = kind === 'entry' ? this.entries : this.returns;
    counts.set(probe, (counts.get(probe) ?? 0) + 1);
    const success = probe === 'notify' ? NOTIFY_OK : 0;
    if (kind === 'return' && item.fields['ret'] === success) {
      this.succeeded.add(probe);
      if (probe === 'add_mem_res' && item.task === DRIVER_TASK) this.succeeded.add(OWN_ADD);
    }
    this.move(item);
  }

  /** A counter has moved where the next record shows the new value again. */
  private move({ globals }: CallRecord): void {
    if (globals === undefined) return;
    const [earlier, last] = this.counters;
    if (earlier !== undefined && last !== undefined)
      for (const [probe, counter, moves] of MOVERS) {
        const by = (last[counter] ?? 0) - (earlier[counter] ?? 0);
        if (moves(by) && globals[counter] === last[counter]) this.moved.add(probe);
      }
    this.counters = [...this.counters, globals].slice(-2);
  }

  /** Functions that were called and left no record, or half of one, in the order of the table. */
  get unset(): readonly TracedFunction[] {
    return TRACED.filter((traced) => !traced.optional && this.isMissed(traced));
  }

  private isMissed({ probe, returns }: TracedFunction): boolean {
    const entered = this.entries.get(probe) ?? 0;
    const returned = this.returns.get(probe) ?? 0;
    if (entered + returned > 0)
      return returns !== undefined && entered * returned === 0 && entered + returned >= HALVES_MIN;
    if (this.moved.has(probe)) return true;
    const isNeeded = Object.entries(NEEDS).some(
      ([by, needed]) => needed.includes(probe) && this.succeeded.has(by),
    );
    return isNeeded || [...this.entries.keys()].some((inner) => this.isCaller(probe, inner));
  }

  /** Whether `inner` is only ever called from functions that left no record, of which `probe` is one. */
  private isCaller(probe: string, inner: string): boolean {
    const callers = probeOf(inner)?.of.callers ?? [];
    if (callers.includes(TOP) || !callers.includes(probe)) return false;
    return callers.every((caller) => !this.entries.has(caller) && !this.returns.has(caller));
  }
}
