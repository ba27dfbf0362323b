/**
 * From records to labels: what each record of the probes means for the charts, and which driver counters it must show.
 *
 *   set_target            target.set                       alloc_res_ret      reserve.ok | reserve.nogap (2010: find.ok)
 *   additional            hotplug.*                        add_mem_res        add.begin
 *   memop_inc             refill.*                         create_blocks_ret  add.ok
 *   memop_inc_ret         populate.* and the call's end    add_mem_res_ret    add.end (after a failure: add.eexist, add.enomem)
 *   dec                   shrink.*                         additional_ret     need.none | count.done | release | p2m.enomem
 *   dec_ret               decrease.* and the call's end    notify 8, 2        online.begin, offline.begin
 *   xen_online_page       online.page                      online_ret         online.done | online.veto
 *   isolate_ret -EBUSY    offline.ebusy                    offline_ret        offline.done | offline.cancel
 *   create_blocks_ret     dimm.add, where another task than the driver's adds memory of its own
 *
 * Source: design §6, domain §6.4 and §6.6, observed §1.
 */

import { type Decision, wakes } from '../../models/guest/wakes.ts';
import type { Protocol } from '../../models/protocol.ts';
import { BOOT, type Label } from '../core/label.ts';
import type { Problem } from '../core/result.ts';
import { DRIVER_TASK } from '../logs/probes.ts';
import type { CallRecord } from '../logs/records.ts';
import { AddressMap } from './addresses.ts';
import type { Belief, Step } from './belief.ts';
import { clearList, decrease, populate } from './resolve.ts';

/** One way to read a record: labels in order, or a step of its own making. */
export type Reading = readonly Action[];
export type Action =
  | { readonly kind: 'label'; readonly label: Label }
  | { readonly kind: 'act'; readonly text: string; readonly act: (belief: Belief) => readonly Step[] };

/** The meaning of a record: any of these readings; none if it says nothing about the charts. */
export type Meaning = readonly Reading[];

const EEXIST = -17;
const label = (type: string, payload: Omit<Label, 'type'> = {}): Action => ({
  kind: 'label',
  label: { type, ...payload },
});

const nothingOpen = () => ({
  pfn: 0,
  asked: 0,
  taken: 0,
  taking: 0,
  first: 0,
  count: 0,
  /** The run in hand was granted by iomem. */
  hasRun: true,
  addFailed: false,
  begun: new Set<number>(),
  reserving: false,
  reserver: 0,
  /** The task that adds memory of its own, and the run it adds. */
  adder: undefined as number | undefined,
  brought: { first: 0, count: 0 },
});

/** Arguments that labels are made of. */
const COUNTED = ['target', 'size', 'start', 'count', 'nr', 'pfn', 'pfn0'];

/** An argument that no number of ours is: beyond 2^53, and not by chance a multiple of enough. */
export function beyondExact({ event, fields, wide, file, line }: CallRecord): Problem | undefined {
  const name = COUNTED.find((one) => fields[one] === undefined && wide[one] !== undefined);
  const value = name === undefined ? undefined : wide[name];
  if (value === undefined || BigInt(Number(value)) === value) return undefined;
  return {
    code: 'LOG_BEYOND',
    message: `${name} of ${event} is larger than what is counted exactly, so the log is not judged until a record tells where the driver is`,
    where: { file, line },
    expected: 'below 2^53',
    // A counter that was taken below 0 (finding early-mem-max) reads so.
    got: value < 2n ** 63n ? `${value}` : `${value}, which is ${BigInt.asIntN(64, value)} as a signed number`,
  };
}

export class Mapping {
  readonly addresses: AddressMap;
  private readonly protocol: Protocol;
  private readonly batch: number;
  /** First PFN of the open populate, pages asked for, pages of the open decrease, run being added, notifier phases seen. */
  private open = nothingOpen();

  constructor(protocol: Protocol, pagesPerSection: number, batch: number) {
    this.protocol = protocol;
    this.batch = batch;
    this.addresses = new AddressMap(pagesPerSection);
  }

  /** Records were lost: whatever was under way may be over. `sections`: whether those known so far still stand. */
  resume(sections: boolean): void {
    this.open = nothingOpen();
    this.current.clear();
    if (!sections) this.addresses.forget();
  }

  /** What this record means; call once a record, in order. */
  read(record: CallRecord): Meaning {
    const field = (name: string) => record.fields[name] ?? Number(record.wide[name] ?? Number.NaN);
    const ret = field('ret');
    // Others allocate address space too (unpopulated-alloc); only the reserver's calls are the driver's.
    const isReserving = this.open.reserving && record.pid === this.open.reserver;
    switch (record.event) {
      case 'set_target':
        return [[label('target.set', { pages: field('target') })]];
      case 'additional':
        this.open.reserving = true;
        this.open.reserver = record.pid;
        this.open.count = 0;
        this.open.addFailed = false;
        return this.wake('hotplug');
      case 'additional_ret':
        return this.reserveReturned(ret);
      case 'alloc_res':
        if (isReserving) this.open.count = this.addresses.sections(field('size'));
        return [];
      case 'alloc_res_ret':
        return isReserving ? this.allocated(ret) : [];
      case 'add_mem_res':
        if (!isReserving) return this.broughtBy(record, field);
        this.addresses.bind(this.open.first, field('start'), this.open.count);
        return [[label('add.begin')]];
      case 'create_blocks_ret':
        if (ret !== 0) return [];
        if (isReserving) return [[label('add.ok', this.run)]];
        return record.pid === this.open.adder ? [[label('dimm.add', this.open.brought)]] : [];
      case 'add_mem_res_ret':
        if (isReserving) return this.addReturned(ret);
        this.open.adder = undefined;
        return [];
      case 'memop_inc':
        this.open.pfn = field('pfn0');
        this.open.asked = field('count');
        return this.wake('refill', field('count'));
      case 'memop_inc_ret':
        return this.populateReturned(ret);
      case 'dec':
        this.open.taken = 0;
        this.open.taking = Math.min(field('nr'), this.batch);
        return this.wake('shrink', this.open.taking);
      case 'memop_dec':
        this.open.taken = field('count');
        this.open.taking = 0;
        return [];
      case 'dec_ret':
        return this.decreaseReturned(ret);
      default:
        return this.blocks(record, field);
    }
  }

  /**
   * Pages that a decrease in progress has put on the list and not yet subtracted from current: exactly, once its hypercall
   * is reached; before that, other tasks may see any number of them.
   */
  get inFlight(): { readonly least: number; readonly most: number } {
    return { least: this.open.taken, most: Math.max(this.open.taken, this.open.taking) };
  }

  /** Memory of somebody else gets numbers of its own; nothing is said of it before its blocks are there. */
  private broughtBy({ pid, task }: CallRecord, field: (name: string) => number): Meaning {
    if (task === DRIVER_TASK) return [];
    const start = field('start');
    const count = this.addresses.sections(field('end') - start + 1);
    this.open.adder = pid;
    this.open.brought = { first: this.addresses.reserve(count), count };
    this.addresses.bind(this.open.brought.first, start, count);
    return [];
  }

  private get run() {
    return { first: this.open.first, count: this.open.count };
  }

  /** Which reasons to wake are possible is for the charts to say. */
  private wake(decision: Decision, pages?: number): Meaning {
    return wakes(decision, this.protocol).map((type) => [label(type, pages === undefined ? {} : { pages })]);
  }

  private allocated(ret: number): Meaning {
    if (ret < 0) {
      this.open.hasRun = false;
      // A driver that claims gives the order up at the end of its step; until then its counters are as they were.
      return this.protocol.claimFirst ? [] : [[label('find.none')]];
    }
    this.open.hasRun = true;
    this.open.first = this.addresses.reserve(this.open.count);
    return this.protocol.claimFirst
      ? [[label('reserve.ok', this.run)]]
      : [[label('find.ok', { section: this.open.first })]];
  }

  private addReturned(ret: number): Meaning {
    if (ret === 0) return [[label('add.end')]];
    this.open.addFailed = true;
    if (ret !== EEXIST) return [[label('add.enomem', this.run), label('add.end')]];
    // Which section of the run was taken is for the charts to say.
    const { first, count } = this.run;
    const taken =
      this.protocol.claimFirst || count === 1
        ? [this.run]
        : Array.from({ length: count }, (_, n) => ({ section: first + n, first, count }));
    return taken.map((run) => [label('add.eexist', run), label('add.end')]);
  }

  /** BP_WAIT: nothing was missing, or a run was added; BP_ECANCELED: one of the failures. */
  private reserveReturned(ret: number): Meaning {
    this.open.reserving = false;
    if (ret === 1)
      return this.open.count > 0
        ? [[label('count.done', { count: this.open.count })]]
        : [[label('need.none')]];
    if (this.open.addFailed) return [[label('release', this.run)]];
    return this.open.hasRun
      ? [[], [label('p2m.enomem', this.run)]]
      : [[label('reserve.nogap', { count: this.open.count })]];
  }

  private populateReturned(ret: number): Meaning {
    if (ret <= 0) return [[label('populate.refused')]];
    const section = this.addresses.sectionOf(this.open.pfn) ?? BOOT;
    const granted: Action = {
      kind: 'act',
      text: `populate of ${ret} pages from ${section === BOOT ? 'boot memory' : `section ${section}`}`,
      act: (belief) => populate(belief, section, ret),
    };
    return [[granted, label(ret === this.open.asked ? 'populate.full' : 'populate.short')]];
  }

  private decreaseReturned(ret: number): Meaning {
    const pages = this.open.taken;
    this.open.taken = 0;
    this.open.taking = 0;
    const given: Action = {
      kind: 'act',
      text: `decrease of ${pages} pages`,
      act: (belief) => [decrease(belief, pages)],
    };
    const taken = pages > 0 ? [given] : [];
    // A decrease that asked for less than the credit because memory is short returns DONE and counts as EAGAIN afterwards.
    return ret === 0
      ? [
          [...taken, label('decrease.done')],
          [...taken, label('decrease.nomem')],
        ]
      : [[...taken, label('decrease.nomem')]];
  }

  private blocks(record: CallRecord, field: (name: string) => number): Meaning {
    const verb = record.task === DRIVER_TASK ? 'autoonline' : 'online';
    switch (record.event) {
      case 'notify':
        return this.notified(field('action'), field('pfn'), verb);
      case 'xen_online_page': {
        const section = this.addresses.sectionOf(field('pfn'));
        return section === undefined
          ? UNKNOWN_BLOCK
          : [[label(`${verb}.page`, { section, pages: 2 ** field('order') })]];
      }
      case 'online':
      case 'offline':
        this.current.set(record.pid, field('pfn'));
        return [];
      case 'online_ret':
        return this.moved(record.pid, field('ret') === 0 ? `${verb}.done` : `${verb}.veto`);
      case 'isolate':
        return [];
      case 'isolate_ret':
        return field('ret') < 0 ? this.refusedOffline(record.pid) : [];
      case 'offline_ret':
        return this.moved(record.pid, field('ret') === 0 ? 'offline.done' : 'offline.cancel');
      default:
        return [];
    }
  }

  /** First PFN of the block each task is moving. */
  private readonly current = new Map<number, number>();

  private notified(action: number, pfn: number, verb: string): Meaning {
    if (action !== 8 && action !== 2) return [];
    const block = this.addresses.sectionOf(pfn);
    if (block === undefined) return UNKNOWN_BLOCK;
    this.open.begun.add(block);
    if (action === 8) return [[label(`${verb}.begin`, { block })]];
    const cleared: Action = {
      kind: 'act',
      text: `isolation of block ${block}`,
      act: (belief) => [{ ok: true, belief: clearList(belief, block) }],
    };
    return [[cleared, label('offline.begin', { block })]];
  }

  /** The end of a phase that had begun; an online or offline that failed before its notifiers says nothing more. */
  private moved(pid: number, type: string): Meaning {
    const block = this.addresses.sectionOf(this.current.get(pid) ?? -1);
    this.current.delete(pid);
    if (block === undefined || !this.open.begun.delete(block)) return [];
    return [[label(type, { block })]];
  }

  private refusedOffline(pid: number): Meaning {
    const block = this.addresses.sectionOf(this.current.get(pid) ?? -1);
    return block === undefined ? UNKNOWN_BLOCK : [[label('offline.ebusy', { block })]];
  }
}

/** The record speaks of a block that the log never saw added. */
const UNKNOWN_BLOCK: Meaning = [[label('unknown.block')]];
