/**
 * The balloon's rest and its calls: why it wakes and to which step, and one hypercall over the balloon list. States `asleep` to
 * `requeueing`, `refilling` and `shrinking` of balloon.ts.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `increase_reservation`, `decrease_reservation`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { otherDecreases } from '../host/references.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import { fillsToTarget } from '../protocol.ts';
import type { Ends } from './balloon-ends.ts';
import { type Balloon, filledRun } from './balloon-growing.ts';
import { removesBlocks, vacated } from './removing.ts';
import { type Decision, wakes } from './wakes.ts';

const pages = (label: Label) => payload(label, 'pages');

/** Where nothing is under way. */
export function sleeping(e: Ends): Record<string, Handlers<Balloon>> {
  if (e.protocol.runs === 'work')
    return {
      asleep: waking(e, ['queued', 'timer'], () => true),
      looping: waking(e, ['done'], () => true),
      requeueing: { 'work.delay': { to: 'asleep' } },
      ...(e.protocol.mutexOver === 'run' ? { stopping: { 'work.stop': { to: 'asleep' } } } : {}),
    };
  const spins = e.protocol.wakeTest === 'notZero';
  const may = {
    done: spins ? ['DONE', 'WAIT', 'ECANCELED'] : ['DONE'],
    timer: ['WAIT', 'EAGAIN'],
    changed: spins ? ['EAGAIN'] : ['WAIT', 'EAGAIN', 'ECANCELED'],
  };
  const asleep = Object.entries(may).map(([why, from]) => waking(e, [why], (c) => from.includes(c.bp)));
  return {
    asleep: Object.assign({}, ...asleep) as Handlers<Balloon>,
    settling: { sleep: { to: 'asleep' } },
  };
}

/** To the step decided on, for one of these reasons. */
function waking(e: Ends, reasons: readonly string[], when: (c: Balloon) => boolean): Handlers<Balloon> {
  // No run is in hand, which only one that is filled up to the target can be.
  const open = fillsToTarget(e.protocol);
  const free = open ? (c: Balloon) => when(c) && c.count === 0 : when;
  const to = (decision: Decision, move: Move<Balloon> | readonly Move<Balloon>[]): Handlers<Balloon> =>
    each(
      wakes(decision, e.protocol).filter((family) => reasons.some((why) => family.endsWith(`.${why}`))),
      move,
    );
  return {
    ...to('refill', call(e, free, 'refilling')),
    ...to('shrink', call(e, when, 'shrinking')),
    ...to('hotplug', { when: free, to: e.firstStep }),
    ...(removesBlocks(e.protocol) ? to('vacate', vacated(when)) : {}),
    ...(fillsToTarget(e.protocol)
      ? {
          ...to(
            'grow',
            call(e, (c) => when(c) && c.count > 0, 'filling'),
          ),
          ...to('complete', {
            when: (c) => when(c) && c.filled > 0,
            set: (c) => filledRun(c, e.scope),
            to: 'filled',
          }),
        }
      : {}),
    ...(e.protocol.expects ? { ...to('intend', e.done), ...to('forgo', e.done) } : {}),
    ...to('idle', e.protocol.runs === 'work' ? nothingLeft(e, when) : idle(e, when)),
  };
}

/** A hypercall for so many pages. Whoever left the reservation lock held waits for itself now. */
function call(e: Ends, when: (c: Balloon) => boolean, to: string): Move<Balloon> | readonly Move<Balloon>[] {
  const set = (_: Balloon, l: Label) => ({ left: pages(l), got: 0 });
  if (e.protocol.refusedFill === 'backsOff') return { when, set, to };
  return [
    { when: (c) => when(c) && c.kept === 0, set, to },
    { when: (c) => when(c) && c.kept === 1, set, to: 'spinning' },
  ];
}

/** credit = 0: a work item starts every iteration in DONE, and stops. */
function nothingLeft(e: Ends, may: (c: Balloon) => boolean): Move<Balloon> {
  return {
    ...(fillsToTarget(e.protocol) ? { when: (c) => may(c) && c.filled === 0 } : {}),
    set: (c) => ({ ...e.hand(c), bp: 'DONE', retry: 1 }),
    to: 'asleep',
  };
}

/** credit = 0: the state is not rewritten, so EAGAIN counts one more failure. */
function idle(e: Ends, may: (c: Balloon) => boolean): readonly Move<Balloon>[] {
  const again = e.again();
  return [
    { when: (c) => may(c) && c.bp !== 'EAGAIN', to: e.rest },
    ...again.map((move) => ({
      ...move,
      when: (c: Balloon, l: Label) => may(c) && c.bp === 'EAGAIN' && (move.when?.(c, l) ?? true),
    })),
  ];
}

/** One hypercall over the balloon list: extents one after the other, then its return. */
export function calls(e: Ends): Record<string, Handlers<Balloon>> {
  const extent: Move<Balloon> = {
    when: (c, l) => pages(l) <= c.left,
    set: (c, l) => ({ left: c.left - pages(l), got: 1 }),
  };
  return {
    refilling: {
      ...each<Balloon>(['populate.ok', 'populate.over'], extent),
      'populate.full': { when: (c) => c.left === 0, ...e.done },
      'populate.short': {
        when: (c) => c.left > 0 && c.got > 0,
        ...(e.protocol.shortPopulate === 'hardLimit' ? e.cancelled : e.done),
      },
      'populate.refused': e.again((c) => c.left > 0 && c.got === 0),
    },
    shrinking: {
      ...each<Balloon>(['decrease.ok', ...otherDecreases(e.form, e.scope)], {
        when: (c, l) => pages(l) <= c.left,
        set: (c, l) => ({ left: c.left - pages(l) }),
      }),
      'decrease.done': { when: (c) => c.left === 0, ...e.done },
      // Also when fewer pages were asked for than the credit wants because memory is short.
      'decrease.nomem': e.again(e.protocol.cutShrink === 'DONE' ? (c) => c.left > 0 : undefined),
    },
  };
}
