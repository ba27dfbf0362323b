/**
 * The alphabet of a model: every label instance of a protocol in a scope, in the order that breaks ties between traces
 * (orders first, then the driver, the kernel, people, and other claimants last).
 * At real size it is not enumerated; labels are made from what a log or a generator says.
 */
import { BOOT, type Label } from '../src/core/label.ts';
import type { Form } from './form.ts';
import { dimmLabels } from './guest/adder.ts';
import { lookLabels } from './guest/first-look.ts';
import { hasLooseGap } from './guest/gap.ts';
import { clampLabels } from './guest/no-hotplug.ts';
import { p2mLabels, writesP2m } from './guest/p2m.ts';
import { lentMax } from './guest/page-user.ts';
import { isRunAddressable } from './guest/reach.ts';
import { removingLabels, vacateLabels } from './guest/removing.ts';
import { scratchLabels } from './guest/scratch.ts';
import { fixesInTwo, hasSecondBorrower } from './guest/second-borrower.ts';
import { hasSecondCaller } from './guest/second-caller.ts';
import { sleeps, wakes } from './guest/wakes.ts';
import { guestRange, needsOf, neighbourRange } from './host/neighbour.ts';
import { claimMax } from './host/newcomer.ts';
import { podLabels } from './host/pod.ts';
import { referenceLabels } from './host/references.ts';
import { specialLabels } from './host/special.ts';
import { unmappedLabels } from './host/unmapped.ts';
import { fillsToTarget, type Protocol, unitOf } from './protocol.ts';
import { movingFamilies } from './sampling/hosts.ts';
import {
  asksForNeeds,
  blocksOf,
  builds,
  has,
  isManaged,
  isWholeBlocks,
  lends,
  onlinedByHand,
  onlinedByKernel,
  type Scope,
} from './scope.ts';

const upTo = (n: number): number[] => Array.from({ length: Math.max(0, n) }, (_, i) => i);

export function alphabetOf(protocol: Protocol, form: Form, scope: Scope): readonly Label[] {
  return [
    ...orders(form, scope),
    ...decisions(protocol, scope),
    ...calls(protocol, scope),
    ...podLabels(form, scope).steps,
    ...referenceLabels(scope),
    ...specialLabels(protocol, form, scope),
    ...p2mLabels(protocol, form, scope, runs(protocol, scope)),
    ...finding(protocol, form, scope),
    ...filling(protocol, scope),
    ...adding(protocol, scope),
    ...removingLabels(protocol, scope),
    ...onlining('autoonline', protocol, scope, protocol.driverOnlines || onlinedByKernel(scope)),
    ...onlining('online', protocol, scope, onlinedByHand(scope)),
    ...offlining(scope),
    ...environment(protocol, scope),
    ...dimmLabels(scope),
    ...(lends(scope) ? lending(protocol, scope) : []),
    ...(hasSecondCaller(protocol, scope) ? secondCaller(protocol, form, scope) : []),
    ...movingFamilies(scope).map((type) => ({ type })),
    ...(has(scope, 'newcomer') ? claiming(protocol, scope) : []),
    ...scratchLabels(protocol, form, scope),
    ...unmappedLabels(protocol, scope),
  ];
}

function orders(form: Form, scope: Scope): Label[] {
  if (has(scope, 'libxl')) return operations(scope);
  if (isManaged(scope)) return managing(scope);
  return [
    ...scope.targets.flatMap((pages) => [
      ...(scope.writer === 'libxl' || scope.writer === 'any' ? [{ type: 'max.set', pages }] : []),
      { type: 'target.set', pages },
    ]),
    ...podLabels(form, scope).orders,
  ];
}

/** Of a memory manager, and of everybody it looks after beside the guest. */
function managing(scope: Scope): Label[] {
  const sized = (least: number, most: number, ...types: readonly string[]) =>
    types.flatMap((type) => upTo(most - least + 1).map((n) => ({ type, pages: least + n })));
  const plain = (...types: readonly string[]) => types.map((type) => ({ type }));
  const most = neighbourRange(scope).max;
  const asked = builds(scope);
  return [
    ...(asked ? sized(1, claimMax(scope), 'manage.ask') : []),
    ...(asksForNeeds(scope)
      ? [
          ...needsOf(guestRange(scope)).map((pages) => ({ type: 'meminfo.guest', pages })),
          ...needsOf(neighbourRange(scope)).map((pages) => ({ type: 'meminfo.neighbour', pages })),
        ]
      : []),
    ...plain('manage.balance', 'manage.look', 'stuck.guest', 'stuck.neighbour'),
    ...sized(0, guestRange(scope).max, 'max.set', 'target.set'),
    ...sized(0, most, 'neighbour.order'),
    ...(asksForNeeds(scope) ? [] : plain('neighbour.lift')),
    ...plain('manage.rest', ...(asked ? ['manage.yes', 'manage.no'] : [])),
    ...sized(1, 1, 'neighbour.take', 'neighbour.give'),
    ...(asked ? sized(0, most, 'neighbour.gone') : []),
    ...(asked ? sized(1, claimMax(scope), 'build.ok', 'build.short', 'build.gone') : []),
  ];
}

/** Of libxl, and what the guest's watch makes of them. */
function operations(scope: Scope): Label[] {
  const each = (type: string) => scope.targets.map((pages) => ({ type, pages }));
  return [
    ...each('max.set'),
    ...each('store.set'),
    { type: 'store.again' },
    { type: 'store.fail' },
    ...each('memmax.set'),
    { type: 'memmax.write' },
    { type: 'memmax.fail' },
    ...lookLabels(scope),
    ...each('target.set'),
  ];
}

function decisions(protocol: Protocol, scope: Scope): Label[] {
  const batches = upTo(scope.batch).map((n) => n + 1);
  const sized = (families: readonly string[]) =>
    families.flatMap((type) => batches.map((pages) => ({ type, pages })));
  return [
    ...sized(wakes('refill', protocol)),
    ...wakes('hotplug', protocol).map((type) => ({ type })),
    ...sized(wakes('shrink', protocol)),
    ...vacateLabels(protocol, scope),
    ...wakes('idle', protocol).map((type) => ({ type })),
    ...(sleeps(protocol) ? [{ type: 'sleep' }] : []),
    ...(protocol.expects ? expecting(scope) : []),
    ...(fillsToTarget(protocol)
      ? [...sized(wakes('grow', protocol)), ...wakes('complete', protocol).map((type) => ({ type }))]
      : []),
    ...(protocol.runs === 'work' ? [{ type: 'work.delay' }] : []),
    ...(protocol.mutexOver === 'run' ? [{ type: 'work.stop' }] : []),
  ];
}

/** Credit moved to pages that are added and not online yet, and back: never more than the largest target. */
function expecting(scope: Scope): Label[] {
  const most = upTo(Math.max(...scope.targets)).map((n) => n + 1);
  return (['intend', 'forgo'] as const).flatMap((decision) =>
    wakes(decision, { runs: 'work' }).flatMap((type) => most.map((pages) => ({ type, pages }))),
  );
}

/** Extents over the balloon list; boot memory first, then hot-added sections. */
function calls(protocol: Protocol, scope: Scope): Label[] {
  const sections = [...(scope.bootPages > 0 ? [BOOT] : []), ...upTo(scope.sections)];
  const each = (type: string) => sections.map((section) => ({ type, section, pages: 1 }));
  return [
    ...each('populate.ok'),
    ...(protocol.decreaseUnmaps ? sections.filter((section) => section !== BOOT) : sections).map(
      (section) => ({ type: 'populate.over', section, pages: 1 }),
    ),
    { type: 'populate.full' },
    { type: 'populate.short' },
    { type: 'populate.refused' },
    ...each('decrease.ok'),
    { type: 'decrease.done' },
    { type: 'decrease.nomem' },
    ...(protocol.decreaseProgresses ? [] : [{ type: 'decrease.restart' }]),
  ];
}

/** Most sections that one request of this protocol may span in this scope. */
const longest = (protocol: Protocol, scope: Scope): number =>
  Math.min(protocol.runMax, scope.sections) * unitOf(protocol, scope.sectionsPerBlock);

/** Every run of neighbouring sections that a request may span; which of them a driver asks for is for the charts. */
function runs(protocol: Protocol, scope: Scope): { first: number; count: number }[] {
  return upTo(scope.sections).flatMap((first) =>
    upTo(Math.min(longest(protocol, scope), scope.sections - first)).map((n) => ({ first, count: n + 1 })),
  );
}

/** Sections of the largest request that can be made, whether or not there is room for it. */
function mostNeeded(protocol: Protocol, scope: Scope): number {
  const unit = unitOf(protocol, scope.sectionsPerBlock);
  const pages = Math.max(...scope.targets) + (lends(scope) ? lentMax(scope) : 0);
  return unit * Math.min(protocol.runMax, Math.ceil(pages / (unit * scope.pagesPerSection)));
}

function finding(protocol: Protocol, form: Form, scope: Scope): Label[] {
  const unit = unitOf(protocol, scope.sectionsPerBlock);
  const most = mostNeeded(protocol, scope);
  if (protocol.addsAt === 'end')
    return [
      ...runs(protocol, scope).map((run) => ({ type: 'place.ok', ...run })),
      ...upTo(most).map((n) => ({ type: 'place.none', count: n + 1 })),
    ];
  if (!protocol.claimFirst)
    return [...upTo(scope.sections).map((section) => ({ type: 'find.ok', section })), { type: 'find.none' }];
  return [
    { type: 'need.none' },
    ...clampLabels(protocol, scope),
    ...runs(protocol, scope).map((run) => ({ type: 'reserve.ok', ...run })),
    ...upTo(most / unit).map((n) => ({ type: 'reserve.nogap', count: (n + 1) * unit })),
    ...(form.p2mOwner === 'guest' && protocol.invalidatesRun
      ? runs(protocol, scope).map((run) => ({ type: 'p2m.enomem', ...run }))
      : []),
  ];
}

/** Some failure gives frames back and releases the run. */
const undoes = (protocol: Protocol) => protocol.rollbackOnAddFailure || protocol.shortFill === 'retried';

function filling(protocol: Protocol, scope: Scope): Label[] {
  if (!protocol.populateFirst) return [];
  const each = (type: string) => upTo(scope.sections).map((section) => ({ type, section, pages: 1 }));
  return [
    ...each('fill.ok'),
    ...each('fill.over'),
    { type: 'fill.full' },
    { type: 'fill.short' },
    { type: 'fill.refused' },
    ...(fillsToTarget(protocol) ? growing(protocol, scope) : []),
    ...(protocol.shortFill === 'retried' ? [{ type: 'fill.retry' }] : []),
    ...(undoes(protocol) ? [{ type: 'undo.begin' }, ...each('unfill.ok')] : []),
  ];
}

/** A run that outgrows the scope, and what its failure does to the books. */
function growing({ forfeits }: Protocol, scope: Scope): Label[] {
  const filled = upTo(scope.sections * scope.pagesPerSection).map((n) => n + 1);
  return [
    { type: 'fill.outside' },
    ...filled.map((pages) => ({ type: 'forfeit', pages })),
    ...(forfeits === 'targetFollows'
      ? upTo(scope.hostPages + 1).map((pages) => ({ type: 'adopt', pages }))
      : []),
  ];
}

/** Where add itself claims a run of several sections, the first that somebody has is told. */
function conflicts({ claimFirst }: Protocol, all: readonly { first: number; count: number }[]): Label[] {
  return all.flatMap(({ first, count }) =>
    claimFirst || count === 1
      ? [{ type: 'add.eexist', first, count }]
      : upTo(count).map((n) => ({ type: 'add.eexist', section: first + n, first, count })),
  );
}

/** Runs, those that add takes, and those that it refuses for their alignment. */
function aligned(protocol: Protocol, scope: Scope) {
  const all = runs(protocol, scope);
  const whole = all.filter(
    ({ first, count }) => !protocol.checksAlignment || isWholeBlocks(scope, first, count),
  );
  return { all, whole, other: all.filter((run) => !whole.includes(run)) };
}

function adding(protocol: Protocol, scope: Scope): Label[] {
  const each = (type: string, run: { first: number; count: number }[]) => run.map((of) => ({ type, ...of }));
  const { all, whole, other } = aligned(protocol, scope);
  const far = whole.filter(({ first, count }) => !isRunAddressable(first, count, scope));
  return [
    ...(protocol.dropMutexOverAdd ? [{ type: 'mutex.drop' }] : []),
    { type: 'add.begin' },
    ...each('add.ok', whole),
    ...conflicts(protocol, whole),
    ...each('add.enomem', whole),
    ...each('add.e2big', protocol.bindsBootLimit ? whole : protocol.addChecksReach ? far : []),
    ...each('add.einval', other),
    { type: 'add.end' },
    ...((protocol.claimFirst && !fillsToTarget(protocol)) || undoes(protocol) ? each('release', all) : []),
    ...(protocol.countTotal || protocol.countCurrent || protocol.expects
      ? [...new Set(whole.map(({ count }) => count))].map((count) => ({ type: 'count.done', count }))
      : []),
  ];
}

function onlining(verb: 'online' | 'autoonline', protocol: Protocol, scope: Scope, on: boolean): Label[] {
  if (!on) return [];
  const own = verb === 'autoonline' && protocol.driverOnlines;
  const blocks = (outcome: string) =>
    upTo(blocksOf(scope)).map((block) => ({ type: `${verb}.${outcome}`, block }));
  const pages = (outcome: string) =>
    upTo(scope.sections).map((section) => ({ type: `${verb}.${outcome}`, section, pages: 1 }));
  return [
    ...blocks('begin'),
    ...pages('page'),
    ...(protocol.callback === 'testP2m' ? pages('kept') : []),
    ...blocks('done'),
    ...blocks('veto'),
    ...(own && !protocol.onlineInsideAdd ? blocks('einval') : []),
    ...(own && protocol.onlineInsideAdd
      ? runs(protocol, scope)
          .filter(({ first, count }) => isWholeBlocks(scope, first, count))
          .map((run) => ({ type: 'remove.ok', ...run }))
      : []),
  ];
}

function offlining(scope: Scope): Label[] {
  if (!scope.offliner) return [];
  return ['begin', 'ebusy', 'done', 'cancel'].flatMap((outcome) =>
    upTo(blocksOf(scope)).map((block) => ({ type: `offline.${outcome}`, block })),
  );
}

function environment(protocol: Protocol, scope: Scope): Label[] {
  const intervals = [...upTo(scope.sections), ...(hasLooseGap(protocol, scope) ? [BOOT] : [])];
  const slots = (type: string) => intervals.map((section) => ({ type, section }));
  return [
    ...(scope.rival ? [...slots('intrude'), ...slots('withdraw')] : []),
    ...(scope.otherDomain
      ? [
          { type: 'host.take', pages: 1 },
          { type: 'host.give', pages: 1 },
        ]
      : []),
  ];
}

function lending(protocol: Protocol, scope: Scope): Label[] {
  const asked = upTo(lentMax(scope)).map((n) => n + 1);
  const hot = upTo(scope.sections);
  const all = [...(scope.bootPages > 0 ? [BOOT] : []), ...hot];
  const page = (type: string, sections: readonly number[]) =>
    sections.map((section) => ({ type, section, pages: 1 }));
  return [
    ...asked.map((pages) => ({ type: 'lend.begin', pages })),
    ...page('lend.take', all),
    ...page('lend.live', hot),
    ...page('lend.inflate', all),
    ...(protocol.expects
      ? upTo(scope.sections * scope.pagesPerSection).map((n) => ({ type: 'lend.forgo', pages: n + 1 }))
      : []),
    { type: 'lend.done' },
    { type: 'lend.nomem' },
    ...page('lend.free', all),
    ...page('lend.freelive', hot),
    ...page('lend.mapover', hot),
    ...(fixesInTwo(protocol, scope) ? [{ type: 'lend.fixread' }] : []),
    ...asked.map((pages) => ({ type: 'lend.fixup', pages })),
    ...(hasSecondBorrower(scope) ? ['second.ask', 'second.end'].map((type) => ({ type, pages: 1 })) : []),
  ];
}

/** The reserve step once more, by whoever borrows pages. */
function secondCaller(protocol: Protocol, form: Form, scope: Scope): Label[] {
  const { all, whole, other } = aligned(protocol, scope);
  const each = (type: string, of = all) => of.map((run) => ({ type, ...run }));
  const counts = [...new Set(whole.map(({ count }) => count))];
  return [
    { type: 'userneed.none' },
    ...each('userreserve.ok'),
    ...upTo(mostNeeded(protocol, scope)).map((n) => ({ type: 'userreserve.nogap', count: n + 1 })),
    ...each('userp2m.enomem'),
    ...(protocol.invalidatesRun && writesP2m(protocol, form, scope) ? each('userp2mclear.ok') : []),
    ...(protocol.dropMutexOverAdd ? [{ type: 'usermutex.drop' }] : []),
    { type: 'useradd.begin' },
    ...each('useradd.ok', whole),
    ...each('useradd.eexist', whole),
    ...each('useradd.enomem', whole),
    ...each('useradd.einval', other),
    { type: 'useradd.end' },
    ...each('userrelease'),
    ...counts.map((count) => ({ type: 'usercount.done', count })),
    { type: 'lend.resume' },
    ...(protocol.waitsInterruptibly ? [{ type: 'lend.signal' }] : []),
  ];
}

function claiming(protocol: Protocol, scope: Scope): Label[] {
  const some = (type: string) => upTo(claimMax(scope)).map((n) => ({ type, pages: n + 1 }));
  const uses = protocol.claimsSettledAtOnce ? ['claim.use'] : ['claim.alloc', 'claim.settle'];
  return [
    ...some('claim.set'),
    ...uses.map((type) => ({ type, pages: 1 })),
    ...(protocol.claimSurvivesFailedAssign ? [] : [{ type: 'claim.eaten', pages: 1 }]),
    ...some('claim.cancel'),
    { type: 'newcomer.kill' },
    { type: 'newcomer.free', pages: 1 },
    { type: 'newcomer.gone' },
  ];
}
