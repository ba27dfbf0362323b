/**
 * Which probes were never set, as the records of the others tell: a return without entries, a call whose caller leaves no record, a
 * success that needs a call nobody saw, a counter that moves without the step that moves it.
 * Sources are those of the call scripts.
 */
import { probeOf, TOP, TRACED, type TracedFunction } from './probes.ts';
import type { CallRecord, Globals, TraceItem } from './records.ts';

/** Calls without which another does not succeed (returns 0), or is not made at all. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  add_mem_res: ['alloc_res', 'arch_add', 'create_blocks'],
  arch_add: ['add_pages'],
  online: ['move_zone', 'notify', 'xen_online_page'],
  offline: ['isolate', 'notify', 'zone_off'],
  dec: ['memop_dec'],
};

/** What moves a counter of the driver, and which way. */
const MOVERS: readonly (readonly [string, (before: Globals, after: Globals) => boolean])[] = [
  ['set_target', (before, after) => after.tgt !== before.tgt],
  ['memop_inc', (before, after) => after.cur > before.cur],
  ['dec', (before, after) => after.cur < before.cur],
  ['additional', (before, after) => after.total > before.total],
];

/** A single record may have lost its other half to the edge of the log. */
const HALVES_MIN = 2;

export class ProbesSeen {
  private readonly entries = new Map<string, number>();
  private readonly returns = new Map<string, number>();
  private readonly succeeded = new Set<string>();
  private readonly moved = new Set<string>();
  private counters: Globals | undefined;

  accept(item: TraceItem): void {
    if (item.kind === 'gap') this.counters = undefined;
    if (item.kind !== 'entry' && item.kind !== 'return') return;
    const { probe, kind } = item;
    const counts = kind === 'entry' ? this.entries : this.returns;
    counts.set(probe, (counts.get(probe) ?? 0) + 1);
    if (kind === 'return' && item.fields['ret'] === 0) this.succeeded.add(probe);
    this.move(item);
  }

  private move({ globals }: CallRecord): void {
    if (globals === undefined) return;
    const before = this.counters;
    if (before !== undefined)
      for (const [probe, moves] of MOVERS) if (moves(before, globals)) this.moved.add(probe);
    this.counters = globals;
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
