/**
 * Code around the search backwards: edges sorted by target, planes filled for the kernel that chains, and what it did not reach.
 */
import { type I32, type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody } from '../../wasm/function.ts';
import { type Global, getGlobal, ModuleBuilder, setGlobal } from '../../wasm/module.ts';
import type { KernelLayout } from './kernel-layout.ts';

/** Where edges by target go, and what of which moves is kept. */
export interface Turned {
  /** u32 per state and two more, all 0 at first. */
  readonly starts: number;
  /** Source and move of each edge. */
  readonly edges: number;
  /** A byte per move: whether it moves anything. */
  readonly kept: number;
}

/** Of outer states [from, until), where it takes a range: in turns, since the engine swaps in better code between calls. */
export interface TurnedExports {
  /** Edges by target are counted, two entries further on. */
  readonly count: (from: number, until: number) => void;
  /** Counts become places; the entry after a target's is where its next edge goes, and in the end where its edges end. */
  readonly sum: () => void;
  /** First edges to other states, then those of a state to itself (`own` 1), which the kernel wants last. */
  readonly place: (from: number, until: number, own: number) => void;
  /** Closed is all that was not visited; nothing waits. */
  readonly close: (from: number, until: number) => void;
  /** Of one outer state, the inner states of the mask in `scratch`, as far as they were visited, are reached and wait. */
  readonly put: (state: number) => void;
  /** What is left open stands in `closed` then; `lost` counts it, by weight. */
  readonly open: (from: number, until: number) => void;
  readonly lost: { value: bigint };
}

export function turnedModule(layout: KernelLayout, turned: Turned, most: number): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: true });
  const lost = module.global('i64', 0n, 'lost');
  const RANGE = ['i32', 'i32'] as const;
  module.function({ parameters: RANGE }, (f) => count(f, layout, turned), 'count');
  module.function({ parameters: [] }, (f) => sum(f, layout, turned), 'sum');
  module.function({ parameters: [...RANGE, 'i32'] }, (f) => place(f, layout, turned), 'place');
  module.function({ parameters: RANGE }, (f) => close(f, layout), 'close');
  module.function({ parameters: ['i32'] }, (f) => put(f, layout), 'put');
  module.function({ parameters: RANGE }, (f) => open(f, layout, lost), 'open');
  return module.bytes();
}

function count(f: FunctionBody, layout: KernelLayout, { kept, starts }: Turned): void {
  eachEdge(f, layout, ({ move, target }) => {
    f.if(i32.load8(move, kept), () => {
      const at = i32.shl(target, i32.const(2));
      f.do(i32.store(at, i32.add(i32.load(at, starts + 8), i32.const(1)), starts + 8));
    });
  });
}

function sum(f: FunctionBody, { states }: KernelLayout, { starts }: Turned): void {
  const at = f.local('i32');
  f.while(i32.ltU(f.get(at), i32.const(4 * (states + 1))), () => {
    const all = i32.add(i32.load(f.get(at), starts + 4), i32.load(f.get(at), starts));
    f.do(i32.store(f.get(at), all, starts + 4));
    f.set(at, i32.add(f.get(at), i32.const(4)));
  });
}

function place(f: FunctionBody, layout: KernelLayout, { edges, kept, starts }: Turned): void {
  const to = f.local('i32');
  eachEdge(f, layout, ({ move, source, target }) => {
    const isWanted = i32.eq(i32.eq(source, target), f.get(f.parameter(2, 'i32')));
    f.if(i32.and(i32.load8(move, kept), isWanted), () => {
      const at = i32.shl(target, i32.const(2));
      f.set(to, i32.load(at, starts + 4));
      f.do(i32.store(at, i32.add(f.get(to), i32.const(1)), starts + 4));
      f.set(to, i32.shl(f.get(to), i32.const(3)));
      f.do(i32.store(f.get(to), source, edges), i32.store(f.get(to), move, edges + 4));
    });
  });
}

function close(f: FunctionBody, { planes: [visited, closed, waits], words }: KernelLayout): void {
  const at = f.local('i32');
  const offset = (state: number) => i32.mul(f.get(f.parameter(state, 'i32')), i32.const(8 * words));
  f.set(at, offset(0));
  f.while(i32.ltU(f.get(at), offset(1)), () => {
    f.do(
      i64.store(f.get(at), inverted(i64.load(f.get(at), visited)), closed),
      i64.store(f.get(at), i64.const(0n), waits),
    );
    f.set(at, i32.add(f.get(at), i32.const(8)));
  });
}

function put(f: FunctionBody, { maps: [map], planes, scratch, words }: KernelLayout): void {
  const [visited, closed, waits] = planes;
  const state = f.get(f.parameter(0, 'i32'));
  const at = f.local('i32');
  const here = f.local('i64');
  const any = f.local('i64');
  f.set(at, i32.mul(state, i32.const(8 * words)));
  for (let w = 0; w < 8 * words; w += 8) {
    f.set(here, i64.and(i64.load(f.get(at), visited + w), i64.load(i32.const(scratch), w)));
    f.set(any, i64.or(f.get(any), f.get(here)));
    f.do(
      i64.store(f.get(at), i64.or(i64.load(f.get(at), closed + w), f.get(here)), closed + w),
      i64.store(f.get(at), f.get(here), waits + w),
    );
  }
  f.if(i64.ne(f.get(any), i64.const(0n)), () => {
    const word = i32.and(i32.shrU(state, i32.const(3)), i32.const(~7));
    const bit = i64.shl(i64.const(1n), i64.extend(state));
    f.do(i64.store(word, i64.or(i64.load(word, map), bit), map));
  });
}

function open(f: FunctionBody, layout: KernelLayout, lost: Global<'i64'>): void {
  const { planes, weights, words } = layout;
  const [from, until] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const at = f.local('i32');
  const left = f.local('i64');
  const bits = f.local('i64');
  const closed = planes[1];
  f.while(i32.ltU(f.get(from), f.get(until)), () => {
    f.set(at, i32.mul(f.get(from), i32.const(8 * words)));
    f.set(bits, i64.const(0n));
    for (let w = 0; w < 8 * words; w += 8) {
      f.set(left, inverted(i64.load(f.get(at), closed + w)));
      f.set(bits, i64.add(f.get(bits), i64.popcnt(f.get(left))));
      f.do(i64.store(f.get(at), f.get(left), closed + w));
    }
    const weighed =
      weights === undefined
        ? f.get(bits)
        : i64.mul(f.get(bits), i64.extend(i32.load(i32.shl(f.get(from), i32.const(2)), weights)));
    f.do(setGlobal(lost, i64.add(getGlobal(lost), weighed)));
    f.set(from, i32.add(f.get(from), i32.const(1)));
  });
}

const inverted = (word: I64): I64 => i64.xor(word, i64.const(-1n));

interface Edge {
  readonly source: I32;
  readonly target: I32;
  readonly move: I32;
}

/** The edges of outer states [parameter 0, parameter 1). */
function eachEdge(f: FunctionBody, layout: KernelLayout, visit: (edge: Edge) => void): void {
  const state = f.parameter(0, 'i32');
  const edge = f.local('i32');
  const end = f.local('i32');
  const parts = 4 * layout.parts;
  const first = i32.load(i32.mul(f.get(state), i32.const(parts)), layout.starts);
  const last = i32.load(i32.mul(f.get(state), i32.const(parts)), layout.starts + parts);
  f.while(i32.ltU(f.get(state), f.get(f.parameter(1, 'i32'))), () => {
    f.set(edge, i32.shl(first, i32.const(3)));
    f.set(end, i32.shl(last, i32.const(3)));
    f.while(i32.ltU(f.get(edge), f.get(end)), () => {
      visit({
        source: f.get(state),
        target: i32.load(f.get(edge), layout.edges),
        move: i32.load(f.get(edge), layout.edges + 4),
      });
      f.set(edge, i32.add(f.get(edge), i32.const(8)));
    });
    f.set(state, i32.add(f.get(state), i32.const(1)));
  });
}
