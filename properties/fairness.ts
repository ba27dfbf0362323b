/**
 * Who goes on by himself, and what is taken at last: the fairness that temporal properties share.
 * It is an assumption, so every verdict prints it.
 */
import { decisions, wakes } from '../models/guest/wakes.ts';
import type { FairGroup, Fairness } from '../src/compose/observation.ts';

/** Orders, rivals, whoever takes blocks offline, and whoever begins something new: they move before a loop, never in it. */
const orders: readonly string[] = ['max.set', 'target.set', 'store.set', 'memmax.set'];
const bystanders: readonly string[] = [
  ...['intrude', 'withdraw', 'host.take', 'host.give', 'dimm.add'],
  ...['offline.begin', 'offline.ebusy'],
  ...['lend.begin', 'lend.mapover', 'lend.map', 'lend.unmap', 'second.ask'],
  ...['suspend.ok', 'migrate.begin', 'claim.set'],
];
export const calm: readonly string[] = [...orders, ...bystanders];

/** Of a thread, and of a work item. */
const wakings: readonly string[] = [
  ...decisions({ expects: false, fillsTo: 'run', removes: 'emptied' }).flatMap((decision) =>
    wakes(decision, { runs: 'thread' }),
  ),
  ...decisions({ expects: true, fillsTo: 'target', removes: 'never' }).flatMap((decision) =>
    wakes(decision, { runs: 'work' }),
  ),
];
const woken = (...reasons: readonly string[]): readonly string[] => [
  ...new Set(wakings.filter((family) => reasons.some((why) => family.endsWith(`.${why}`)))),
];

/** Waking because a delay or a poll is over. */
export const timers = woken('timer');
/** Waking because of what happened, or because there is something left to do. */
export const hints = woken('done', 'changed', 'queued');

const CALLS = [
  ...['populate.ok', 'populate.over', 'populate.special'],
  ...['populate.full', 'populate.short', 'populate.refused'],
];
const SHRINKS = [
  ...['decrease.ok', 'decrease.stolen', 'decrease.entry', 'decrease.surplus', 'decrease.held'],
  ...['decrease.done', 'decrease.nomem', 'decrease.restart', 'decrease.bug'],
];
const ENTRIES = [
  ...['p2mclear.ok', 'p2mdrop.ok', 'p2mset.ok', 'p2mset.over', 'p2mset.stale', 'p2mset.staleover'],
  ...['p2mset.enomem', 'p2mset.bug', 'p2mset.done'],
];
const FINDS = [
  'clamp',
  'need.none',
  'reserve.ok',
  'reserve.nogap',
  'find.ok',
  'find.none',
  'place.ok',
  'place.none',
];
const FILLS = [
  'fill.ok',
  'fill.over',
  'fill.special',
  'fill.full',
  'fill.short',
  'fill.refused',
  'fill.retry',
  'fill.outside',
  'forfeit',
  'adopt',
];
const UNDOES = ['undo.begin', 'unfill.ok', 'release', 'remove.ok'];
const REMOVES = ['remove.begin', 'remove.ebusy', 'empty.begin', 'remove.end', 'uncount.done'];
const ADDS = [
  ...['mutex.drop', 'add.begin', 'add.ok', 'add.eexist', 'add.einval', 'add.e2big', 'add.end', 'count.done'],
];
const walk = (verb: string): readonly string[] =>
  ['page', 'kept', 'done'].map((outcome) => `${verb}.${outcome}`);

/**
 * The balloon thread or work item is scheduled, and gets a lock that is free again and again. Failures that nobody has to send
 * (`optionalFailures`) are no part of it: a deadlock does not end because an allocation might fail.
 */
const driverGoesOn: FairGroup = {
  name: 'the driver goes on',
  strength: 'strong',
  families: [
    ...timers,
    ...hints,
    ...['sleep', 'work.delay', 'work.stop'],
    ...[...CALLS, ...SHRINKS, ...ENTRIES, ...FINDS, ...FILLS, ...UNDOES, ...ADDS, ...REMOVES],
    ...['autoonline.begin', 'autoonline.einval', ...walk('autoonline')],
  ],
};

/** Whoever has begun to online or offline a block goes on with it, and gets a lock that is free again and again. */
const writersGoOn: FairGroup = {
  name: 'whoever has begun with a block goes on',
  strength: 'strong',
  families: [...walk('online'), 'offline.done'],
};

/** Whoever borrows pages goes on while it holds a lock; what it has got it may keep. */
const borrowersGoOn: FairGroup = {
  name: 'whoever borrows goes on with a request',
  strength: 'strong',
  families: [
    ...['lend.take', 'lend.live', 'lend.inflate', 'lend.forgo', 'lend.done', 'lend.nomem'],
    ...['userneed.none', 'userreserve.ok', 'userreserve.nogap', 'userp2mclear.ok', 'usermutex.drop'],
    ...['useradd.begin', 'useradd.ok', 'useradd.einval', 'useradd.end', 'userrelease', 'usercount.done'],
  ],
};

/** libxl sets the limit first: the target follows. */
const ordersAreWhole: FairGroup = {
  name: 'a target follows its limit',
  strength: 'weak',
  families: ['target.set'],
};

/** Everybody who has begun with something goes on with it. */
export const begunGoesOn: readonly FairGroup[] = [driverGoesOn, writersGoOn, ordersAreWhole, borrowersGoOn];

/** udev, or somebody: an added block is not forgotten. */
export const blocksAreOnlined: FairGroup = {
  name: 'an added block is onlined',
  strength: 'strong',
  each: true,
  families: ['online.begin'],
};

/** What another domain has taken comes back to the heap. */
export const hostIsGivenBack: FairGroup = {
  name: 'the other domain gives back',
  strength: 'weak',
  families: ['host.give'],
};

/** Failures that come again and again where success is offered as well end at last. */
const succeeds = (name: string, ...families: readonly string[]): FairGroup => ({
  name,
  strength: 'strong',
  families,
});
export const failuresEnd: readonly FairGroup[] = [
  succeeds('a reservation succeeds', 'reserve.ok', 'find.ok', 'place.ok'),
  succeeds('the P2M has room', 'mutex.drop', 'fill.ok', 'add.begin'),
  succeeds('an add succeeds', 'add.ok'),
  succeeds('a shrink finds memory', 'decrease.ok', 'decrease.done'),
];

/**
 * Nobody has to veto, and what comes instead is offered only later, when the callback gets the driver's mutex: no group of what
 * succeeds would end a veto that always falls while the driver holds it. So that failures end means here: none in a loop.
 */
export const vetoes: readonly string[] = ['online.veto', 'autoonline.veto'];

/** Failures that the environment may send. A misaligned add is none: whoever asks for half a block is always refused. */
export const failures: readonly string[] = [
  ...['populate.short', 'populate.refused', 'populate.unmapped', 'decrease.nomem'],
  ...['fill.short', 'fill.refused', 'fill.unmapped'],
  ...['reserve.nogap', 'find.none', 'place.none', 'p2m.enomem', 'add.enomem', 'add.eexist'],
  ...vetoes,
];

/** A memory manager looks again and again, and after a while takes whoever has not moved for stuck; its domains need not obey. */
export const managing: Fairness = {
  quiet: [
    ...bystanders,
    'meminfo.guest',
    'meminfo.neighbour',
    'manage.ask',
    'neighbour.gone',
    'build.ok',
    'build.short',
    'build.gone',
  ],
  groups: [
    driverGoesOn,
    writersGoOn,
    {
      name: 'the manager goes on',
      strength: 'strong',
      families: [
        ...['manage.balance', 'manage.look', 'manage.yes', 'manage.no', 'manage.rest'],
        ...['max.set', 'target.set', 'neighbour.order', 'neighbour.lift'],
      ],
    },
    { name: 'a guest that does not move is stuck', strength: 'strong', families: ['stuck.guest'] },
    { name: 'a neighbour that does not move is stuck', strength: 'strong', families: ['stuck.neighbour'] },
  ],
};
