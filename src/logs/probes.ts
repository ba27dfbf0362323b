/**
 * THE probe table: which kernel functions the logs trace, and how each may be called and may answer.
 * One row per traced function; `PROBES` unfolds it into one entry per kprobe event, in the order they are defined.
 * Shared by the log parser, the nesting check and the generator of kprobe definitions.
 * Source: Linux 6.1 drivers/xen/balloon.c, drivers/xen/unpopulated-alloc.c, mm/memory_hotplug.c,
 * drivers/base/memory.c, mm/memremap.c, kernel/resource.c; Documentation/trace/kprobetrace.rst for the syntax.
 */

/** How the kernel prints a fetched value; `x` is hexadecimal, the number is the width in bits. */
export type FetchType = 'u64' | 's64' | 'u32' | 's32' | 'x64' | 'x32' | 'string';

export interface FetchArg {
  readonly name: string;
  /** What to fetch, in kprobe syntax: `$arg1`, `+8($arg2)`, `@balloon_stats+0`. */
  readonly from: string;
  readonly type: FetchType;
}

/**
 * What a traced function may return.
 *  void      nothing; the register held 0 in every log seen
 *  errno     0, or minus an errno
 *  state     one of the listed `bp_state` values (0 DONE, 1 WAIT, 2 EAGAIN, 3 ECANCELED)
 *  extents   how many of at most 512 extents were done, or minus an errno
 *  notifier  0 NOTIFY_DONE, 1 NOTIFY_OK, or a veto with NOTIFY_STOP_MASK (0x8000) set
 *  ok        NOTIFY_OK only
 *  pointer   the low 32 bits of an address, or of ERR_PTR(-errno)
 *  boolean   0 or 1
 */
export type Returns =
  | { readonly kind: 'void' | 'errno' | 'extents' | 'notifier' | 'ok' | 'pointer' | 'boolean' }
  | { readonly kind: 'state'; readonly values: readonly number[] };

/** Who may be the innermost open call of the same task at entry; `top` is none. */
export type Caller = string;
export const TOP: Caller = 'top';

/** The balloon driver's kernel thread. */
export const DRIVER_TASK = 'xen-balloon';

export interface TracedFunction {
  /** The event's name; its return event adds `_ret`. */
  readonly probe: string;
  /** The kernel function. */
  readonly traces: string;
  readonly args: readonly FetchArg[];
  /** Whether entry and return also carry the driver's globals. */
  readonly globals: boolean;
  /** Absent where only the entry is probed. */
  readonly returns?: Returns;
  readonly callers: readonly Caller[];
  /** Others than the driver call it too (a DIMM, a device driver); the driver's thread never does at the top. */
  readonly alsoOthers?: true;
  /** True for what happens once a page, or all over the kernel: normally counted, not listed, and never required. */
  readonly optional: boolean;
  /** Label families of the charts that nothing else shows; `verb.*` is a whole verb. Empty: only order and arguments are checked. */
  readonly tells: readonly string[];
}

/** One kprobe event. */
export interface Probe {
  readonly event: string;
  readonly kind: 'entry' | 'return';
  readonly args: readonly FetchArg[];
  readonly of: TracedFunction;
}

/** The driver's own variables as every driver event prints them: pages, then the `bp_state`. */
export const GLOBAL_ARGS: readonly FetchArg[] = [
  ...['cur', 'tgt', 'unpop', 'low', 'high', 'total'].map(
    (name, index): FetchArg => ({ name, from: `@balloon_stats+${index * 8}`, type: 'u64' }),
  ),
  { name: 'st', from: '@balloon_state', type: 'u32' },
];

const RETVAL: FetchArg = { name: 'ret', from: '$retval', type: 's32' };

/** `name=from:type` words to fetch arguments. */
const fetch = (words: string): readonly FetchArg[] =>
  words.split(' ').flatMap((word) => {
    const parts = /^(\w+)=(.+):(\w+)$/.exec(word);
    return parts === null
      ? []
      : [{ name: parts[1] ?? '', from: parts[2] ?? '', type: (parts[3] ?? 'u64') as FetchType }];
  });

type Row = Omit<TracedFunction, 'args' | 'optional' | 'tells'> & {
  readonly args?: string;
  readonly optional?: true;
  /** Words, as in `tells`. */
  readonly tells?: string;
};

const VOID: Returns = { kind: 'void' };
const ERRNO: Returns = { kind: 'errno' };
const EXTENTS: Returns = { kind: 'extents' };

/** The driver: it alone runs in the `xen-balloon` thread, or for whoever writes a target or asks for pages. */
const DRIVER: readonly Row[] = [
  {
    probe: 'set_target',
    traces: 'balloon_set_new_target',
    tells: 'target.set',
    args: 'target=$arg1:u64',
    globals: true,
    returns: VOID,
    callers: [TOP],
  },
  {
    probe: 'additional',
    traces: 'reserve_additional_memory',
    tells: 'hotplug.* need.none count.done release p2m.enomem',
    globals: true,
    returns: { kind: 'state', values: [1, 3] },
    callers: [TOP, 'alloc_ballooned'],
  },
  {
    probe: 'dec',
    traces: 'decrease_reservation',
    tells: 'shrink.* decrease.*',
    args: 'nr=$arg1:u64 gfp=$arg2:x32',
    globals: true,
    returns: { kind: 'state', values: [0, 2] },
    callers: [TOP, 'alloc_ballooned'],
  },
  // increase_reservation is inlined into balloon_thread, so its hypercall wrapper is seen at the top.
  {
    probe: 'memop_inc',
    traces: 'xenmem_reservation_increase',
    tells: 'refill.* populate.*',
    args: 'count=$arg1:s32 pfn0=+0($arg2):x64',
    globals: true,
    returns: EXTENTS,
    callers: [TOP],
  },
  {
    probe: 'memop_dec',
    traces: 'xenmem_reservation_decrease',
    tells: 'decrease.ok',
    args: 'count=$arg1:s32 pfn0=+0($arg2):x64',
    globals: true,
    returns: EXTENTS,
    callers: ['dec'],
  },
  {
    probe: 'alloc_ballooned',
    traces: 'xen_alloc_ballooned_pages',
    args: 'nr=$arg1:s32',
    globals: true,
    returns: ERRNO,
    callers: [TOP, 'alloc_unpop'],
  },
  {
    probe: 'free_ballooned',
    traces: 'xen_free_ballooned_pages',
    args: 'nr=$arg1:u32',
    globals: true,
    returns: VOID,
    callers: [TOP, 'alloc_ballooned', 'free_unpop'],
  },
  {
    probe: 'alloc_unpop',
    traces: 'xen_alloc_unpopulated_pages',
    args: 'nr=$arg1:u32',
    globals: true,
    returns: ERRNO,
    callers: [TOP],
  },
  {
    probe: 'free_unpop',
    traces: 'xen_free_unpopulated_pages',
    args: 'nr=$arg1:u32',
    globals: true,
    returns: VOID,
    callers: [TOP],
  },
];

/** Adding memory, onlining and offlining blocks. */
const HOTPLUG: readonly Row[] = [
  {
    probe: 'memremap_pages',
    traces: 'memremap_pages',
    globals: false,
    returns: { kind: 'pointer' },
    callers: [TOP, 'alloc_unpop'],
  },
  {
    probe: 'add_mem_res',
    traces: 'add_memory_resource',
    tells: 'add.begin add.end add.eexist add.enomem',
    args: 'nid=$arg1:s32 start=+0($arg2):x64 end=+8($arg2):x64 flags=$arg3:x32',
    globals: true,
    returns: ERRNO,
    callers: [TOP, 'additional'],
    alsoOthers: true,
  },
  {
    probe: 'arch_add',
    traces: 'arch_add_memory',
    args: 'nid=$arg1:s32 start=$arg2:x64 size=$arg3:x64',
    globals: false,
    returns: ERRNO,
    callers: ['add_mem_res', 'memremap_pages'],
  },
  {
    probe: 'add_pages',
    traces: '__add_pages',
    args: 'nid=$arg1:s32 pfn=$arg2:x64 nr=$arg3:u64',
    globals: false,
    returns: ERRNO,
    callers: ['arch_add', 'memremap_pages'],
  },
  {
    probe: 'create_blocks',
    traces: 'create_memory_block_devices',
    tells: 'add.ok dimm.add',
    args: 'start=$arg1:x64 size=$arg2:x64',
    globals: false,
    returns: ERRNO,
    callers: ['add_mem_res'],
  },
  {
    probe: 'subsys_online',
    traces: 'memory_subsys_online',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'add_mem_res'],
  },
  {
    probe: 'subsys_offline',
    traces: 'memory_subsys_offline',
    globals: false,
    returns: ERRNO,
    callers: [TOP],
  },
  {
    probe: 'online',
    traces: 'online_pages',
    tells: 'online.done online.veto autoonline.done autoonline.veto',
    args: 'pfn=$arg1:x64 nr=$arg2:u64',
    globals: true,
    returns: ERRNO,
    callers: ['subsys_online'],
  },
  {
    probe: 'offline',
    traces: 'offline_pages',
    tells: 'offline.done offline.cancel',
    args: 'pfn=$arg1:x64 nr=$arg2:u64',
    globals: true,
    returns: ERRNO,
    callers: ['subsys_offline'],
  },
  {
    probe: 'move_zone',
    traces: 'move_pfn_range_to_zone',
    args: 'pfn=$arg2:x64 nr=$arg3:u64',
    globals: false,
    returns: VOID,
    callers: ['online', 'memremap_pages'],
  },
  {
    probe: 'notify',
    traces: 'memory_notify',
    tells: 'online.begin autoonline.begin offline.begin',
    args: 'action=$arg1:u64 pfn=+0($arg2):x64 nr=+8($arg2):u64',
    globals: true,
    returns: { kind: 'notifier' },
    callers: ['online', 'offline'],
  },
  {
    probe: 'xen_notifier',
    traces: 'xen_memory_notifier',
    args: 'action=$arg2:u64',
    globals: true,
    returns: { kind: 'ok' },
    callers: ['notify'],
  },
  {
    probe: 'xen_online_page',
    traces: 'xen_online_page',
    tells: 'online.page autoonline.page',
    args: 'page=$arg1:x64 order=$arg2:u32',
    globals: true,
    callers: ['online'],
  },
  {
    probe: 'gen_online_page',
    traces: 'generic_online_page',
    args: 'page=$arg1:x64 order=$arg2:u32',
    globals: false,
    callers: ['online'],
    optional: true,
  },
];

/** Resources, P2M and other helpers; the optional ones fire per page or for the whole kernel. */
const HELPERS: readonly Row[] = [
  {
    probe: 'req_res',
    traces: 'request_resource',
    args: 'root=+16($arg1):string start=+0($arg2):x64 end=+8($arg2):x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'alloc_unpop'],
    optional: true,
  },
  {
    probe: 'alloc_res',
    traces: 'allocate_resource',
    tells: 'reserve.* find.*',
    args: 'size=$arg3:x64 min=$arg4:x64 max=$arg5:x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'additional', 'alloc_unpop'],
  },
  {
    probe: 'ins_res',
    traces: 'insert_resource',
    args: 'start=+0($arg2):x64 end=+8($arg2):x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'alloc_unpop'],
    optional: true,
  },
  {
    probe: 'rel_res',
    traces: 'release_resource',
    args: 'start=+0($arg1):x64 end=+8($arg1):x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'additional', 'alloc_unpop'],
  },
  {
    probe: 'adj_managed',
    traces: 'adjust_managed_page_count',
    args: 'count=$arg2:s64',
    globals: false,
    returns: VOID,
    callers: [TOP, 'dec', 'offline', 'online'],
    optional: true,
  },
  {
    probe: 'set_p2m',
    traces: 'set_phys_to_machine',
    args: 'pfn=$arg1:x64 mfn=$arg2:x64',
    globals: false,
    returns: { kind: 'boolean' },
    callers: [TOP, 'additional', 'alloc_unpop', 'va_upd'],
    optional: true,
  },
  {
    probe: 'va_upd',
    traces: '__xenmem_reservation_va_mapping_update',
    args: 'count=$arg1:u64',
    globals: false,
    returns: VOID,
    callers: [TOP],
    optional: true,
  },
  {
    probe: 'remove',
    traces: '__remove_memory',
    args: 'start=$arg1:x64 size=$arg2:x64',
    globals: false,
    returns: VOID,
    callers: [TOP],
  },
  {
    probe: 'try_remove',
    traces: 'try_remove_memory',
    args: 'start=$arg1:x64 size=$arg2:x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'remove'],
  },
  {
    probe: 'isolate',
    traces: 'start_isolate_page_range',
    tells: 'offline.ebusy',
    args: 'start=$arg1:x64 end=$arg2:x64',
    globals: false,
    returns: ERRNO,
    callers: [TOP, 'offline'],
  },
  {
    probe: 'zone_off',
    traces: 'remove_pfn_range_from_zone',
    args: 'pfn=$arg2:x64 nr=$arg3:u64',
    globals: false,
    returns: VOID,
    callers: [TOP, 'offline', 'online', 'memremap_pages'],
  },
];

/** Every traced function, in the order their probes are defined. */
export const TRACED: readonly TracedFunction[] = [...DRIVER, ...HOTPLUG, ...HELPERS].map(
  ({ args, optional, tells, ...row }) => ({
    ...row,
    args: fetch(args ?? ''),
    optional: optional ?? false,
    tells: tells === undefined ? [] : tells.split(' '),
  }),
);

/** Every kprobe event: the entry, then the return where there is one. */
export const PROBES: readonly Probe[] = TRACED.flatMap((of) => {
  const globals = of.globals ? GLOBAL_ARGS : [];
  const entry: Probe = { event: of.probe, kind: 'entry', args: [...of.args, ...globals], of };
  return of.returns === undefined
    ? [entry]
    : [entry, { event: `${of.probe}_ret`, kind: 'return', args: [RETVAL, ...globals], of }];
});

const byEvent: ReadonlyMap<string, Probe> = new Map(PROBES.map((probe) => [probe.event, probe]));

/** The probe behind an event's name, if it is one of ours. */
export const probeOf = (event: string): Probe | undefined => byEvent.get(event);

/** What a kernel without the driver's variables, or with only its statistics, can still print. */
export type Counted = 'all' | 'statistics' | 'nothing';

/** How much of the driver's globals the arguments named are; undefined for a mixture that no definition of ours prints. */
export const countedBy = (has: (name: string) => boolean): Counted | undefined => {
  const [state, ...statistics] = GLOBAL_ARGS.toReversed().map(({ name }) => has(name));
  if (statistics.every((is) => is)) return state === true ? 'all' : 'statistics';
  return state === true || statistics.some((is) => is) ? undefined : 'nothing';
};

export interface Definition {
  /** Group of the events in tracefs. */
  readonly group: string;
  /** The symbol as this kernel has it; a clone has a suffix. */
  readonly symbol?: string;
  readonly counted?: Counted;
}

/**
 * The line that defines a probe, for `kprobe_events` in tracefs.
 * A return probe asks for ten instances (`r10`): the traced functions may be entered by several tasks at once.
 */
export function probeDefinition(
  probe: Probe,
  { group, symbol = probe.of.traces, counted = 'all' }: Definition,
): string {
  const left = counted === 'all' ? [] : counted === 'statistics' ? GLOBAL_ARGS.slice(-1) : GLOBAL_ARGS;
  return [
    `${probe.kind === 'entry' ? 'p' : 'r10'}:${group}/${probe.event}`,
    symbol,
    ...probe.args.filter((arg) => !left.includes(arg)).map((arg) => `${arg.name}=${arg.from}:${arg.type}`),
  ].join(' ');
}
