/**
 * Balloon: the control of the balloon thread.
 *
 *   asleep ─refill──► refilling ──► (returns)          credit > 0, pages on the list
 *          ─shrink──► shrinking ──► (returns)          credit < 0
 *          ─hotplug─► reserving ──► reserved ─[filling]─► unlocked ──► adding ─[onlining]─► added ──► counting
 *          ─idle────► (bp_state kept, schedule updated)
 *   a failed add:     addFailed ──► givingUp ─[unfilling]─► asleep
 *          ─vacate──► (removing.ts)                    credit < 0 by a whole block that is offline, where blocks are removed
 *
 * bp_state: DONE sleeps until the credit is not 0; WAIT polls; EAGAIN backs off and counts failures; ECANCELED gives the order up
 * until the credit changes. Where the baseline credit is read again on the way to sleep, that is a step of its own (`settling`).
 * As a work item the driver loops while there is credit (`looping`) and queues itself with a delay after EAGAIN (`requeueing`);
 * where it holds the mutex until then, letting go is a step of its own (`stopping`).
 * The 2010 order searches (`seeking`) instead of reserving; 3.1 adds at the end of RAM (`placing`). Parts in brackets depend on the protocol.
 * Its states stand in `balloon-calls.ts` (rest and calls), `balloon-run.ts` (address space), `balloon-adding.ts` (add and its undoing);
 * how a step ends, in `balloon-ends.ts`.
 * Source: linux drivers/xen/balloon.c `balloon_thread`, `update_schedule`, `increase_reservation`, `decrease_reservation`,
 * `reserve_additional_memory`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import type { Form } from '../form.ts';
import { STOPS } from '../host/migrator.ts';
import { hasSpecial, specialSteps } from '../host/special.ts';
import { unmappedCalls } from '../host/unmapped.ts';
import { chart, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { adding, undoing } from './balloon-adding.ts';
import { calls, sleeping } from './balloon-calls.ts';
import { dated } from './balloon-dated.ts';
import { Ends, NO_JOB } from './balloon-ends.ts';
import { type Balloon, inWords } from './balloon-growing.ts';
import { filling, finding } from './balloon-run.ts';
import { suspendable } from './balloon-suspended.ts';
import { clamping } from './no-hotplug.ts';
import { p2mSteps, writesP2m } from './p2m.ts';
import { removing } from './removing.ts';

/** A run is in hand and not added yet. */
const BEFORE_ADD = [
  ...['placed', 'reserved', 'cleared', 'filling', 'namingRun', 'namingPart', 'filled', 'backingOff'],
  ...['unlocked', 'adding'],
];

export function balloonChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const ends = new Ends(protocol, form, scope);
  const late = writesP2m(protocol, form, scope);
  const own: Record<string, Handlers<Balloon>> = {
    ...sleeping(ends),
    ...calls(ends),
    ...finding(ends),
    ...filling(ends),
    ...adding(ends),
    ...undoing(ends),
    ...removing(ends),
  };
  const then = unmappedCalls(dated(clamping(own, protocol, ends.cancelled), protocol), protocol, scope);
  const special = hasSpecial(form, scope);
  const states = late ? p2mSteps(then, protocol, form, scope) : special ? specialSteps(then) : then;
  // Where add or remove is the next step, and waits for the hotplug lock.
  const beforeLock = Object.entries(states).flatMap(([state, moves]) =>
    'add.begin' in moves || 'remove.begin' in moves ? [state] : [],
  );
  const families = [...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers)))];
  return chart<Balloon>({
    id: 'balloon',
    kind: 'balloon',
    actor: 'driver',
    families: { ...role('initiates', ...families), ...role('decides', ...STOPS) },
    context: { bp: 'DONE', retry: 1, kept: 0, unnamed: 0, ...NO_JOB },
    initial: 'asleep',
    states: suspendable(states, protocol, late),
    observe: (c, value) => {
      const asleep = value === 'asleep';
      return {
        busy: asleep ? 0 : 1,
        asleep: asleep ? 1 : 0,
        st: ['DONE', 'WAIT', 'EAGAIN', 'ECANCELED'].indexOf(c.bp),
        cancelled: asleep && c.bp === 'ECANCELED' ? 1 : 0,
        wantsHotplug: beforeLock.includes(value) ? 1 : 0,
        /** Frames that Xen has given and the P2M does not name yet. */
        ...(late
          ? { inHand: c.unnamed }
          : has(scope, 'suspender', 'migrator')
            ? { inHand: ['refilling', 'filling'].includes(value) ? c.got : 0 }
            : {}),
        walks: value === 'onlineWalk' ? 1 : 0,
        /** Waits for a lock that it left held itself. */
        spins: value === 'spinning' ? 1 : 0,
        asks: BEFORE_ADD.includes(value) ? 1 : 0,
      };
    },
    show: inWords(protocol, scope),
  });
}
