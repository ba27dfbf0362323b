/**
 * Beliefs after records were lost: the counters of one record say how much the driver has, wants and manages; where the balloon
 * thread is at the top of its loop, its control is known as well, up to how often it has failed in a row.
 *
 * What was known of hot-added sections is kept if the counters say that no section came and no block was onlined meanwhile; else
 * their pages are counted with boot memory, and records about their blocks cannot be judged.
 */
import { wakes } from '../../models/guest/wakes.ts';
import { BOOT, type Label } from '../core/label.ts';
import type { CallRecord, Globals } from '../logs/records.ts';
import { Belief } from './belief.ts';
import { follow } from './taking.ts';
import { type Kept, World } from './world.ts';

/** Calls that the balloon thread makes right after waking. */
const LOOP_TOP = ['additional', 'memop_inc', 'dec'];

/** Whether the record tells where the balloon thread is: awake, nothing begun. */
export const isLoopTop = (record: CallRecord, thread: string): boolean =>
  record.kind === 'entry' && record.task === thread && LOOP_TOP.includes(record.event);

export interface Resynchronised {
  readonly beliefs: readonly Belief[];
  /** Whether what was known of hot-added sections still stands. */
  readonly kept: boolean;
}

/** Every way to be asleep with these counters just before `record`, a record of the loop's top. */
export function resynchronised(earlier: Belief, globals: Globals): Resynchronised {
  const kept = knownSections(earlier, globals);
  const at = (target: number) => asleep(earlier.world, { ...globals, tgt: target }, kept);
  const same = settlings(at(globals.tgt), globals);
  // A thread that gave up wakes only for another target than the one it gave up at.
  const other = globals.st === GAVE_UP || globals.st === undefined ? otherTargets(globals) : [];
  const changed = other
    .flatMap((target) => settlings(at(target), { ...globals, tgt: target }))
    .flatMap((belief) => {
      const step = belief.take({ type: 'target.set', pages: globals.tgt });
      return step.ok ? [step.belief.rested()] : [];
    });
  const found = new Map([...same, ...changed].map((belief) => [belief.key, belief]));
  return { beliefs: [...found.values()], kept: kept !== undefined };
}

const GAVE_UP = 3;

const otherTargets = ({ tgt, cur }: Globals): readonly number[] =>
  [tgt + 1, tgt - 1, cur + 1, cur - 1].filter((target) => target > 0 && target !== tgt);

/** What of the sections stands, if nothing speaks against it. */
function knownSections(earlier: Belief, globals: Globals): Kept | undefined {
  const { world } = earlier;
  const isResting = earlier.sum('hotplugLock', 'held') === 0;
  const counted = earlier.sum('books', 'current') + earlier.sum('books', 'low');
  const isSame = earlier.sum('need', 'total') === globals.total && counted === globals.cur + globals.low;
  if (!isResting || !isSame || earlier.local('need') === undefined) return undefined;
  const boot = earlier.section(BOOT);
  const pages = (boot['inUse'] ?? 0) + (boot['ballooned'] ?? 0);
  const elsewhere = sectionsBallooned(earlier) - (boot['ballooned'] ?? 0);
  return {
    world,
    indexed: earlier.indexed,
    bootPages: pages,
    bootBallooned: Math.min(pages, Math.max(0, globals.low - elsewhere)),
    tot: earlier.sum('hypervisor', 'tot') + globals.cur - earlier.sum('books', 'current'),
  };
}

/** Pages on the balloon list as the section charts have it, with and without a frame behind. */
const sectionsBallooned = (belief: Belief): number =>
  belief.sum('section', 'ballooned') - belief.loose + belief.sum('section', 'balloonedBacked');

/** The driver in BP_DONE with these counters, before any label. */
function asleep(world: World, globals: Globals, kept: Kept | undefined): Belief {
  const { cur: current, tgt: target, low, total } = globals;
  const fresh = new World(
    world.protocol,
    { ...world.geometry, current, target, low, total },
    world.judge,
    kept,
  );
  const belief = new Belief(fresh, undefined, kept?.indexed);
  return belief.withLoose(low - sectionsBallooned(belief));
}

/** More failures in a row (max_retry_count) than these are not told apart. */
const FAILURES_MAX = 64;
const STEPS_A_FAILURE = 8;

/** Every belief asleep in the record's bp_state, reached by steps that move no page. */
function settlings(start: Belief, globals: Globals): readonly Belief[] {
  const found = new Map([[start.key, start]]);
  const most = STEPS_A_FAILURE * (2 + Math.min(FAILURES_MAX, start.world.geometry.retryLimit));
  for (const belief of found.values()) {
    if (found.size > most) break;
    for (const label of fruitless(belief, globals))
      for (const step of follow(belief, [{ kind: 'label', label }])) {
        if (!step.ok) continue;
        const next = step.belief.rested();
        found.set(next.key, found.get(next.key) ?? next);
      }
  }
  return [...found.values()].filter(
    (belief) =>
      belief.sum('balloon', 'asleep') === 1 &&
      (globals.st === undefined || belief.sum('balloon', 'st') === globals.st),
  );
}

/** Labels of one turn of the driver's loop that comes to nothing. */
function fruitless(belief: Belief, { tgt, cur, low, total }: Globals): readonly Label[] {
  const { protocol, geometry } = belief.world;
  const all = (decision: 'refill' | 'shrink' | 'hotplug', payload: Omit<Label, 'type'>): readonly Label[] =>
    wakes(decision, protocol).map((type) => ({ type, ...payload }));
  const credit = tgt - cur;
  return [
    ...(credit > 0 && low > 0 ? all('refill', { pages: Math.min(credit, low, geometry.batch) }) : []),
    ...(credit > 0 && low === 0 ? all('hotplug', {}) : []),
    ...(credit < 0 ? all('shrink', { pages: Math.min(-credit, geometry.batch) }) : []),
    { type: 'need.none' },
    { type: 'reserve.nogap', count: Math.max(0, Math.ceil((tgt - total) / geometry.pagesPerSection)) },
    { type: 'populate.refused' },
    { type: 'decrease.nomem' },
    { type: 'sleep' },
  ];
}
