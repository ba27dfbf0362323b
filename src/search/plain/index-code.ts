/**
 * Generates what deals with the visited set: open addressing over slots of 32 bits, each an id plus one (0: free) with as much of
 * the hash as fits above it. Full keys are compared, so a wrong state is never taken for a known one.
 */
import { memory as bulk, type I32, type I64, i32, i64 } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { type Design, header } from './design.ts';
import type { Layout } from './fields.ts';
import { CHUNK, HEADER, PARENT_EVERY } from './memory.ts';

type Int = Local<'i32'>;

/** Runs `inside` with i from `from` to below `to`. */
function each(f: FunctionBody, i: Int, from: I32, to: I32, inside: () => void): void {
  f.set(i, from);
  f.while(i32.ltU(f.get(i), to), () => {
    inside();
    f.set(i, i32.add(f.get(i), i32.const(1)));
  });
}

/** The index as one function sees it; where it stands does not change while that runs. */
export class Index {
  private readonly f: FunctionBody;
  private readonly words: number;
  private readonly states: Int;
  private readonly slots: Int;
  private readonly slotCount: Int;
  private readonly idMask: Int;
  private readonly value: Int;
  private readonly known: Int;

  constructor(f: FunctionBody, words: number) {
    this.f = f;
    this.words = words;
    const read = (name: 'states' | 'slots' | 'slotCount' | 'idMask'): Int => {
      const local = f.local('i32');
      f.set(local, header(name));
      return local;
    };
    this.states = read('states');
    this.slots = read('slots');
    this.slotCount = read('slotCount');
    this.idMask = read('idMask');
    this.value = f.local('i32');
    this.known = f.local('i32');
  }

  state(id: I32): I32 {
    return i32.add(this.f.get(this.states), i32.mul(id, i32.const(8 * this.words)));
  }

  /** The upper half of the hash chooses the slot; the lower half is the tag. */
  home(hash: I64): I32 {
    const count = i64.extend(this.f.get(this.slotCount));
    return i32.wrap(i64.shrU(i64.mul(i64.shrU(hash, i64.const(32n)), count), i64.const(32n)));
  }

  slot(slot: I32): I32 {
    return i32.load(this.at(slot));
  }

  /** The id in a slot's value; −1 for a free one. */
  id(value: I32): I32 {
    return i32.sub(i32.and(value, this.f.get(this.idMask)), i32.const(1));
  }

  /** Others may read at any time, so the state is there before its slot is. */
  occupy(slot: I32, idPlusOne: I32, hash: I64): void {
    this.f.do(i32.atomicStore(this.at(slot), this.filled(idPlusOne, hash)));
  }

  /** The first slot from `slot` on that is free or has the tag; leaves it, and its id (−1: free). */
  seek(hash: I64, slot: Int, id: Int): void {
    const { f } = this;
    const rest = i32.xor(f.get(this.idMask), i32.const(-1));
    f.block((done) => {
      f.loop((again) => {
        f.set(this.value, i32.atomicLoad(this.at(f.get(slot))));
        const differs = i32.and(i32.xor(f.get(this.value), i32.wrap(hash)), rest);
        f.branchIf(i32.or(i32.eqz(f.get(this.value)), i32.eqz(differs)), done);
        this.advance(slot);
        f.branch(again);
      });
    });
    f.set(id, this.id(f.get(this.value)));
  }

  /** From `slot` on: leaves the id where the key is known, or −1 and the free slot. */
  probe(key: I32, hash: I64, slot: Int, id: Int): void {
    const { f } = this;
    f.block((done) => {
      f.loop((again) => {
        this.seek(hash, slot, id);
        f.branchIf(i32.ltS(f.get(id), i32.const(0)), done);
        f.set(this.known, this.state(f.get(id)));
        f.branchIf(this.equal(f.get(this.known), key), done);
        this.advance(slot);
        f.branch(again);
      });
    });
  }

  /** The first free slot from `slot` on, whoever else looks for one. */
  take(slot: Int, idPlusOne: I32, hash: I64): void {
    const { f } = this;
    f.block((done) => {
      f.loop((again) => {
        const at = this.at(f.get(slot));
        f.set(this.value, this.slot(f.get(slot)));
        f.if(i32.eqz(f.get(this.value)), () => {
          f.set(this.value, i32.atomicCompareExchange(at, i32.const(0), this.filled(idPlusOne, hash)));
          f.branchIf(i32.eqz(f.get(this.value)), done);
        });
        this.advance(slot);
        f.branch(again);
      });
    });
  }

  private filled(idPlusOne: I32, hash: I64): I32 {
    const tag = i32.and(i32.wrap(hash), i32.xor(this.f.get(this.idMask), i32.const(-1)));
    return i32.or(idPlusOne, tag);
  }

  private equal(a: I32, b: I32): I32 {
    const words = Array.from({ length: this.words }, (_, n) =>
      i64.xor(i64.load(a, 8 * n), i64.load(b, 8 * n)),
    );
    return i64.eqz(words.reduce(i64.or));
  }

  private at(slot: I32): I32 {
    return i32.add(this.f.get(this.slots), i32.shl(slot, i32.const(2)));
  }

  private advance(slot: Int): void {
    const { f } = this;
    f.set(slot, i32.add(f.get(slot), i32.const(1)));
    f.if(i32.eq(f.get(slot), f.get(this.slotCount)), () => f.set(slot, i32.const(0)));
  }
}

/** Addresses of the nth item of the lists in a thread's area. */
function lists(f: FunctionBody, { area, layout }: Design, base: Int) {
  const item = (offset: number, bytes: number) => (n: Int) =>
    i32.add(i32.add(f.get(base), i32.const(offset)), i32.mul(f.get(n), i32.const(bytes)));
  return {
    end: item(area.ends, 4),
    key: item(area.keys, 8 * layout.words),
    hash: item(area.hashes, 8),
    id: item(area.ids, 4),
  };
}

/**
 * `lookup(area, count)`: for each successor its id, or −1 − the slot where it belongs. First all slots are touched, then all
 * states that are known where they should be by their tags, so that what is not in the cache is fetched side by side. Returns a number
 * without meaning, so that the touching loads are not dropped.
 */
export function emitLookup(design: Design, f: FunctionBody): void {
  const [base, count] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [i, slot, id, touched] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const hash = f.local('i64');
  const index = new Index(f, design.layout.words);
  const list = lists(f, design, base);
  const all = (inside: () => void) => each(f, i, i32.const(0), f.get(count), inside);
  all(() => f.set(touched, i32.xor(f.get(touched), index.slot(index.home(i64.load(list.hash(i)))))));
  all(() => {
    f.set(hash, i64.load(list.hash(i)));
    f.set(slot, index.home(f.get(hash)));
    index.seek(f.get(hash), slot, id);
    f.do(i32.store(list.id(i), f.get(slot)));
    f.set(touched, i32.xor(f.get(touched), i32.load(index.state(f.get(id)))));
  });
  all(() => {
    f.set(hash, i64.load(list.hash(i)));
    f.set(slot, i32.load(list.id(i)));
    index.probe(list.key(i), f.get(hash), slot, id);
    f.if(i32.ltS(f.get(id), i32.const(0)), () => f.set(id, i32.sub(i32.const(-1), f.get(slot))));
    f.do(i32.store(list.id(i), f.get(id)));
  });
  f.return(f.get(touched));
}

/** `commit(area, from, expanded)`: stores what was not known, in order, and gives each its id; returns the first that it gave. */
export function emitCommit(design: Design, f: FunctionBody): void {
  const [base, from, expanded] = [f.parameter(0, 'i32'), f.parameter(1, 'i32'), f.parameter(2, 'i32')];
  const [n, i, end, slot, id, size, first] = f.locals(7, 'i32');
  const hash = f.local('i64');
  const index = new Index(f, design.layout.words);
  const list = lists(f, design, base);
  f.set(size, header('size'));
  f.set(first, f.get(size));
  const keep = () => {
    f.set(hash, i64.load(list.hash(i)));
    f.set(slot, i32.sub(i32.const(-1), f.get(id)));
    index.probe(list.key(i), f.get(hash), slot, id);
    f.if(i32.ltS(f.get(id), i32.const(0)), () => {
      f.set(id, f.get(size));
      for (let word = 0; word < design.layout.words; word++)
        f.do(i64.store(index.state(f.get(id)), i64.load(list.key(i), 8 * word), 8 * word));
      f.if(i32.eqz(i32.and(f.get(id), i32.const(PARENT_EVERY - 1))), () => {
        const at = i32.shl(i32.shrU(f.get(id), i32.const(Math.log2(PARENT_EVERY))), i32.const(2));
        f.do(i32.store(i32.add(header('parents'), at), i32.add(f.get(from), f.get(n))));
      });
      f.set(size, i32.add(f.get(size), i32.const(1)));
      index.occupy(f.get(slot), f.get(size), f.get(hash));
    });
    f.do(i32.store(list.id(i), f.get(id)));
  };
  each(f, n, i32.const(0), f.get(expanded), () => {
    f.set(end, i32.load(list.end(n)));
    f.while(i32.ltU(f.get(i), f.get(end)), () => {
      f.set(id, i32.load(list.id(i)));
      f.if(i32.ltS(f.get(id), i32.const(0)), keep);
      f.set(i, i32.add(f.get(i), i32.const(1)));
    });
  });
  f.do(i32.store(i32.const(0), f.get(size), HEADER.size));
  f.return(f.get(first));
}

/** Bytes of slots that a thread empties at a time. */
export const CLEARED = 1 << 20;

/**
 * `clear(area, blocks)`: empties all slots, as many threads as there are. Also where nothing was ever written: it is quicker to ask the
 * system for pages in their order than when states are entered.
 */
export function emitClear(f: FunctionBody): void {
  const blocks = f.parameter(1, 'i32');
  const [block, from, bytes] = [f.local('i32'), f.local('i32'), f.local('i32')];
  f.loop((again) => {
    f.set(block, i32.atomicAdd(i32.const(0), i32.const(1), HEADER.claim));
    f.if(i32.geU(f.get(block), f.get(blocks)), () => f.return());
    f.set(from, i32.mul(f.get(block), i32.const(CLEARED)));
    f.set(bytes, i32.sub(i32.shl(header('slotCount'), i32.const(2)), f.get(from)));
    f.if(i32.gtU(f.get(bytes), i32.const(CLEARED)), () => f.set(bytes, i32.const(CLEARED)));
    f.do(bulk.fill(i32.add(header('slots'), f.get(from)), i32.const(0), f.get(bytes)));
    f.branch(again);
  });
}

/** Stored states that a thread enters at a time. */
const ENTERED = 1 << 12;

/**
 * `rehash(area, until)`: enters stored states into slots that do not have them, as many threads as there are: each claims some. Slots
 * are touched before they are needed, as above.
 */
export function emitRehash(design: Design, f: FunctionBody): void {
  const [base, until] = [f.parameter(0, 'i32'), f.parameter(1, 'i32')];
  const [from, some, to, id, i, slot, at, touched] = f.locals(8, 'i32');
  const hash = f.local('i64');
  const words = Array.from({ length: design.layout.words }, () => f.local('i64'));
  const index = new Index(f, words.length);
  const list = lists(f, design, base);
  const least = (local: Int, limit: I32) => f.if(i32.ltU(limit, f.get(local)), () => f.set(local, limit));
  const all = (inside: () => void) => {
    f.set(i, i32.const(0));
    each(f, id, f.get(from), f.get(some), () => {
      inside();
      f.set(i, i32.add(f.get(i), i32.const(1)));
    });
  };
  const enter = () => {
    all(() => {
      f.set(at, index.state(f.get(id)));
      for (const [n, word] of words.entries()) f.set(word, i64.load(f.get(at), 8 * n));
      f.set(hash, design.hash(words.map((word) => f.get(word))));
      f.do(i64.store(list.hash(i), f.get(hash)));
      f.set(touched, i32.xor(f.get(touched), index.slot(index.home(f.get(hash)))));
    });
    all(() => {
      f.set(hash, i64.load(list.hash(i)));
      f.set(slot, index.home(f.get(hash)));
      index.take(slot, i32.add(f.get(id), i32.const(1)), f.get(hash));
    });
    f.set(from, f.get(some));
  };
  f.loop((again) => {
    f.set(from, i32.atomicAdd(i32.const(0), i32.const(ENTERED), HEADER.claim));
    f.if(i32.geU(f.get(from), f.get(until)), () => f.return(f.get(touched)));
    f.set(to, i32.add(f.get(from), i32.const(ENTERED)));
    least(to, f.get(until));
    f.while(i32.ltU(f.get(from), f.get(to)), () => {
      f.set(some, i32.add(f.get(from), i32.const(CHUNK)));
      least(some, f.get(to));
      enter();
    });
    f.branch(again);
  });
}

/** `repack()`: rewrites all states from an older layout to this one, in place. */
export function emitRepack({ layout }: Design, old: Layout, f: FunctionBody): void {
  const [n, id, from, to] = [f.local('i32'), f.local('i32'), f.local('i32'), f.local('i32')];
  const before = Array.from({ length: old.words }, () => f.local('i64'));
  const address = (words: number) => i32.add(header('states'), i32.mul(f.get(id), i32.const(8 * words)));
  each(f, n, i32.const(0), header('size'), () => {
    // Where states get longer the last is moved first.
    const backwards = i32.sub(i32.sub(header('size'), i32.const(1)), f.get(n));
    f.set(id, layout.words > old.words ? backwards : f.get(n));
    f.set(from, address(old.words));
    f.set(to, address(layout.words));
    for (const [at, word] of before.entries()) f.set(word, i64.load(f.get(from), 8 * at));
    const parts = Array.from({ length: layout.words }, (): I64[] => []);
    layout.fields.forEach(({ word, shift }, chart) => {
      const was = old.fields[chart];
      if (was === undefined || was.bits === 0) return;
      const mask = (1n << BigInt(was.bits)) - 1n;
      const value = i64.and(
        i64.shrU(f.get(before[was.word] as Local<'i64'>), i64.const(BigInt(was.shift))),
        i64.const(mask),
      );
      parts[word]?.push(i64.shl(value, i64.const(BigInt(shift))));
    });
    for (const [at, list] of parts.entries())
      f.do(i64.store(f.get(to), list.reduce(i64.or, i64.const(0n)), 8 * at));
  });
}
