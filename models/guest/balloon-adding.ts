/**
 * The balloon's add: memory enters the kernel, its blocks come online where that is part of it, and the books hear of it; or it
 * fails, and what was done is undone as far as this driver undoes it. States `unlocked` to `unfilling` of balloon.ts.
 * Source: linux drivers/xen/balloon.c `reserve_additional_memory`; mm/memory_hotplug.c `add_memory_resource`.
 */
import { type Label, payload } from '../../src/core/label.ts';
import { each, type Handlers, type Move } from '../kit.ts';
import { fillsToTarget } from '../protocol.ts';
import { isWholeBlocks, onlinedByKernel } from '../scope.ts';
import { type Ends, NO_JOB } from './balloon-ends.ts';
import { type Balloon, forfeiting } from './balloon-growing.ts';
import { hasFar, isRunAddressable } from './reach.ts';

export function adding(e: Ends): Record<string, Handlers<Balloon>> {
  const { driverOnlines, onlineInsideAdd } = e.protocol;
  const online = driverOnlines || onlinedByKernel(e.scope);
  const inside = online && onlineInsideAdd;
  // add looks at the alignment before anything else.
  const isWhole = (c: Balloon) => !e.protocol.checksAlignment || isWholeBlocks(e.scope, c.first, c.count);
  const isFar = (c: Balloon) => e.protocol.addChecksReach && !isRunAddressable(c.first, c.count, e.scope);
  const whole = (is: boolean) => (c: Balloon, l: Label) => e.mine(c, l) && isWhole(c) === is && !isFar(c);
  return {
    ...(e.protocol.dropMutexOverAdd ? { unlocked: { 'add.begin': { to: 'adding' } } } : {}),
    adding: {
      'add.ok': { when: whole(true), set: (c) => ({ cursor: c.first }), to: inside ? 'onlining' : 'added' },
      ...each<Balloon>(['add.eexist', 'add.enomem'], { when: whole(true), to: 'addFailed' }),
      'add.einval': { when: whole(false), to: 'addFailed' },
      ...(e.protocol.addChecksReach && hasFar(e.scope)
        ? {
            'add.e2big': {
              when: (c: Balloon, l: Label) => e.mine(c, l) && isWhole(c) && isFar(c),
              to: 'addFailed',
            },
          }
        : {}),
    },
    ...(online ? onlining(e, inside) : {}),
    added: { 'add.end': online && !inside ? { to: 'onlining' } : counted(e).next },
    ...counted(e).states,
    addFailed: { 'add.end': failedAdd(e) },
  };
}

function failedAdd(e: Ends): Move<Balloon> | readonly Move<Balloon>[] {
  if (fillsToTarget(e.protocol)) return { to: 'forfeiting' };
  return e.protocol.rollbackOnAddFailure ? { to: 'givingUp' } : addFailed(e);
}

function addFailed(
  e: Ends,
  when?: (c: Balloon, l: Label) => boolean,
): Move<Balloon> | readonly Move<Balloon>[] {
  if (e.protocol.addFailure === 'EAGAIN') return e.again(when);
  return { ...(when === undefined ? {} : { when }), ...e.cancelled };
}

/** The run's memory enters the driver's books, if this protocol keeps any. */
function counted(e: Ends): {
  readonly next: Move<Balloon>;
  readonly states: Record<string, Handlers<Balloon>>;
} {
  const { countTotal, countCurrent, expects, populateFirst } = e.protocol;
  if (!countTotal && !countCurrent && !expects) return { next: e.done, states: {} };
  const ends = populateFirst || expects ? e.done : e.ends('WAIT');
  return {
    next: { to: 'counting' },
    states: { counting: { 'count.done': { when: (c, l) => payload(l, 'count') === c.count, ...ends } } },
  };
}

/** Blocks of the run one after the other. The kernel's walk ends at an error, which add drops; a driver that onlines by itself takes the run back. */
function onlining(e: Ends, inside: boolean): Record<string, Handlers<Balloon>> {
  const per = e.scope.sectionsPerBlock;
  const block = (c: Balloon) => Math.floor(c.cursor / per);
  const thisBlock = (c: Balloon, l: Label) => payload(l, 'block') === block(c);
  const thisPage = (c: Balloon, l: Label) => Math.floor(payload(l, 'section') / per) === block(c);
  const isLast = (c: Balloon) => c.cursor + per >= c.first + c.count;
  const walkEnds: Move<Balloon> = inside
    ? { when: thisBlock, set: () => ({ cursor: 0 }), to: 'added' }
    : { when: thisBlock, ...added(e) };
  const onwards: readonly Move<Balloon>[] = [
    { ...walkEnds, when: (c, l) => thisBlock(c, l) && isLast(c) },
    {
      when: (c, l) => thisBlock(c, l) && !isLast(c),
      set: (c) => ({ cursor: c.cursor + per }),
      to: 'onlining',
    },
  ];
  const own = e.protocol.driverOnlines;
  const failed = fillsToTarget(e.protocol) ? { to: 'forfeiting' } : undefined;
  const vetoed = inside ? { when: thisBlock, to: 'vetoed' } : { when: thisBlock, ...(failed ?? e.cancelled) };
  return {
    onlining: {
      'autoonline.begin': { when: thisBlock, to: 'onlineWalk' },
      ...(inside ? {} : { 'autoonline.einval': { when: thisBlock, ...(failed ?? e.done) } }),
      // auto_online_blocks says offline: the kernel onlines none of the run.
      ...(inside && e.scope.onlining === 'any' && !own
        ? { 'add.end': { when: (c: Balloon) => c.cursor === c.first, ...counted(e).next } }
        : {}),
    },
    onlineWalk: {
      ...each<Balloon>(['autoonline.page', 'autoonline.kept'], { when: thisPage }),
      'autoonline.done': onwards,
      'autoonline.veto': own ? vetoed : walkEnds,
    },
    ...(own && inside
      ? {
          vetoed: {
            'remove.ok': { when: e.mine, set: () => ({ cursor: 0 }), to: 'addFailed' },
          },
        }
      : {}),
  };
}

/** Everything in reverse: frames back to Xen, then the run back to iomem. */
export function undoing(e: Ends): Record<string, Handlers<Balloon>> {
  const empty = (c: Balloon, l: Label) => e.mine(c, l) && c.filled === 0;
  if (fillsToTarget(e.protocol))
    return forfeiting(e.protocol, { ...NO_JOB, bp: 'ECANCELED', retry: 1 }, e.rest);
  if (!e.protocol.populateFirst) return { givingUp: { release: addFailed(e, empty) } };
  const release = { when: empty, ...e.cancelled };
  return {
    givingUp: { 'undo.begin': { to: 'unfilling' } },
    unfilling: {
      'unfill.ok': e.unfilled,
      release,
    },
  };
}

/** The run is through. */
function added(e: Ends): Move<Balloon> {
  return { ...e.done, set: () => ({ ...NO_JOB, bp: 'DONE', retry: 1 }) };
}
