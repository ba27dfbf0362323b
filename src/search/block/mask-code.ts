/**
 * Which outer states have a mask of which rule: generated code that looks at every outer state. What a rule depends on is one number a
 * state (state-masks.ts); the code looks up the number of its mask, and hands on only those that are not known to be empty.
 */
import { i32, i64 } from '../../wasm/expression.ts';
import { compiled, instantiate } from '../../wasm/host.ts';
import { ModuleBuilder, setGlobal } from '../../wasm/module.ts';
import type { Bits } from './bits.ts';
import type { OuterGraph } from './outer-graph.ts';
import { type OuterLayout, PAGES_MAX } from './outer-layout.ts';
import type { StateMasks } from './state-masks.ts';

type Visit = (outer: number, rule: number, mask: Bits) => void;

/** Of rules with more signatures than this the table would take more than it saves. */
const SIGNATURES_MAX = 1 << 16;
/** Outer states looked at in one call, and hits handed on together: state, rule, number. */
const TURN = 20_000;
const HITS = 1 << 12;
const HIT_BYTES = 12;
/** What the table says beside 2 + the mask's number. */
const UNKNOWN = 0;
const EMPTY = 1;

interface Place {
  readonly rule: number;
  readonly masks: StateMasks;
  /** Addresses: what each chart adds, and the mask's number by signature. */
  readonly parts: readonly number[];
  readonly numbers: number;
}

interface Exports {
  readonly look: (from: number, until: number) => number;
  readonly hits: { readonly value: number };
}

/** Visits every outer state and rule whose mask is not empty, reached or not. */
export function eachMask(graph: OuterGraph, rules: readonly StateMasks[], visit: Visit): void {
  const isQuick = rules.map(({ signatures }) => signatures <= SIGNATURES_MAX);
  const values = new Int32Array(graph.layout.fields.length);
  const slow = rules.flatMap((masks, rule) => (isQuick[rule] ? [] : [{ masks, rule }]));
  for (let outer = 0; slow.length > 0 && outer < graph.states; outer++) {
    graph.read(outer, values);
    for (const { masks, rule } of slow) {
      const mask = masks.of(values);
      if (mask.length > 0) visit(outer, rule, mask);
    }
  }
  const quick = rules.flatMap((masks, rule) => (isQuick[rule] ? [{ masks, rule }] : []));
  if (quick.length > 0) lookAtAll(graph, quick, visit);
}

function lookAtAll(graph: OuterGraph, quick: readonly Pick<Place, 'masks' | 'rule'>[], visit: Visit): void {
  const bytes = quick.reduce(
    (sum, { masks }) => sum + masks.parts.reduce((n, { length }) => n + 4 * length, 4 * masks.signatures),
    0,
  );
  let address = graph.reserve(HITS * HIT_BYTES + bytes);
  const found = address;
  address += HITS * HIT_BYTES;
  const halves = new Int32Array(graph.memory.buffer);
  const put = (numbers: ArrayLike<number>): number => {
    const at = address;
    halves.set(numbers, at / 4);
    address += 4 * numbers.length;
    return at;
  };
  const places = quick.map(
    (one): Place => ({
      ...one,
      parts: one.masks.parts.map(put),
      numbers: put(new Int32Array(one.masks.signatures).fill(UNKNOWN)),
    }),
  );
  const module = compiled(lookModule(graph.layout, places, found));
  const code = instantiate<Exports>(module, graph.memory);
  const values = new Int32Array(graph.layout.fields.length);
  for (let at = 0; at < graph.states; ) {
    at = code.look(at, Math.min(graph.states, at + TURN));
    // Addresses beyond 2 GiB come back negative.
    const end = (code.hits.value >>> 0) / 4;
    for (let hit = found / 4; hit < end; hit += 3) {
      const outer = halves[hit] as number;
      const { masks, numbers, rule } = places[halves[hit + 1] as number] as Place;
      let number = halves[hit + 2] as number;
      if (number === UNKNOWN) {
        graph.read(outer, values);
        const signature = masks.signature(values);
        const known = masks.numberOf(signature, values);
        number = masks.all[known]?.length === 0 ? EMPTY : known + 2;
        halves[numbers / 4 + signature] = number;
      }
      if (number !== EMPTY) visit(outer, rule, masks.all[number - 2] as Bits);
    }
  }
}

/** `look` goes through outer states and says where it got to; `hits`: the end of what it found. */
function lookModule(layout: OuterLayout, places: readonly Place[], found: number): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most: PAGES_MAX, shared: false });
  const hits = module.global('i32', BigInt(found), 'hits');
  module.function(
    { parameters: ['i32', 'i32'], result: 'i32' },
    (f) => {
      const state = f.parameter(0, 'i32');
      const hit = f.local('i32');
      const number = f.local('i32');
      const key = Array.from({ length: layout.words }, () => f.local('i64'));
      const used = new Set(places.flatMap(({ masks }) => [...masks.charts]));
      const fields = layout.fields.filter(({ chart }) => used.has(chart));
      /** Where an entry of a table of 4 bytes stands, from its beginning. */
      const offsets = new Map(fields.map(({ chart }) => [chart, f.local('i32')]));
      const end = found + HIT_BYTES * (HITS - places.length);
      f.set(hit, i32.const(found));
      f.while(i32.ltU(f.get(state), f.get(f.parameter(1, 'i32'))), () => {
        f.if(i32.gtU(f.get(hit), i32.const(end)), () => {
          f.do(setGlobal(hits, f.get(hit)));
          f.return(f.get(state));
        });
        key.forEach((word, w) => {
          f.set(word, i64.load(i32.mul(f.get(state), i32.const(layout.stride)), layout.keys + 8 * w));
        });
        for (const { bits, chart, shift, word } of fields) {
          const offset = offsets.get(chart);
          const its = key[word];
          if (offset === undefined || its === undefined) continue;
          const raw = i32.wrap(i64.shrU(f.get(its), i64.const(BigInt(shift))));
          f.set(offset, i32.shl(i32.and(raw, i32.const(2 ** bits - 1)), i32.const(2)));
        }
        places.forEach(({ masks, numbers, parts }, at) => {
          let signature = i32.const(0);
          masks.charts.forEach((chart, c) => {
            const offset = offsets.get(chart);
            if (offset !== undefined) signature = i32.add(signature, i32.load(f.get(offset), parts[c]));
          });
          f.set(number, i32.load(i32.shl(signature, i32.const(2)), numbers));
          f.if(i32.ne(f.get(number), i32.const(EMPTY)), () => {
            f.do(
              i32.store(f.get(hit), f.get(state)),
              i32.store(f.get(hit), i32.const(at), 4),
              i32.store(f.get(hit), f.get(number), 8),
            );
            f.set(hit, i32.add(f.get(hit), i32.const(HIT_BYTES)));
          });
        });
        f.set(state, i32.add(f.get(state), i32.const(1)));
      });
      f.do(setGlobal(hits, f.get(hit)));
      f.return(f.get(state));
    },
    'look',
  );
  return module.bytes();
}
