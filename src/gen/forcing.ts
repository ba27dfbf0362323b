/**
 * THE table of what an outsider can make a guest do: label family → how it is forced, or why not.
 * Outside means root in the guest and, for dom0, Xen's toolstack; no debugger, no patched kernel.
 */

/**
 *  act       a write that is the label
 *  follows   the guest does it by itself after an act; seen in counters or in a trace
 *  injected  needs the kernel's notifier error injection (CONFIG_MEMORY_NOTIFIER_ERROR_INJECT)
 *  never     cannot be made to happen from outside, or not without harm
 */
export type How = 'act' | 'follows' | 'injected' | 'never';

export interface Forcing {
  readonly families: readonly string[];
  readonly how: How;
  /** By what, or why not; and how it was approximated. */
  readonly by: string;
}

const auto = (...outcomes: readonly string[]) => outcomes.map((outcome) => `autoonline.${outcome}`);
const wakes = (...decisions: readonly string[]) =>
  decisions.flatMap((decision) => ['done', 'changed', 'timer'].map((why) => `${decision}.${why}`));

const FORCING: readonly Forcing[] = [
  {
    families: ['target.set'],
    how: 'act',
    by: 'a number written to xen_memory0/target_kb (from dom0 for a domU: xl mem-set)',
  },
  {
    families: ['max.set'],
    how: 'act',
    by: 'xl mem-max, for a domain that the toolstack of the place where the script runs looks after',
  },
  {
    families: ['online.begin', 'offline.begin', 'offline.ebusy'],
    how: 'act',
    by: 'online_movable, or offline, written to memoryN/state; EBUSY follows where a page of the block is ballooned',
  },
  {
    families: ['online.page', 'online.done', 'offline.done'],
    how: 'follows',
    by: 'the same write goes on to its end; seen in the state file',
  },
  {
    families: wakes('refill', 'hotplug', 'shrink', 'idle'),
    how: 'follows',
    by: 'the thread decides after a target, a limit, a block or its own timer; seen in counters, and one by one in a trace',
  },
  {
    families: [
      'sleep',
      'mutex.drop',
      'need.none',
      'reserve.ok',
      'add.begin',
      'add.ok',
      'add.end',
      'count.done',
    ],
    how: 'follows',
    by: 'a target beyond every page there is; seen as new memoryN folders and in a trace',
  },
  {
    families: ['populate.ok', 'populate.full', 'decrease.ok', 'decrease.done'],
    how: 'follows',
    by: 'a target above or below what is in use; seen in current_kb, in MemTotal and in Xen’s own count',
  },
  {
    families: ['populate.over'],
    how: 'follows',
    by: 'a block that is in use goes offline and online again, then there is credit; seen in Xen’s count against MemTotal',
  },
  {
    families: ['populate.short', 'populate.refused'],
    how: 'follows',
    by: 'a limit in the middle of a call of 512 extents, below the target',
  },
  {
    families: ['reserve.nogap'],
    how: 'follows',
    by: 'a target larger than any machine’s address space',
  },
  {
    families: auto('begin', 'page', 'done', 'kept'),
    how: 'follows',
    by: 'auto_online_blocks says online_movable while memory is added',
  },
  {
    families: ['online.kept'],
    how: 'follows',
    by: 'a block that is in use goes offline and online again, on a kernel with the patch',
  },
  {
    families: ['online.veto', 'offline.cancel', ...auto('veto')],
    how: 'injected',
    by: 'notifier error injection: MEM_GOING_ONLINE or MEM_GOING_OFFLINE is answered with an error',
  },
  {
    families: ['decrease.nomem'],
    how: 'never',
    by: 'the guest would have to be brought to the edge of running out of memory, which ends in the OOM killer as easily; the memory floor of the scripts forbids it',
  },
  {
    families: ['p2m.enomem', 'add.enomem'],
    how: 'never',
    by: 'an allocation of the kernel would have to fail at one place; that takes fault injection, which distribution kernels leave out',
  },
  {
    families: ['add.eexist'],
    how: 'never',
    by: 'the run was reserved before, so only a claim that iomem does not show could be in the way',
  },
  {
    families: ['add.e2big'],
    how: 'never',
    by: 'takes a guest whose lower address space is full, up to the last address that the kernel knows',
  },
  {
    families: ['release'],
    how: 'never',
    by: 'only after a failed add or a failed P2M write, which cannot be forced; with blocks larger than sections it follows from add.einval',
  },
  {
    families: ['add.einval'],
    how: 'never',
    by: 'the memory block must be larger than a section, which takes a host of 64 GiB or more; then any raise by less than a block does it',
  },
  {
    families: ['intrude', 'withdraw'],
    how: 'never',
    by: 'a device or another hot-adder must claim the very gap between two steps of the driver; the first grant mapping of a guest takes one section of iomem for good (Xen scratch), which shifts what comes after it',
  },
  {
    families: ['host.take', 'host.give'],
    how: 'never',
    by: 'another domain must grow between two extents of one call; a limit in the middle of a call has the same outcome for the guest',
  },
];

/** Families of drivers that no kernel of today has: work item, two-phase search, populate first. */
const OLDER: Forcing = {
  families: [],
  how: 'never',
  by: 'belongs to a driver older than 5.10, or to a proposal: needs a guest with that kernel',
};

/** Families of the actors that a scope switches on by name: lenders of pages, libxl's own steps, a claiming domain, somebody who suspends or migrates, a memory manager and its domains, an allocator of address space. */
const OF_ACTORS =
  /^(user|(lend|store|look|memmax|claim|newcomer|suspend|migrate|manage|meminfo|dimm|stuck|second|neighbour|build|p2mset|p2mclear|p2mdrop|decrease\.bug|ref|decrease\.held|populate\.special|fill\.special|populate\.unmapped|fill\.unmapped|scratch)\b)/;
const ACTORS: Forcing = {
  families: [],
  how: 'never',
  by: 'an actor that scripts are not planned with: a driver that borrows pages, libxl failing half-way, another domain with a claim, suspend and migration, each write of the P2M, a memory manager',
};

const byFamily: ReadonlyMap<string, Forcing> = new Map(
  FORCING.flatMap((row) => row.families.map((family) => [family, row] as const)),
);

/** How a family is forced; those that the table does not name belong to actors or to older drivers. */
export const forcingOf = (family: string): Forcing =>
  byFamily.get(family) ?? (OF_ACTORS.test(family) ? ACTORS : OLDER);

/** Transitions whose family can be forced, but not from that state; and why. */
const ELEMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /^balloon: addFailed /,
    'only after a failed add, which cannot be forced (see add.enomem, add.eexist, add.einval)',
  ],
  [
    /^balloon: asleep -shrink\.timer->/,
    'only after decrease.nomem, or where a target comes in the very moment in which the poll of BP_WAIT ends',
  ],
  [
    /^section: online -decrease\.ok->/,
    'which pages are given back is the page allocator’s choice; scripts bring blocks online as movable, where it takes none (a block of the kernel’s zone does show it: see the log of 02-hotplug)',
  ],
];

/** A reason of its own, for a transition that is not forced although its family is. */
export const exceptionOf = (element: string): string | undefined =>
  ELEMENTS.find(([pattern]) => pattern.test(element))?.[1];
