/**
 * What a return value must be, given the arguments of the call and what it did.
 * Source: Linux 6.1 drivers/xen/balloon.c, mm/memory_hotplug.c, mm/memremap.c, kernel/resource.c.
 */
import { needAt, onlineShare, type Surroundings } from './call-arguments.ts';
import type { IsTraced } from './call-scripts.ts';
import { argument, type Call, type Clash, isErrno, lastInner } from './calls.ts';
import { BATCH_PAGES } from './return-values.ts';

const EBUSY = 16;
const DONE = 0;
const EAGAIN = 2;
const WAIT = 1;
const ECANCELED = 3;
/** The direct map begins at a multiple of 1 GiB, randomised or not, so these bits are those of the frame's address. */
const DIRECT_MAP_MASK = 0x3fff_ffff;

type ResultRule = (call: Call, ret: number, seen: Surroundings, isTraced: IsTraced) => Clash | undefined;

/** Checks a return value against the call it ends. */
export const checkResult: ResultRule = (call, ret, seen, isTraced) =>
  RESULT_RULES[call.traced.probe]?.(call, ret, seen, isTraced);

const clash = (call: Call, why: string, expected: string | number, ret: number): Clash => ({
  code: 'NEST_VALUE',
  message: `${call.traced.traces} cannot return this: ${why}`,
  expected: `${expected}`,
  got: `${ret}`,
});

const RESULT_RULES: Readonly<Record<string, ResultRule>> = {
  memop_inc: (call, ret) => {
    const count = argument(call, 'count');
    return ret <= count ? undefined : clash(call, 'more extents than asked for', `0..${count}`, ret);
  },
  // decrease_reservation has BUG_ON(ret != nr_pages).
  memop_dec: (call, ret) => {
    const count = argument(call, 'count');
    return ret === count ? undefined : clash(call, 'a short decrease is fatal to the guest', count, ret);
  },
  // Whatever is in the way, the answer is the same (kernel/resource.c `__find_resource`).
  alloc_res: (call, ret) =>
    ret === 0 || ret === -EBUSY ? undefined : clash(call, 'there is a gap or none', `0 or -${EBUSY}`, ret),
  // A page that cannot be allocated cuts the batch and makes the driver back off.
  dec: (call, ret) => {
    const hypercall = lastInner(call, 'memop_dec');
    if (hypercall === undefined) return undefined;
    const isCut = argument(hypercall, 'count') < Math.min(BATCH_PAGES, argument(call, 'nr'));
    const state = isCut ? EAGAIN : DONE;
    return ret === state ? undefined : clash(call, `the batch was ${isCut ? 'cut' : 'full'}`, state, ret);
  },
  // Without a claim there was either no need, or no memory for the resource.
  additional: (call, ret, seen, isTraced) => {
    const need = needAt(call, seen);
    if (need === undefined || call.inner.length > 0 || !isTraced('alloc_res')) return undefined;
    const state = need > 0 ? ECANCELED : WAIT;
    return ret === state ? undefined : clash(call, `it claimed nothing and needed ${need} pages`, state, ret);
  },
  // The policy brings every block online or none; only a block that fails ends the walk.
  add_mem_res: (call, ret, _seen, isTraced) => {
    const last = call.inner.at(-1);
    if (ret !== 0 || last?.traced.probe !== 'subsys_online' || last.ret !== 0 || !isTraced('online')) {
      return undefined;
    }
    const { pages, tried } = onlineShare(call);
    if (pages === tried) return undefined;
    return clash(call, 'the automatic online skipped blocks', `${pages} pages tried`, tried);
  },
  memremap_pages: (call, ret) => {
    const region = call.inner.find(({ traced }) => traced.probe === 'arch_add');
    if (region === undefined || isErrno(ret)) return undefined;
    const address = Number(BigInt(argument(region, 'start')) & BigInt(DIRECT_MAP_MASK));
    if ((ret & DIRECT_MAP_MASK) === address) return undefined;
    return clash(call, 'not the address of what was added', address, ret & DIRECT_MAP_MASK);
  },
};
