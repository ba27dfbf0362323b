/**
 * What the arguments of a call say about those of the calls around and before it.
 * Units as logged: `pfn`, `nr`, `count` in pages of 4 KiB; `start`, `end`, `size` in bytes, `end` inclusive except for
 * `isolate`, where both are frames and `end` is exclusive.
 * Source: Linux 6.1 mm/memory_hotplug.c, drivers/xen/balloon.c, mm/memremap.c.
 */
import { argument, around, type Call, type Clash, lastInner } from './calls.ts';
import { BATCH_PAGES } from './return-values.ts';

const PAGE_BYTES = 4096;
/** Source: Linux arch/x86/include/asm/sparsemem.h `SECTION_SIZE_BITS` 27. */
const SECTION_PAGES = 32_768;
const SECTION_BYTES = SECTION_PAGES * PAGE_BYTES;
const ONLINE = 1;
const ORDER_MAX = 10;

/** What a rule may know besides the call. */
export interface Surroundings {
  /** How often any task has begun or finished setting a target so far. */
  readonly targetWrites: number;
}
type EntryRule = (call: Call, seen: Surroundings) => Clash | undefined;

/** Checks the arguments of a call at entry. */
export const checkArguments = (call: Call, seen: Surroundings): Clash | undefined =>
  ENTRY_RULES[call.traced.probe]?.(call, seen);

const clash = (call: Call, what: string, expected: string | number, got: string | number): Clash => ({
  code: 'NEST_ARGUMENT',
  message: `${what} of ${call.traced.traces} does not fit the calls around it`,
  expected: typeof expected === 'number' ? text(call, what, expected) : expected,
  got: typeof got === 'number' ? text(call, what, got) : got,
});

/** Prints a value as the log prints that argument. */
const text = (call: Call, what: string, value: number): string =>
  call.traced.args.find(({ name }) => name === what)?.type.startsWith('x') && Number.isInteger(value)
    ? `0x${value.toString(16)}`
    : `${value}`;

/** The first argument that is not as expected. */
function expectAll(call: Call, expected: Readonly<Record<string, number>>): Clash | undefined {
  const wrong = Object.entries(expected).find(([name, value]) => argument(call, name) !== value);
  return wrong === undefined ? undefined : clash(call, wrong[0], wrong[1], argument(call, wrong[0]));
}

/** Size in bytes of the last claim made by `call`; NaN if none was seen. */
function claimOf(call: Call | undefined): { size: number; min: number; max: number } | undefined {
  const claim = lastInner(call, 'alloc_res');
  if (claim === undefined) return undefined;
  return { size: argument(claim, 'size'), min: argument(claim, 'min'), max: argument(claim, 'max') };
}

/** `[start, start + size)` must be the claimed size, whole sections, and where the claim allowed. */
function expectClaim(call: Call, claimer: Call | undefined, start: number, size: number): Clash | undefined {
  if (start % SECTION_BYTES !== 0) return clash(call, 'start', 'a section boundary', start);
  const claim = claimOf(claimer);
  if (claim === undefined) return undefined;
  if (size !== claim.size) return clash(call, 'size', claim.size, size);
  const isInside = start >= claim.min && start + size - 1 <= claim.max;
  return isInside ? undefined : clash(call, 'start', `${claim.min}..${claim.max}`, start);
}

/** The range an `online` or `offline` around this call works on. */
function blockAround(call: Call): { pfn: number; nr: number } | undefined {
  const block = around(call, 'online') ?? around(call, 'offline');
  return block && { pfn: argument(block, 'pfn'), nr: argument(block, 'nr') };
}

/** Pages that the automatic online of this addition has tried so far, first to last. */
const onlinedBy = (addition: Call): number =>
  addition.inner.reduce((sum, inner) => {
    const block = lastInner(inner, 'online');
    return block === undefined ? sum : sum + argument(block, 'nr');
  }, 0);

/** The frame after the last page that this `online` has handed out. */
function nextPage(online: Call): number {
  const page = online.inner.findLast(({ traced }) => traced.probe.endsWith('_online_page'));
  return page === undefined ? argument(online, 'pfn') : argument(page, 'pfn') + 2 ** argument(page, 'order');
}

const wholeSections = (pages: number): number => Math.ceil(pages / SECTION_PAGES) * SECTION_BYTES;

/** Pages the driver lacked at entry; undefined if a target was written since. */
export function needAt(additional: Call, seen: Surroundings): number | undefined {
  const globals = additional.entry.globals;
  if (globals === undefined || additional.targetWrites !== seen.targetWrites) return undefined;
  return globals.tgt + globals.unpop - globals.total;
}

const ENTRY_RULES: Readonly<Record<string, EntryRule>> = {
  alloc_res: (call, seen) => {
    const size = argument(call, 'size');
    const additional = around(call, 'additional');
    const pool = around(call, 'alloc_unpop');
    if (additional === undefined && pool === undefined) return undefined;
    if (!(size > 0) || size % SECTION_BYTES !== 0) return clash(call, 'size', 'whole sections', size);
    if (pool !== undefined) {
      const most = wholeSections(argument(pool, 'nr'));
      return size <= most ? undefined : clash(call, 'size', most, size);
    }
    const need = additional && needAt(additional, seen);
    return need === undefined ? undefined : expectAll(call, { size: wholeSections(Math.max(need, 0)) });
  },
  add_mem_res: (call) => {
    const start = argument(call, 'start');
    return expectClaim(call, around(call, 'additional'), start, argument(call, 'end') - start + 1);
  },
  rel_res: (call) => {
    const failed = lastInner(around(call, 'additional'), 'add_mem_res');
    return failed && expectAll(call, { start: argument(failed, 'start'), end: argument(failed, 'end') });
  },
  arch_add: (call) => {
    const addition = around(call, 'add_mem_res');
    if (addition !== undefined) {
      const start = argument(addition, 'start');
      const size = argument(addition, 'end') - start + 1;
      return expectAll(call, { nid: argument(addition, 'nid'), start, size });
    }
    const pool = around(around(call, 'memremap_pages'), 'alloc_unpop');
    return pool && expectClaim(call, pool, argument(call, 'start'), argument(call, 'size'));
  },
  add_pages: (call) => {
    const adding = around(call, 'arch_add');
    if (adding === undefined) return undefined;
    const pfn = argument(adding, 'start') / PAGE_BYTES;
    return expectAll(call, { nid: argument(adding, 'nid'), pfn, nr: argument(adding, 'size') / PAGE_BYTES });
  },
  create_blocks: (call) => {
    const addition = around(call, 'add_mem_res');
    if (addition === undefined) return undefined;
    const start = argument(addition, 'start');
    return expectAll(call, { start, size: argument(addition, 'end') - start + 1 });
  },
  online: (call) => {
    const addition = around(around(call, 'subsys_online'), 'add_mem_res');
    if (addition === undefined) return expectBlock(call);
    // This call is not yet among the inner calls of its subsys_online, so the sum is of those before.
    const pfn = argument(addition, 'start') / PAGE_BYTES + onlinedBy(addition);
    const room = (argument(addition, 'end') + 1) / PAGE_BYTES - pfn;
    if (argument(call, 'nr') > room) return clash(call, 'nr', `at most ${room}`, argument(call, 'nr'));
    return expectBlock(call) ?? expectAll(call, { pfn });
  },
  offline: (call) => expectBlock(call),
  move_zone: (call) => {
    const adding = lastInner(around(call, 'memremap_pages'), 'arch_add');
    if (adding === undefined) return expectRange(call);
    const pfn = argument(adding, 'start') / PAGE_BYTES;
    return expectAll(call, { pfn, nr: argument(adding, 'size') / PAGE_BYTES });
  },
  zone_off: (call) => expectRange(call),
  isolate: (call) => {
    const block = blockAround(call);
    return block && expectAll(call, { start: block.pfn, end: block.pfn + block.nr });
  },
  notify: (call) => expectRange(call),
  xen_notifier: (call) => {
    const chain = around(call, 'notify');
    return chain && expectAll(call, { action: argument(chain, 'action') });
  },
  xen_online_page: (call) => expectPage(call),
  gen_online_page: (call) => expectPage(call),
  memop_inc: (call) => expectCount(call, 1, BATCH_PAGES),
  memop_dec: (call) => {
    const dec = around(call, 'dec');
    return expectCount(call, 0, dec === undefined ? BATCH_PAGES : Math.min(BATCH_PAGES, argument(dec, 'nr')));
  },
};

function expectRange(call: Call): Clash | undefined {
  const block = blockAround(call);
  return block && expectAll(call, { pfn: block.pfn, nr: block.nr });
}

/** Blocks are whole sections; the kernel returns -EINVAL otherwise, before it calls anything. */
function expectBlock(call: Call): Clash | undefined {
  const wrong = ['pfn', 'nr'].find((name) => argument(call, name) % SECTION_PAGES !== 0);
  if (wrong !== undefined) return clash(call, wrong, 'whole sections', argument(call, wrong));
  return argument(call, 'nr') > 0 ? undefined : clash(call, 'nr', 'at least a section', argument(call, 'nr'));
}

/** Pages are handed out in order, in aligned powers of two, and not beyond the block. */
function expectPage(call: Call): Clash | undefined {
  const online = around(call, 'online');
  if (online === undefined) return undefined;
  const pfn = argument(call, 'pfn');
  const order = argument(call, 'order');
  const next = nextPage(online);
  if (pfn !== next) return clash(call, 'page', `frame 0x${next.toString(16)}`, `frame 0x${pfn.toString(16)}`);
  const end = argument(online, 'pfn') + argument(online, 'nr');
  const fits = order <= ORDER_MAX && pfn % 2 ** order === 0 && pfn + 2 ** order <= end;
  return fits ? undefined : clash(call, 'order', `at most ${ORDER_MAX}, aligned, inside the block`, order);
}

function expectCount(call: Call, least: number, most: number): Clash | undefined {
  const count = argument(call, 'count');
  return count >= least && count <= most ? undefined : clash(call, 'count', `${least}..${most}`, count);
}

/** Whether the block was handed out completely when `notify` announces it as online. */
export function checkCoverage(notify: Call): Clash | undefined {
  const online = around(notify, 'online');
  if (online === undefined || argument(notify, 'action') !== ONLINE) return undefined;
  const end = argument(online, 'pfn') + argument(online, 'nr');
  const next = nextPage(online);
  if (next === end) return undefined;
  return {
    code: 'NEST_ORDER',
    message: 'the block is announced as online before all its pages were handed out',
    expected: `xen_online_page from 0x${next.toString(16)} to 0x${end.toString(16)}`,
    got: 'notify:1',
  };
}

/** Pages of an addition, and how many of them the automatic online tried. */
export const onlineShare = (addition: Call): { pages: number; tried: number } => ({
  pages: (argument(addition, 'end') + 1 - argument(addition, 'start')) / PAGE_BYTES,
  tried: onlinedBy(addition),
});
