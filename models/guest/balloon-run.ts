/**
 * The balloon's run of address space: reserved, looked for (2010) or placed at the end of RAM (3.1), and filled where it is populated
 * before it is added. States `reserving` to `filled` of balloon.ts.
 * Source: linux drivers/xen/balloon.c `reserve_additional_memory`, `additional_memory_resource`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import type { Handlers, Move } from '../kit.ts';
import { fillsToTarget } from '../protocol.ts';
import type { Ends } from './balloon-ends.ts';
import { type Balloon, growCall } from './balloon-growing.ts';
import { hasLimit, isAddressable, isNamed } from './reach.ts';

const pages = (label: Label) => payload(label, 'pages');

/** Address space: reserved in one step, or (2010) only looked for. */
export function finding(e: Ends): Record<string, Handlers<Balloon>> {
  const run = (_: Balloon, l: Label) => ({ first: payload(l, 'first'), count: payload(l, 'count') });
  if (e.firstStep === 'placing')
    return {
      placing: { 'place.ok': { set: run, to: 'placed' }, 'place.none': e.again() },
      placed: toAdd(e),
    };
  if (!e.protocol.claimFirst)
    return {
      seeking: {
        'find.ok': { set: (_, l) => ({ first: payload(l, 'section'), count: 1 }), to: 'filling' },
        'find.none': e.cancelled,
      },
    };
  if (fillsToTarget(e.protocol))
    return {
      reserving: {
        'need.none': e.done,
        'reserve.ok': { ...e.done, set: (c, l) => ({ ...run(c, l), bp: 'DONE', retry: 1 }) },
        'reserve.nogap': e.again(),
      },
    };
  return {
    reserving: {
      'need.none': e.ends('WAIT'),
      'reserve.ok': taken(e, run),
      'reserve.nogap': e.protocol.noGap === 'EAGAIN' ? e.again() : e.cancelled,
    },
    reserved: {
      ...(e.form.p2mOwner === 'guest' && e.protocol.invalidatesRun
        ? { 'p2m.enomem': { when: e.mine, ...e.cancelled } }
        : {}),
      ...(e.protocol.populateFirst ? fillCall(e) : toAdd(e)),
    },
  };
}

/** A run that lies too far by what this driver compares is given back within the same step, as if there were none (reserve.nogap). */
function taken(e: Ends, set: (c: Balloon, l: Label) => Partial<Balloon>): Move<Balloon> {
  const { protocol, form, scope } = e;
  const to = 'reserved';
  if (!hasLimit(protocol, form, scope)) return { set, to };
  const last = (l: Label) => payload(l, 'first') + payload(l, 'count') - 1;
  const isNear = (l: Label): boolean => {
    if (protocol.comparesReach === 'nothing') return true;
    // 4.4: a run that begins right at the limit, or below it and ends above, passes.
    if (protocol.comparesReach === 'start')
      return payload(l, 'first') <= (scope.addressable ?? scope.sections);
    return isAddressable(last(l), scope);
  };
  const hasRoom = (l: Label) => !protocol.comparesP2mRoom || isNamed(last(l), protocol, form, scope);
  return { when: (_, l) => isNear(l) && hasRoom(l), set, to };
}

/** The run is populated before it is added (2010 and lifecycle). */
export function filling(e: Ends): Record<string, Handlers<Balloon>> {
  if (!e.protocol.populateFirst) return {};
  if (fillsToTarget(e.protocol))
    return {
      filling: growCall(e.protocol, e.scope, {
        done: e.done,
        again: (when) => e.again(when),
        stopped: { set: (c) => ({ ...e.hand(c), bp: 'ECANCELED', kept: 1 }), to: e.rest },
      }),
      filled: toAdd(e),
      ...(e.protocol.refusedFill === 'stopsLocked' ? { spinning: {} } : {}),
    };
  return {
    filling: fillCall(e),
    filled: toAdd(e),
    ...(e.protocol.shortFill === 'retried'
      ? { backingOff: { 'fill.retry': { set: () => ({ got: 0 }), to: 'filling' } } }
      : {}),
  };
}

function fillCall(e: Ends): Handlers<Balloon> {
  const size = (c: Balloon) => c.count * e.scope.pagesPerSection;
  const here = (c: Balloon, l: Label) =>
    payload(l, 'section') === e.sectionAt(c, c.filled) && c.filled + pages(l) <= size(c);
  const extent: Move<Balloon> = {
    when: here,
    set: (c, l) => ({ filled: c.filled + pages(l), got: 1 }),
    to: 'filling',
  };
  const fellShort = (got: number) => (c: Balloon) => c.filled < size(c) && c.got === got;
  const ignored = e.protocol.shortFill === 'ignored';
  const isLast = (c: Balloon) => e.isLast(c);
  return {
    'fill.ok': extent,
    'fill.over': extent,
    'fill.full': { when: (c) => c.filled === size(c), set: () => ({ got: 0, retry: 1 }), to: 'filled' },
    // Progress: failures before and after it are not in a row.
    'fill.short': ignored
      ? { when: fellShort(1), set: () => ({ got: 0 }), to: 'filled' }
      : { when: fellShort(1), set: () => ({ got: 0, retry: 1 }), to: 'filling' },
    'fill.refused': ignored
      ? { when: fellShort(0), to: 'filled' }
      : [
          {
            when: (c) => fellShort(0)(c) && isLast(c),
            set: () => ({ retry: 1 }),
            to: 'givingUp',
          },
          {
            when: (c) => fellShort(0)(c) && !isLast(c),
            set: (c) => ({ retry: e.failed(c) }),
            to: 'backingOff',
          },
        ],
  };
}

function toAdd(e: Ends): Handlers<Balloon> {
  return e.protocol.dropMutexOverAdd
    ? { 'mutex.drop': { to: 'unlocked' } }
    : { 'add.begin': { to: 'adding' } };
}
