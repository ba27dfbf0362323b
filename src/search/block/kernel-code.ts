/**
 * The loops over outer states: one breadth-first layer, chaining to the end, and counting. The code of moves is called by number.
 */
import { type I32, type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { type Global, getGlobal, ModuleBuilder, setGlobal } from '../../wasm/module.ts';
import type { Move } from './moves.ts';
import { PROGRAM, programs } from './program-code.ts';

/** Where everything lies. */
export interface KernelLayout {
  /** 64-bit words of a block. */
  readonly words: number;
  readonly states: number;
  /** Target and move of each edge, u32 each. */
  readonly edges: number;
  /** u32 per state and one more: its first edge. */
  readonly starts: number;
  /** Two bitmaps of active states, and their words. */
  readonly maps: readonly [number, number];
  readonly mapWords: number;
  /** Blocks of all states, three times: visited, and two that take turns as this layer and the next. */
  readonly planes: readonly [number, number, number];
  readonly scratch: number;
  /** Per move, u32: address of how many labels it has, then label and address of its sources for each. */
  readonly accounts: number;
  /** Per label, i64. */
  readonly fired: number;
  /** With symmetry, u32 per state: how many outer states it stands for. */
  readonly weights: number | undefined;
}

/** Outer states a call visits at most: the engine swaps in better code between calls. */
const TURN = 20_000;

export interface ChainExports {
  /** From this word of the bitmap on, back at the word where to go on. */
  readonly chain: (from: number) => number;
}

export interface KernelExports extends ChainExports {
  /** One layer; from this word of the bitmap on, back at the word where to go on. */
  readonly layer: (from: number, odd: number) => number;
  readonly count: (from: number, until: number) => void;
  readonly population: { value: bigint };
  readonly active: { value: number };
  readonly dead: { value: bigint };
  /** States and transitions of all that the outer states stand for. */
  readonly whole: { value: bigint };
  readonly taken: { value: bigint };
}

export function kernelModule(
  moves: readonly Move[],
  layout: KernelLayout,
  most: number,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: false });
  const population = module.global('i64', 0n, 'population');
  const active = module.global('i32', 0n, 'active');
  const dead = module.global('i64', 0n, 'dead');
  const whole = module.global('i64', 0n, 'whole');
  const taken = module.global('i64', 0n, 'taken');
  module.calledByNumber(programs(module, moves, layout.words));
  const kernel = new Kernel(module, layout);
  module.function(
    { parameters: ['i32', 'i32'], result: 'i32' },
    (f) => {
      const odd = f.get(f.parameter(1, 'i32'));
      const [visited, even, other] = layout.planes;
      const plane = f.local('i32');
      const nextPlane = f.local('i32');
      f.set(plane, i32.add(i32.const(even), i32.mul(odd, i32.const(other - even))));
      f.set(nextPlane, i32.sub(i32.const(even + other), f.get(plane)));
      const map = f.local('i32');
      const nextMap = f.local('i32');
      const [evenMap, otherMap] = layout.maps;
      f.set(map, i32.add(i32.const(evenMap), i32.mul(odd, i32.const(otherMap - evenMap))));
      f.set(nextMap, i32.sub(i32.const(evenMap + otherMap), f.get(map)));
      const from = f.local('i32');
      const to = f.local('i32');
      kernel.eachActive(f, map, (state) => {
        f.set(from, i32.add(f.get(plane), kernel.offset(f.get(state))));
        const words = Array.from({ length: layout.words }, (_, w) =>
          i64.popcnt(i64.load(f.get(from), 8 * w)),
        );
        const bits = kernel.weighed(f.get(state), words.reduce(i64.add));
        f.do(
          setGlobal(population, i64.add(getGlobal(population), bits)),
          setGlobal(active, i32.add(getGlobal(active), i32.const(1))),
        );
        kernel.eachEdge(f, state, (target, move) => {
          f.set(to, kernel.offset(f.get(target)));
          const reached = i32.add(f.get(to), i32.const(visited));
          const waits = i32.add(f.get(to), f.get(nextPlane));
          const fresh = module.callAt(move, PROGRAM, 'i32', f.get(from), reached, waits);
          f.if(fresh, () => kernel.mark(f, nextMap, target));
        });
        for (let w = 0; w < layout.words; w++) f.do(i64.store(f.get(from), i64.const(0n), 8 * w));
      });
    },
    'layer',
  );
  module.function({ parameters: ['i32'], result: 'i32' }, (f) => kernel.chain(f, 1), 'chain');
  module.function(
    { parameters: ['i32', 'i32'] },
    (f) => kernel.count(f, { population, active, dead, whole, taken }),
    'count',
  );
  return module.bytes();
}

/** Chaining alone, with what waits in the last plane. */
export function chainModule(
  moves: readonly Pick<Move, 'classes'>[],
  layout: KernelLayout,
  most: number,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: false });
  module.calledByNumber(programs(module, moves, layout.words));
  const kernel = new Kernel(module, layout);
  module.function({ parameters: ['i32'], result: 'i32' }, (f) => kernel.chain(f, 2), 'chain');
  return module.bytes();
}

class Kernel {
  private readonly module: ModuleBuilder;
  private readonly layout: KernelLayout;

  constructor(module: ModuleBuilder, layout: KernelLayout) {
    this.module = module;
    this.layout = layout;
  }

  /** Where a state's block lies in a plane. */
  offset(state: I32): I32 {
    return i32.mul(state, i32.const(8 * this.layout.words));
  }

  /** Visits the states set in the bitmap at `map` and clears them, from word parameter 0 on; returns the word it got to. */
  eachActive(f: FunctionBody, map: Local<'i32'>, visit: (state: Local<'i32'>) => void): void {
    const { layout } = this;
    const at = f.parameter(0, 'i32');
    const bits = f.local('i64');
    const state = f.local('i32');
    const turn = f.local('i32');
    const word = i32.add(f.get(map), i32.shl(f.get(at), i32.const(3)));
    f.while(i32.ltU(f.get(at), i32.const(layout.mapWords)), () => {
      f.while(i64.ne(f.tee(bits, i64.load(word)), i64.const(0n)), () => {
        f.do(i64.store(word, i64.const(0n)));
        f.while(i64.ne(f.get(bits), i64.const(0n)), () => {
          f.set(state, i32.add(i32.shl(f.get(at), i32.const(6)), i32.wrap(i64.ctz(f.get(bits)))));
          f.set(bits, i64.and(f.get(bits), i64.sub(f.get(bits), i64.const(1n))));
          visit(state);
          f.set(turn, i32.add(f.get(turn), i32.const(1)));
        });
      });
      f.set(at, i32.add(f.get(at), i32.const(1)));
      f.if(i32.gtU(f.get(turn), i32.const(TURN)), () => f.return(f.get(at)));
    });
    f.return(f.get(at));
  }

  /** As often as there are outer states that this one stands for. */
  weighed(state: I32, count: I64): I64 {
    const { weights } = this.layout;
    if (weights === undefined) return count;
    return i64.mul(count, i64.extend(i32.load(i32.shl(state, i32.const(2)), weights)));
  }

  eachEdge(f: FunctionBody, state: Local<'i32'>, visit: (target: Local<'i32'>, move: I32) => void): void {
    const { layout } = this;
    const edge = f.local('i32');
    const end = f.local('i32');
    const target = f.local('i32');
    const starts = i32.shl(f.get(state), i32.const(2));
    f.set(edge, i32.shl(i32.load(starts, layout.starts), i32.const(3)));
    f.set(end, i32.shl(i32.load(starts, layout.starts + 4), i32.const(3)));
    f.while(i32.ltU(f.get(edge), f.get(end)), () => {
      f.set(target, i32.load(f.get(edge), layout.edges));
      visit(target, i32.load(f.get(edge), layout.edges + 4));
      f.set(edge, i32.add(f.get(edge), i32.const(8)));
    });
  }

  mark(f: FunctionBody, map: Local<'i32'>, state: Local<'i32'>): void {
    const word = i32.add(f.get(map), i32.and(i32.shrU(f.get(state), i32.const(3)), i32.const(~7)));
    const bit = i64.shl(i64.const(1n), i64.extend(f.get(state)));
    f.do(i64.store(word, i64.or(i64.load(word), bit)));
  }

  /** Pushes new bits on at once: no layers, no depth. The inner closure of a state comes first. `waiting`: the plane of new bits. */
  chain(f: FunctionBody, waiting: 1 | 2): void {
    const { layout, module } = this;
    const map = f.local('i32');
    const [even] = layout.maps;
    f.set(map, i32.const(even));
    const words = Array.from({ length: layout.words }, (_, w) => 8 * w);
    const block = 8 * layout.words;
    const to = f.local('i32');
    const last = f.local('i32');
    const visited = layout.planes[0];
    const waits = layout.planes[waiting];
    this.eachActive(f, map, (state) => {
      const pending = i32.add(this.offset(f.get(state)), i32.const(waits));
      const own = i32.add(this.offset(f.get(state)), i32.const(visited));
      const all = i32.const(layout.scratch);
      const some = i32.const(layout.scratch + block);
      const takePending = () => {
        for (const at of words)
          f.do(
            i64.store(some, i64.load(pending, at), at),
            i64.store(all, i64.or(i64.load(all, at), i64.load(pending, at)), at),
            i64.store(pending, i64.const(0n), at),
          );
      };
      for (const at of words) f.do(i64.store(all, i64.const(0n), at));
      takePending();
      // A state's moves onto itself are its last edge.
      const end = i32.shl(i32.load(i32.shl(f.get(state), i32.const(2)), layout.starts + 4), i32.const(3));
      const begin = i32.shl(i32.load(i32.shl(f.get(state), i32.const(2)), layout.starts), i32.const(3));
      f.set(last, i32.sub(end, i32.const(8)));
      f.if(i32.ltU(begin, end), () => {
        f.if(i32.eq(i32.load(f.get(last), layout.edges), f.get(state)), () => {
          const move = i32.load(f.get(last), layout.edges + 4);
          f.while(module.callAt(move, PROGRAM, 'i32', some, own, pending), takePending);
        });
      });
      this.eachEdge(f, state, (target, move) => {
        f.set(to, this.offset(f.get(target)));
        const reached = i32.add(f.get(to), i32.const(visited));
        const fresh = module.callAt(move, PROGRAM, 'i32', all, reached, i32.add(f.get(to), i32.const(waits)));
        f.if(fresh, () => this.mark(f, map, target));
      });
    });
  }

  /** Transitions per label, states, and states without successor, over outer states [parameter 0, parameter 1); with symmetry, of the whole graph too. */
  count(
    f: FunctionBody,
    totals: {
      readonly population: Global<'i64'>;
      readonly active: Global<'i32'>;
      readonly dead: Global<'i64'>;
      readonly whole: Global<'i64'>;
      readonly taken: Global<'i64'>;
    },
  ): void {
    const { active, dead, population, taken, whole } = totals;
    const { layout } = this;
    const state = f.parameter(0, 'i32');
    const visited = Array.from({ length: layout.words }, () => f.local('i64'));
    const enabled = Array.from({ length: layout.words }, () => f.local('i64'));
    const record = f.local('i32');
    const account = f.local('i32');
    const left = f.local('i32');
    const sources = f.local('i32');
    const some = f.local('i64');
    const count = f.local('i64');
    const fires = f.local('i64');
    const isWeighed = layout.weights !== undefined;
    const add = (total: Global<'i64'>, more: I64) =>
      f.do(setGlobal(total, i64.add(getGlobal(total), this.weighed(f.get(state), more))));
    f.while(i32.ltU(f.get(state), f.get(f.parameter(1, 'i32'))), () => {
      f.set(record, i32.add(this.offset(f.get(state)), i32.const(layout.planes[0])));
      f.set(count, i64.const(0n));
      visited.forEach((word, w) => {
        f.set(word, i64.load(f.get(record), 8 * w));
        f.set(enabled[w] as Local<'i64'>, i64.const(0n));
        f.set(count, i64.add(f.get(count), i64.popcnt(f.get(word))));
      });
      f.if(i64.ne(f.get(count), i64.const(0n)), () => {
        f.do(
          setGlobal(population, i64.add(getGlobal(population), f.get(count))),
          setGlobal(active, i32.add(getGlobal(active), i32.const(1))),
        );
        if (isWeighed) add(whole, f.get(count));
        f.set(fires, i64.const(0n));
        this.eachEdge(f, state, (_, move) => {
          f.set(account, i32.load(i32.shl(move, i32.const(2)), layout.accounts));
          f.set(left, i32.load(f.get(account)));
          f.while(f.get(left), () => {
            f.set(sources, i32.load(f.get(account), 8));
            f.set(count, i64.const(0n));
            visited.forEach((word, w) => {
              f.set(some, i64.and(f.get(word), i64.load(f.get(sources), 8 * w)));
              f.set(enabled[w] as Local<'i64'>, i64.or(f.get(enabled[w] as Local<'i64'>), f.get(some)));
              f.set(count, i64.add(f.get(count), i64.popcnt(f.get(some))));
            });
            const fired = i32.shl(i32.load(f.get(account), 4), i32.const(3));
            f.do(i64.store(fired, i64.add(i64.load(fired, layout.fired), f.get(count)), layout.fired));
            if (isWeighed) f.set(fires, i64.add(f.get(fires), f.get(count)));
            f.set(account, i32.add(f.get(account), i32.const(8)));
            f.set(left, i32.sub(f.get(left), i32.const(1)));
          });
        });
        if (isWeighed) add(taken, f.get(fires));
        visited.forEach((word, w) => {
          const stuck = i64.and(f.get(word), i64.xor(f.get(enabled[w] as Local<'i64'>), i64.const(-1n)));
          add(dead, i64.popcnt(stuck));
        });
      });
      f.set(state, i32.add(f.get(state), i32.const(1)));
    });
  }
}
