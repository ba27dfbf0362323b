/**
 * Generated: a state is put into the order of its sections' keys, and an orbit is counted. The keys and the motions are columns of
 * the charts' rows (orbit-columns.ts). Of states, or of outer states.
 */
import { type I32, type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import type { Field } from '../plain/fields.ts';
import type { OrbitColumns } from './orbit-columns.ts';
import type { Symmetry } from './symmetry.ts';

type Long = Local<'i64'>;
type Int = Local<'i32'>;

/** Where rows stand, and how a state is packed. */
export interface Places {
  readonly fields: readonly Field[];
  readonly rows: readonly { readonly orbits: OrbitColumns; readonly stride: number }[];
  /** Per chart. */
  readonly rowsAt: readonly number[];
}

export class OrbitCode {
  private readonly symmetry: Symmetry;
  private readonly places: Places;
  private readonly f: FunctionBody;
  /** Per section. */
  private readonly keys: readonly Long[];
  /** Per chart: its local state; undefined where no motion does anything to it. */
  private readonly locals: readonly (Int | undefined)[];
  private readonly isMoved: Int;
  private readonly swap: Long;

  constructor(symmetry: Symmetry, places: Places, f: FunctionBody) {
    this.symmetry = symmetry;
    this.places = places;
    this.f = f;
    this.keys = Array.from({ length: symmetry.sections }, () => f.local('i64'));
    this.locals = places.rows.map((_, chart) =>
      symmetry.moved.includes(chart) ? f.local('i32') : undefined,
    );
    this.isMoved = f.local('i32');
    this.swap = f.local('i64');
  }

  /** Makes the state in `words` the one that stands for its orbit: keys ascend (or are less than from the other end). */
  canonise(words: readonly Long[]): void {
    const { f, symmetry, isMoved } = this;
    this.unpack(words);
    f.set(isMoved, i32.const(0));
    if (symmetry.isMirror) this.face();
    else
      for (let last = symmetry.sections - 1; last > 0; last--)
        for (let at = 0; at < last; at++) this.order(at);
    f.if(f.get(isMoved), () => this.pack(words));
  }

  /** States in the orbit of the canonical state in `words`. */
  weigh(words: readonly Long[], weight: Long): void {
    const { f, keys, symmetry } = this;
    this.unpack(words);
    if (symmetry.isMirror) {
      const sides = keys.slice(0, keys.length >> 1);
      const unlike = sides.map((key, at) => i64.xor(f.get(key), f.get(keys.at(-1 - at) as Long)));
      f.set(weight, i64.add(i64.const(1n), i64.extend(i64.ne(unlike.reduce(i64.or), i64.const(0n)))));
      return;
    }
    const alike = f.local('i64');
    f.set(weight, i64.const(1n));
    f.set(alike, i64.const(1n));
    for (let at = 1; at < keys.length; at++) {
      const isSame = i64.eq(f.get(keys[at] as Long), f.get(keys[at - 1] as Long));
      f.set(alike, i64.add(i64.mul(f.get(alike), i64.extend(isSame)), i64.const(1n)));
      f.set(weight, i64.divU(i64.mul(f.get(weight), i64.const(BigInt(at + 1))), f.get(alike)));
    }
  }

  private unpack(words: readonly Long[]): void {
    const { f, places, locals, keys } = this;
    const shares = keys.map((): I64[] => []);
    locals.forEach((local, chart) => {
      const { bits = 0, shift = 0, word = 0 } = places.fields[chart] ?? {};
      if (local === undefined) return;
      const value = i32.wrap(i64.shrU(f.get(words[word] as Long), i64.const(BigInt(shift))));
      f.set(local, i32.and(value, i32.const(2 ** bits - 1)));
      for (const [section, offset] of places.rows[chart]?.orbits.shares ?? [])
        shares[section]?.push(i64.load(this.row(chart, local), offset));
    });
    for (const [section, key] of keys.entries())
      f.set(key, (shares[section] ?? []).reduce(i64.or, i64.const(0n)));
  }

  private row(chart: number, local: Int): I32 {
    const stride = i32.const(this.places.rows[chart]?.stride ?? 0);
    return i32.add(i32.mul(this.f.get(local), stride), i32.const(this.places.rowsAt[chart] ?? 0));
  }

  /** Exchanges two neighbours if they are the wrong way round. */
  private order(at: number): void {
    const { f, swap } = this;
    const [a, b] = [this.keys[at] as Long, this.keys[at + 1] as Long];
    f.if(i64.gtU(f.get(a), f.get(b)), () => {
      f.set(swap, f.get(a));
      f.set(a, f.get(b));
      f.set(b, f.get(swap));
      this.move(at);
    });
  }

  /** Turns the sections round if they read less from the other end. */
  private face(): void {
    const { f, keys } = this;
    f.block((done) => {
      f.block((turn) => {
        for (let at = 0; at < keys.length >> 1; at++) {
          const [a, b] = [f.get(keys[at] as Long), f.get(keys.at(-1 - at) as Long)];
          f.branchIf(i64.gtU(a, b), turn);
          f.branchIf(i64.ltU(a, b), done);
        }
        f.branch(done);
      });
      this.move(0);
    });
  }

  private move(motion: number): void {
    const { f, symmetry, locals, places } = this;
    const charts = symmetry.motions[motion]?.charts ?? [];
    const moved = (chart: number): I32 | undefined => {
      const [local, offset] = [locals[chart], places.rows[chart]?.orbits.moved.get(motion)];
      return local === undefined || offset === undefined
        ? undefined
        : i32.load16(this.row(chart, local), offset);
    };
    const kept = f.local('i32');
    for (const [chart, twin] of charts.entries()) {
      const [to, back] = [moved(chart), moved(twin)];
      const [local, other] = [locals[chart], locals[twin]];
      if (
        twin < chart ||
        to === undefined ||
        back === undefined ||
        local === undefined ||
        other === undefined
      )
        continue;
      f.set(kept, to);
      if (twin !== chart) f.set(local, back);
      f.set(other, f.get(kept));
    }
    f.set(this.isMoved, i32.const(1));
  }

  private pack(words: readonly Long[]): void {
    const { f, locals, places } = this;
    words.forEach((word, n) => {
      let kept = -1n;
      const parts: I64[] = [];
      locals.forEach((local, chart) => {
        const field = places.fields[chart];
        if (local === undefined || field === undefined || field.word !== n || field.bits === 0) return;
        kept &= ~(((1n << BigInt(field.bits)) - 1n) << BigInt(field.shift));
        parts.push(i64.shl(i64.extend(f.get(local)), i64.const(BigInt(field.shift))));
      });
      if (parts.length > 0) f.set(word, parts.reduce(i64.or, i64.and(f.get(word), i64.const(kept))));
    });
  }
}
