/**
 * The loops over outer states: one breadth-first layer, chaining to the end, and counting. The code of moves is called by number.
 */
import { type I32, type I64, i32, i64, select } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { type FunctionRef, ModuleBuilder, run } from '../../wasm/module.ts';
import { AGAIN } from '../team.ts';
import { AREA, type KernelLayout } from './kernel-layout.ts';
import type { Move } from './moves.ts';
import { claimed, emitArrange, emitBlank, partOf, segmentOf, takeStates } from './parts.ts';
import { PROGRAM, programs } from './program-code.ts';

/** Outer states a call visits at most: the engine swaps in better code between calls. */
const TURN = 20_000;

export interface ChainExports {
  /** From this word of the bitmap on, back at the word where to go on. */
  readonly chain: (from: number) => number;
}

/** What threads do together, each with an area of its own (memory: `Area`); back with `AGAIN` while there may be more to do. */
export interface KernelExports extends ChainExports {
  /** One layer, part by part; which of the planes holds it. */
  readonly layer: (area: number, odd: number) => number;
  readonly count: (area: number, _: number) => number;
  /** Edges in the order of parts, and where each part begins. */
  readonly arrange: (area: number, _: number) => number;
  /** No states at all. */
  readonly blank: (area: number, _: number) => number;
}
export const JOBS = ['layer', 'count', 'arrange', 'blank'] as const;
export type Job = (typeof JOBS)[number];

export function kernelModule(
  moves: readonly Move[],
  layout: KernelLayout,
  most: number,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: true });
  module.calledByNumber(programs(module, moves, layout.words));
  const kernel = new Kernel(module, layout);
  const empty = module.function({ parameters: ['i32', 'i32'] }, (f) => kernel.empty(f));
  const job = { parameters: ['i32', 'i32'], result: 'i32' } as const;
  module.function(job, (f) => kernel.layer(f, empty), 'layer');
  module.function(job, (f) => kernel.count(f), 'count');
  module.function(job, (f) => emitArrange(f, layout), 'arrange');
  module.function(job, (f) => emitBlank(f, layout), 'blank');
  module.function({ parameters: ['i32'], result: 'i32' }, (f) => kernel.chain(f, 1), 'chain');
  return module.bytes();
}

/** Chaining alone, with what waits in the last plane. */
export function chainModule(
  moves: readonly Pick<Move, 'classes'>[],
  layout: KernelLayout,
  most: number,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: true });
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
  private weighed(state: I32, count: I64): I64 {
    const { weights } = this.layout;
    if (weights === undefined) return count;
    return i64.mul(count, i64.extend(i32.load(i32.shl(state, i32.const(2)), weights)));
  }

  /** Address of the number of a state's first edge; a number for each part follows. */
  private edgesOf(state: Local<'i32'>, f: FunctionBody): I32 {
    return i32.mul(f.get(state), i32.const(4 * this.layout.parts));
  }

  eachEdge(f: FunctionBody, state: Local<'i32'>, visit: (target: Local<'i32'>, move: I32) => void): void {
    const { parts, starts } = this.layout;
    const first = this.edgesOf(state, f);
    this.edgesWithin(f, i32.load(first, starts), i32.load(first, starts + 4 * parts), visit);
  }

  private edgesWithin(
    f: FunctionBody,
    first: I32,
    next: I32,
    visit: (target: Local<'i32'>, move: I32) => void,
  ): void {
    const { layout } = this;
    const edge = f.local('i32');
    const end = f.local('i32');
    const target = f.local('i32');
    f.set(edge, i32.shl(first, i32.const(3)));
    f.set(end, i32.shl(next, i32.const(3)));
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
      const first = this.edgesOf(state, f);
      const end = i32.shl(i32.load(first, layout.starts + 4 * layout.parts), i32.const(3));
      const begin = i32.shl(i32.load(first, layout.starts), i32.const(3));
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

  /** Plane and bitmap of the layer in hand, or of the next. */
  private sideOf(f: FunctionBody, odd: I32): { readonly plane: Local<'i32'>; readonly map: Local<'i32'> } {
    const [, even, other] = this.layout.planes;
    const [evenMap, otherMap] = this.layout.maps;
    const plane = f.local('i32');
    const map = f.local('i32');
    f.set(plane, select(odd, i32.const(other), i32.const(even)));
    f.set(map, select(odd, i32.const(otherMap), i32.const(evenMap)));
    return { plane, map };
  }

  /** Empties what a part (parameter 0) holds of the layer before, to which the next one will be written (parameter 1: in which plane). */
  empty(f: FunctionBody): void {
    const { layout } = this;
    const { plane, map } = this.sideOf(f, f.get(f.parameter(1, 'i32')));
    const at = f.local('i32');
    const end = f.local('i32');
    const bits = f.local('i64');
    const block = f.local('i32');
    const word = i32.add(f.get(map), i32.shl(f.get(at), i32.const(3)));
    f.set(at, i32.mul(f.get(f.parameter(0, 'i32')), i32.const(layout.stripe)));
    f.while(i32.ltU(f.get(at), i32.const(layout.mapWords)), () => {
      f.set(end, i32.add(f.get(at), i32.const(layout.stripe)));
      f.if(i32.gtU(f.get(end), i32.const(layout.mapWords)), () => f.set(end, i32.const(layout.mapWords)));
      f.while(i32.ltU(f.get(at), f.get(end)), () => {
        f.if(i64.ne(f.tee(bits, i64.load(word)), i64.const(0n)), () => {
          f.do(i64.store(word, i64.const(0n)));
          f.while(i64.ne(f.get(bits), i64.const(0n)), () => {
            const state = i32.add(i32.shl(f.get(at), i32.const(6)), i32.wrap(i64.ctz(f.get(bits))));
            f.set(block, i32.add(f.get(plane), this.offset(state)));
            f.set(bits, i64.and(f.get(bits), i64.sub(f.get(bits), i64.const(1n))));
            for (let w = 0; w < layout.words; w++) f.do(i64.store(f.get(block), i64.const(0n), 8 * w));
          });
        });
        f.set(at, i32.add(f.get(at), i32.const(1)));
      });
      f.set(at, i32.add(f.get(at), i32.const(layout.stripe * (layout.parts - 1))));
    });
  }

  /**
   * Takes parts of a layer as long as there are any: all states of the layer are looked at, but only edges into the part are taken, so
   * nobody else writes where this thread does, and the layer itself is only read.
   */
  layer(f: FunctionBody, empty: FunctionRef): void {
    const { layout, module } = this;
    const { parts } = layout;
    const area = f.parameter(0, 'i32');
    const odd = f.get(f.parameter(1, 'i32'));
    const now = this.sideOf(f, odd);
    const next = this.sideOf(f, i32.eqz(odd));
    const [at, part, segment, state, from, to, turn, active] = f.locals(8, 'i32');
    const [bits, population] = f.locals(2, 'i64');
    f.set(at, i32.load(f.get(area), AREA.at));
    f.set(part, i32.load(f.get(area), AREA.part));
    f.if(i32.geU(f.get(at), i32.const(layout.mapWords)), () => {
      f.set(part, claimed(layout, 1));
      f.if(i32.geU(f.get(part), i32.const(parts)), () => f.return(i32.const(0)));
      f.do(run(empty, f.get(part), i32.eqz(odd)));
      f.set(at, i32.const(0));
    });
    const visit = () => {
      f.set(from, i32.add(f.get(now.plane), this.offset(f.get(state))));
      f.if(i32.eq(f.get(segment), i32.const(parts - 1)), () => {
        const words = Array.from({ length: layout.words }, (_, w) =>
          i64.popcnt(i64.load(f.get(from), 8 * w)),
        );
        f.set(population, i64.add(f.get(population), this.weighed(f.get(state), words.reduce(i64.add))));
        f.set(active, i32.add(f.get(active), i32.const(1)));
      });
      const first = i32.add(this.edgesOf(state, f), i32.shl(f.get(segment), i32.const(2)));
      const [starts, ends] = [i32.load(first, layout.starts), i32.load(first, layout.starts + 4)];
      this.edgesWithin(f, starts, ends, (target, move) => {
        f.set(to, this.offset(f.get(target)));
        const reached = i32.add(f.get(to), i32.const(layout.planes[0]));
        const waits = i32.add(f.get(to), f.get(next.plane));
        const fresh = module.callAt(move, PROGRAM, 'i32', f.get(from), reached, waits);
        f.if(fresh, () => this.mark(f, next.map, target));
      });
      f.set(turn, i32.add(f.get(turn), i32.const(1)));
    };
    const isOn = i32.and(
      i32.ltU(f.get(at), i32.const(layout.mapWords)),
      i32.leU(f.get(turn), i32.const(TURN)),
    );
    f.while(isOn, () => {
      f.set(segment, segmentOf(f.get(part), partOf(f.get(at), layout), parts));
      f.set(bits, i64.load(i32.add(f.get(now.map), i32.shl(f.get(at), i32.const(3)))));
      f.while(i64.ne(f.get(bits), i64.const(0n)), () => {
        f.set(state, i32.add(i32.shl(f.get(at), i32.const(6)), i32.wrap(i64.ctz(f.get(bits)))));
        f.set(bits, i64.and(f.get(bits), i64.sub(f.get(bits), i64.const(1n))));
        visit();
      });
      f.set(at, i32.add(f.get(at), i32.const(1)));
    });
    f.do(i32.store(f.get(area), f.get(at), AREA.at), i32.store(f.get(area), f.get(part), AREA.part));
    addTo(f, area, AREA.active, i64.extend(f.get(active)));
    addTo(f, area, AREA.population, f.get(population));
    f.return(i32.const(AGAIN));
  }

  /** Transitions per label, states, and states without successor, over some outer states that nobody has counted; with symmetry, of the whole graph too. */
  count(f: FunctionBody): void {
    const { layout } = this;
    const area = f.parameter(0, 'i32');
    const [state, until, record, account, left, sources] = f.locals(6, 'i32');
    const [some, count, population, active, dead, whole, taken, fires] = f.locals(8, 'i64');
    const visited = Array.from({ length: layout.words }, () => f.local('i64'));
    const enabled = Array.from({ length: layout.words }, () => f.local('i64'));
    const isWeighed = layout.weights !== undefined;
    const add = (total: Local<'i64'>, more: I64) =>
      f.set(total, i64.add(f.get(total), this.weighed(f.get(state), more)));
    takeStates(f, layout, state, until);
    f.while(i32.ltU(f.get(state), f.get(until)), () => {
      f.set(record, i32.add(this.offset(f.get(state)), i32.const(layout.planes[0])));
      f.set(count, i64.const(0n));
      visited.forEach((word, w) => {
        f.set(word, i64.load(f.get(record), 8 * w));
        f.set(enabled[w] as Local<'i64'>, i64.const(0n));
        f.set(count, i64.add(f.get(count), i64.popcnt(f.get(word))));
      });
      f.if(i64.ne(f.get(count), i64.const(0n)), () => {
        f.set(population, i64.add(f.get(population), f.get(count)));
        f.set(active, i64.add(f.get(active), i64.const(1n)));
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
            const fired = i32.add(f.get(area), i32.shl(i32.load(f.get(account), 4), i32.const(3)));
            f.do(i64.store(fired, i64.add(i64.load(fired, AREA.fired), f.get(count)), AREA.fired));
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
    addTo(f, area, AREA.population, f.get(population));
    addTo(f, area, AREA.active, f.get(active));
    addTo(f, area, AREA.dead, f.get(dead));
    addTo(f, area, AREA.whole, f.get(whole));
    addTo(f, area, AREA.taken, f.get(taken));
    f.return(i32.const(AGAIN));
  }
}

type Int = Local<'i32'>;

const addTo = (f: FunctionBody, area: Int, offset: number, more: I64): void =>
  f.do(i64.store(f.get(area), i64.add(i64.load(f.get(area), offset), more), offset));
