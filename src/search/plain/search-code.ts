/**
 * Generated: chunks of states on their way: expanded, looked up, entered. By one thread, or by several.
 *
 * Several expand and look up side by side and enter in the order of the chunks, so ids and all that follows from them are those of
 * one thread. Whose chunk is not next does not wait: it goes on with another, as long as it has an area for it.
 */
import { memory as bulk, drop, type I32, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { call, type FunctionRef, run } from '../../wasm/module.ts';
import { type Design, header } from './design.ts';
import { CHUNK, HEADER, queueOf } from './memory.ts';

type Int = Local<'i32'>;

/** Why `search` came back: nothing left to do; a cell to fill or a refusal to report; no room for states. */
export const CAME = { done: 0, unsure: 1, full: 2 } as const;

export type Parts = Readonly<
  Record<'expand' | 'lookup' | 'commit' | 'doze' | 'tally' | 'settle', FunctionRef>
>;

/** The number of successors of the first `n` states of the chunk. */
const successors = ({ area }: Design, f: FunctionBody, base: Local<'i32'>, n: Local<'i32'>) =>
  i32.load(i32.add(f.get(base), i32.shl(i32.sub(f.get(n), i32.const(1)), i32.const(2))), area.ends);

/**
 * Whether there may be no room for what these states lead to, or for its masks: they would overwrite those that wait from `from` on.
 */
const lacksRoom = ({ product }: Design, from: I32, to: I32): I32 => {
  const most = i32.mul(i32.sub(to, from), i32.const(product.labels.length));
  const room = i32.sub(header('capacity'), header('size'));
  const waiting = i32.add(i32.sub(header('size'), from), most);
  const isCrowded = i32.and(header('pruning'), i32.gtU(waiting, header('ringMask')));
  return i32.or(i32.ltU(room, most), isCrowded);
};

/** `search(area, until)`: by one thread; returns why it came back. */
export function emitSearch(design: Design, parts: Parts, f: FunctionBody): void {
  const { expand, lookup, commit, doze, tally, settle } = parts;
  const [base, until] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [from, to, n, first] = f.locals(4, 'i32');
  const cameBack = (why: number): void => {
    f.do(run(settle, f.get(base)));
    f.return(i32.const(why));
  };
  const least = (limit: I32): void => {
    f.if(i32.ltU(limit, f.get(to)), () => f.set(to, limit));
  };
  f.loop((again) => {
    f.set(from, header('next'));
    f.set(to, i32.add(f.get(from), i32.const(CHUNK)));
    least(f.get(until));
    least(header('size'));
    f.if(i32.geU(f.get(from), f.get(to)), () => cameBack(CAME.done));
    f.if(lacksRoom(design, f.get(from), f.get(to)), () => cameBack(CAME.full));
    f.set(n, call(expand, 'i32', f.get(base), f.get(from), f.get(to)));
    f.if(f.get(n), () => {
      f.do(drop(call(lookup, 'i32', f.get(base), successors(design, f, base, n))));
      f.set(first, call(commit, 'i32', f.get(base), f.get(from), f.get(n)));
      f.if(header('pruning'), () => f.do(run(doze, f.get(base), f.get(from), f.get(n), f.get(first))));
      f.do(run(tally, f.get(base), f.get(base), f.get(n)));
      f.do(i32.store(i32.const(0), i32.add(f.get(from), f.get(n)), HEADER.next));
    });
    f.branchIf(i32.eq(i32.add(f.get(from), f.get(n)), f.get(to)), again);
    cameBack(CAME.unsure);
  });
}

/** `walk(area, from, to)`: successors of a chunk and their ids, nothing stored. */
export function emitWalk(design: Design, { expand, lookup }: Parts, f: FunctionBody): void {
  const [base, from, to] = [f.parameter(0, 'i32'), f.parameter(1, 'i32'), f.parameter(2, 'i32')];
  const n = f.local('i32');
  f.set(n, call(expand, 'i32', f.get(base), f.get(from), f.get(to)));
  f.if(f.get(n), () => f.do(drop(call(lookup, 'i32', f.get(base), successors(design, f, base, n)))));
  f.return(f.get(n));
}

/** Looks for its turn before a thread with nothing else to do sleeps for a while: longer than the others need for a chunk. */
const LOOKS = 50_000;
const NAP_NS = 50_000n;
const ZERO = i32.const(0);

/** Of a chunk that was claimed, within its area: the states it has, and how many were expanded. 4 bytes each. */
const CLAIM = { from: 0, to: 4, expanded: 8 } as const;

/**
 * `share(area, until)`: takes part in the search until all states are done, or somebody stops it: a thread that cannot enter all of a
 * chunk. Each chunk has an area of its own, one after the other in a ring; between the one entered last and the one expanded last are
 * those that wait. Counts of violations are handed on from chunk to chunk, so the area entered last has those of all that were
 * entered, and what waits can be given up.
 */
export class ShareCode {
  private readonly design: Design;
  private readonly parts: Parts;
  private readonly f: FunctionBody;
  private readonly base: Int;
  private readonly until: Int;
  /** Areas: of the chunk entered last, of the one expanded last, and of another. */
  private readonly entered: Int;
  private readonly newest: Int;
  private readonly chunk: Int;
  /** The states of a chunk, and how many were expanded. */
  private readonly from: Int;
  private readonly to: Int;
  private readonly states: Int;
  /** All were claimed. */
  private readonly isOver: Int;

  constructor(design: Design, parts: Parts, f: FunctionBody) {
    this.design = design;
    this.parts = parts;
    this.f = f;
    this.base = f.parameter(0, 'i32');
    this.until = f.parameter(1, 'i32');
    this.entered = f.local('i32');
    this.newest = f.local('i32');
    this.chunk = f.local('i32');
    this.from = f.local('i32');
    this.to = f.local('i32');
    this.states = f.local('i32');
    this.isOver = f.local('i32');
  }

  emit(): void {
    const { f, entered, newest, chunk, isOver } = this;
    const looks = f.local('i32');
    const waits = () => i32.ne(f.get(entered), f.get(newest));
    f.set(entered, f.get(this.base));
    f.set(newest, f.get(this.base));
    f.loop((again) => {
      f.if(i32.atomicLoad(ZERO, HEADER.stop), () => this.goHome());
      this.follow(entered);
      const isNext = i32.eq(i32.atomicLoad(ZERO, HEADER.next), this.claimed('from'));
      f.if(i32.and(waits(), isNext), () => {
        this.enter();
        f.set(looks, ZERO);
        f.branch(again);
      });
      this.follow(newest);
      f.if(i32.and(i32.eqz(f.get(isOver)), i32.ne(f.get(chunk), f.get(entered))), () => {
        this.claim();
        f.set(looks, ZERO);
        f.branch(again);
      });
      f.if(i32.eqz(waits()), () => this.goHome());
      f.set(looks, i32.add(f.get(looks), i32.const(1)));
      f.if(i32.gtU(f.get(looks), i32.const(LOOKS)), () => {
        // Nobody wakes it: it looks again after the nap.
        f.do(drop(bulk.wait(i32.const(HEADER.stop), ZERO, i64.const(NAP_NS))));
      });
      f.branch(again);
    });
  }

  /** States a chunk. */
  private grain(): I32 {
    return i32.const(CHUNK);
  }

  /** The area after that one. */
  private follow(one: Int): void {
    const { f, base, chunk, design } = this;
    f.set(chunk, i32.add(f.get(one), i32.const(design.area.bytes)));
    const end = i32.add(f.get(base), i32.const(queueOf(design.area) * design.area.bytes));
    f.if(i32.eq(f.get(chunk), end), () => f.set(chunk, f.get(base)));
  }

  /** The next chunk that nobody has: expanded, looked up, and left to wait. */
  private claim(): void {
    const { f, parts, design, until, newest, chunk, from, to, states, isOver } = this;
    const put = (what: keyof typeof CLAIM, value: Int) =>
      f.do(i32.store(f.get(chunk), f.get(value), design.area.claim + CLAIM[what]));
    f.set(from, i32.atomicAdd(ZERO, this.grain(), HEADER.claim));
    f.set(isOver, i32.geU(f.get(from), f.get(until)));
    f.if(i32.eqz(f.get(isOver)), () => {
      f.set(to, i32.add(f.get(from), this.grain()));
      f.if(i32.gtU(f.get(to), f.get(until)), () => f.set(to, f.get(until)));
      this.handOn(newest, chunk);
      f.set(states, call(parts.expand, 'i32', f.get(chunk), f.get(from), f.get(to)));
      f.if(f.get(states), () => {
        const found = successors(design, f, chunk, states);
        f.do(drop(call(parts.lookup, 'i32', f.get(chunk), found)));
      });
      put('from', from);
      put('to', to);
      put('expanded', states);
      f.set(newest, f.get(chunk));
    });
  }

  private claimed(what: keyof typeof CLAIM): I32 {
    return i32.load(this.f.get(this.chunk), this.design.area.claim + CLAIM[what]);
  }

  /** The chunk whose turn it is. The others may go on as soon as its states are stored; masks and counts are nobody else's. */
  private enter(): void {
    const { f, parts, design, base, chunk, from, to, states } = this;
    const first = f.local('i32');
    const stop = (why: number) => f.do(i32.atomicStore(ZERO, i32.const(why), HEADER.stop));
    f.set(from, this.claimed('from'));
    f.set(to, this.claimed('to'));
    f.set(states, this.claimed('expanded'));
    f.if(lacksRoom(design, f.get(from), f.get(to)), () => {
      stop(CAME.full);
      this.goHome();
    });
    f.if(f.get(states), () =>
      f.set(first, call(parts.commit, 'i32', f.get(chunk), f.get(from), f.get(states))),
    );
    const end = i32.add(f.get(from), f.get(states));
    f.if(i32.ne(end, f.get(to)), () => stop(CAME.unsure));
    f.do(i32.atomicStore(ZERO, end, HEADER.next));
    f.if(f.get(states), () => {
      const its = [f.get(chunk), f.get(from), f.get(states), f.get(first)];
      f.if(header('pruning'), () => f.do(run(parts.doze, ...its)));
      f.do(run(parts.tally, f.get(base), f.get(chunk), f.get(states)));
    });
    f.set(this.entered, f.get(chunk));
  }

  /** Violations counted so far go with the next chunk. */
  private handOn(its: Int, other: Int): void {
    const { f, design } = this;
    const at = (one: Int) => i32.add(f.get(one), i32.const(design.area.watches));
    f.do(bulk.copy(at(other), at(its), i32.const(16 * design.rules.counters)));
  }

  private goHome(): void {
    const { f, base } = this;
    this.handOn(this.entered, base);
    f.do(run(this.parts.settle, f.get(base)));
    f.return();
  }
}
