/**
 * Sleep sets: labels of a state that need not be taken, since what they lead to is known already, or has a sooner way (Godefroid 1996,
 * for the order of this search).
 *
 * Say s was first met from p by a. Then b sleeps in s (squares.ts has the words) if it
 *   - commutes with a in p, and comes before a in the alphabet, or sleeps in p;
 *   - undoes a: it leads back to p; or
 *   - covers a: it leads where it leads from p.
 *
 * Why nothing is lost: the run that first meets a state is the least of its shortest runs, label by label. To where a sleeping b leads
 * there is a run that is shorter than the one by way of s, or as long and less before its last label: … b a instead of … a b; the run
 * to p; the one to p and then b; or what stood for b in p, and then a. So s is never where that state is first met, and ids, layers
 * and runs are what they would be without sleep.
 *
 * Transitions are counted where they are enabled, taken or not.
 */
import type { Product } from '../../compose/product.ts';
import { type I32, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { type Design, header } from './design.ts';
import type { Layout } from './fields.ts';
import { labelWords, type Regions } from './memory.ts';
import { type ChartRows, NEXT_BYTES } from './rows.ts';
import { SQUARE_MASKS } from './squares.ts';

type Int = Local<'i32'>;
type Long = Local<'i64'>;

/** Per owner of a label 4 bytes each: byte offset of the word, shift and mask of the field, length of a row, place in the first row. */
const OWNER = { word: 0, shift: 4, mask: 8, stride: 12, base: 16 } as const;
const OWNER_BYTES = 20;
/** Per label: where its owners start and end (4 each), then a mask of the labels before it, and one of those with no other owners. */
const OWNERS_FROM = 0;
const OWNERS_TO = 4;
const MASKS = 8;
const recordBytes = ({ labels }: Product): number => MASKS + 2 * 8 * labelWords(labels.length);

export const orderBytes = (product: Product): number =>
  product.labels.length * recordBytes(product) +
  OWNER_BYTES * product.owners.reduce((sum, owners) => sum + owners.length, 0);

export interface OrderPlaces {
  readonly product: Product;
  readonly layout: Layout;
  readonly rows: readonly ChartRows[];
  readonly regions: Regions;
}

/** Writes what the program looks up per label. */
export function writeOrders(memory: ArrayBuffer | SharedArrayBuffer, places: OrderPlaces): void {
  const { product, layout, rows, regions } = places;
  const view = new DataView(memory, regions.orders, orderBytes(product));
  const record = recordBytes(product);
  const masks = new Uint8Array(record - MASKS);
  let at = product.labels.length * record;
  product.owners.forEach((owners, label) => {
    const from = label * record;
    view.setUint32(from + OWNERS_FROM, regions.orders + at, true);
    for (const { chart, own } of owners) {
      const field = layout.fields[chart];
      const its = rows[chart];
      if (field === undefined || its === undefined) throw new RangeError(`no chart ${chart}`);
      view.setUint32(at + OWNER.word, 8 * field.word, true);
      view.setUint32(at + OWNER.shift, field.shift, true);
      view.setUint32(at + OWNER.mask, 2 ** field.bits - 1, true);
      view.setUint32(at + OWNER.stride, its.stride, true);
      view.setUint32(at + OWNER.base, (regions.rows[chart] ?? 0) + its.next + NEXT_BYTES * own + 2, true);
      at += OWNER_BYTES;
    }
    view.setUint32(from + OWNERS_TO, regions.orders + at, true);
    const charts = owners.map(({ chart }) => chart);
    masks.fill(0);
    for (let other = 0; other < product.labels.length; other++) {
      const bit = 1 << (other & 7);
      if (other < label) masks[other >> 3] = (masks[other >> 3] as number) | bit;
      const within = masks.length / 2 + (other >> 3);
      if (product.owners[other]?.every(({ chart }) => charts.includes(chart)) === true)
        masks[within] = (masks[within] as number) | bit;
    }
    new Uint8Array(memory, regions.orders + from + MASKS, masks.length).set(masks);
  });
}

/** Address of a state's mask among those that wait. */
export const maskOf = (state: I32, words: number): I32 =>
  i32.add(header('ring'), i32.mul(i32.and(state, header('ringMask')), i32.const(8 * words)));

/**
 * `doze(area, from, expanded, first)`: after a chunk was entered, the masks of the states that are new in it. They have the ids from
 * `first` on, in the order of the successors; nobody expands them before the chunk is done.
 */
export function emitDoze({ product, area, layout }: Design, f: FunctionBody): void {
  const [base, from, expanded, fresh] = [0, 1, 2, 3].map((n) => f.parameter(n, 'i32')) as [
    Int,
    Int,
    Int,
    Int,
  ];
  const [n, i, end, record, owner, last, parent, square, at] = f.locals(9, 'i32');
  const words = labelWords(product.labels.length);
  const masks = (): Local<'i64'>[] => Array.from({ length: words }, () => f.local('i64'));
  const [commuting, undoing, covering] = [masks(), masks(), masks()];
  const all = [...commuting, ...undoing, ...covering];
  const item = (bytes: number, index: Int) => i32.add(f.get(base), i32.mul(f.get(index), i32.const(bytes)));
  const increase = (local: Int, by: number) => f.set(local, i32.add(f.get(local), i32.const(by)));

  /** What the owners of the label let commute with it. */
  const narrow = () => {
    f.set(owner, i32.load(f.get(record), OWNERS_FROM));
    f.set(last, i32.load(f.get(record), OWNERS_TO));
    f.while(i32.ltU(f.get(owner), f.get(last)), () => {
      const word = i64.load(i32.add(f.get(parent), i32.load(f.get(owner), OWNER.word)));
      const field = i32.wrap(i64.shrU(word, i64.extend(i32.load(f.get(owner), OWNER.shift))));
      const local = i32.and(field, i32.load(f.get(owner), OWNER.mask));
      const row = i32.add(
        i32.mul(local, i32.load(f.get(owner), OWNER.stride)),
        i32.load(f.get(owner), OWNER.base),
      );
      f.set(
        square,
        i32.add(header('squares'), i32.mul(i32.load16(row), i32.const(8 * SQUARE_MASKS * words))),
      );
      for (const [w, mask] of all.entries())
        f.set(mask, i64.and(f.get(mask), i64.load(f.get(square), 8 * w)));
      increase(owner, OWNER_BYTES);
    });
  };
  const doze = () => {
    f.set(
      record,
      i32.add(
        header('orders'),
        i32.mul(i32.load16(item(2, i), area.labels), i32.const(recordBytes(product))),
      ),
    );
    f.set(at, item(8 * words, n));
    for (let w = 0; w < words; w++) {
      const [commutes, undoes, covers] = [commuting[w], undoing[w], covering[w]] as [Long, Long, Long];
      const enabled = i64.load(f.get(at), area.enabled + 8 * w);
      f.set(covers, enabled);
      const before = i64.and(enabled, i64.load(f.get(record), MASKS + 8 * w));
      f.set(commutes, i64.or(before, i64.load(f.get(at), area.asleep + 8 * w)));
      f.set(undoes, i64.load(f.get(record), MASKS + 8 * (words + w)));
    }
    narrow();
    f.set(at, maskOf(f.get(fresh), words));
    for (let w = 0; w < words; w++) {
      const parts = [commuting[w], undoing[w], covering[w]].map((mask) => f.get(mask as Long));
      f.do(i64.store(f.get(at), parts.reduce(i64.or), 8 * w));
    }
    increase(fresh, 1);
  };
  f.while(i32.ltU(f.get(n), f.get(expanded)), () => {
    f.set(end, i32.load(item(4, n), area.ends));
    const state = i32.add(f.get(from), f.get(n));
    f.set(parent, i32.add(header('states'), i32.mul(state, i32.const(8 * layout.words))));
    f.while(i32.ltU(f.get(i), f.get(end)), () => {
      f.if(i32.eq(i32.load(item(4, i), area.ids), f.get(fresh)), doze);
      increase(i, 1);
    });
    increase(n, 1);
  });
}
