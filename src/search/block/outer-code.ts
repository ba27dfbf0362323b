/**
 * Code that finds the outer successors of every outer state, whatever the inner part says: straight-line per label, since tables,
 * fields and owners are constants of the product.
 */
import { UNKNOWN } from '../../compile/answers.ts';
import type { Product } from '../../compose/product.ts';
import { drop, type Expression, type I32, i32, i64, type Statement } from '../../wasm/expression.ts';
import type { FunctionBody, Local, Target } from '../../wasm/function.ts';
import { call, type FunctionRef, getGlobal, ModuleBuilder, setGlobal } from '../../wasm/module.ts';
import { OrbitCode } from '../symmetry/orbit-code.ts';
import type { Moves } from './moves.ts';
import { arrivalBytes, bitsOf, type Field, HEADROOM, type OuterLayout } from './outer-layout.ts';

/** Why the code came back. */
export const STOP = { done: 0, local: 1, outcome: 2, bundle: 3, edges: 4, slots: 5, turn: 6 } as const;
/** States expanded in one call: the engine swaps in better code between calls. */
const TURN = 4096;
/** An outcome that nobody has asked for. */
export const UNKNOWN_OUTCOME = 1;

const GOLDEN = 0x9e3779b97f4a7c15n;

type Globals = ReturnType<typeof globalsOf>;

const globalsOf = (module: ModuleBuilder) => ({
  /** Next state to expand; states there are; where the next edge goes; where slots begin, and slots − 1; what was missing. */
  at: module.global('i32', 0n, 'at'),
  count: module.global('i32', 0n, 'count'),
  edge: module.global('i32', 0n, 'edge'),
  slots: module.global('i32', 0n, 'slots'),
  mask: module.global('i32', 0n, 'mask'),
  missing0: module.global('i32', 0n, 'missing0'),
  missing1: module.global('i32', 0n, 'missing1'),
  missing2: module.global('i32', 0n, 'missing2'),
});

export function outerModule(
  product: Product,
  moves: Moves,
  layout: OuterLayout,
  most: number,
): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ least: 1, most, shared: false });
  const globals = globalsOf(module);
  const intern = internFunction(module, layout, globals);
  const bundled = bundledFunction(module, layout);
  module.function(
    { parameters: [], result: 'i32' },
    (f) => new Expansion(f, { product, moves, layout, globals, intern, bundled }).define(),
    'expand',
  );
  rehashFunction(module, layout, globals);
  return module.bytes();
}

interface Context {
  readonly product: Product;
  readonly moves: Moves;
  readonly layout: OuterLayout;
  readonly globals: Globals;
  readonly intern: FunctionRef;
  readonly bundled: FunctionRef;
}

/** The body of `expand`: expands states until all are done or something is missing. */
class Expansion {
  private readonly f: FunctionBody;
  private readonly its: Context;
  private readonly key: Local<'i64'>[];
  private readonly base: Local<'i64'>[];
  private readonly next: Local<'i64'>[];
  private readonly value: Local<'i32'>[];
  private readonly after: Local<'i32'>[];
  private readonly state: Local<'i32'>;
  private readonly edge: Local<'i32'>;
  private readonly bundle: Local<'i32'>;
  private readonly outcome: Local<'i32'>;
  private readonly way: Local<'i32'>;
  private readonly move: Local<'i32'>;
  private readonly left: Local<'i32'>;
  /** Where the next arrival goes: address of its edge, then the key it leads to. */
  private readonly arrival: Local<'i32'>;
  private readonly orbits: OrbitCode | undefined;

  constructor(f: FunctionBody, its: Context) {
    this.f = f;
    this.its = its;
    const words = Array.from({ length: its.layout.words });
    this.key = words.map(() => f.local('i64'));
    this.base = words.map(() => f.local('i64'));
    this.next = words.map(() => f.local('i64'));
    this.value = its.layout.fields.map(() => f.local('i32'));
    this.after = its.layout.fields.map(() => f.local('i32'));
    this.state = f.local('i32');
    this.edge = f.local('i32');
    this.bundle = f.local('i32');
    this.outcome = f.local('i32');
    this.way = f.local('i32');
    this.move = f.local('i32');
    this.left = f.local('i32');
    this.arrival = f.local('i32');
    const { fields, orbits } = its.layout;
    this.orbits = orbits && new OrbitCode(orbits.symmetry, { ...orbits, fields }, f);
  }

  define(): void {
    const { f } = this;
    const { globals, layout, product } = this.its;
    const turn = f.local('i32');
    f.loop((again) => {
      f.set(turn, i32.add(f.get(turn), i32.const(1)));
      f.if(i32.gtU(f.get(turn), i32.const(TURN)), () => f.return(i32.const(STOP.turn)));
      f.set(this.state, getGlobal(globals.at));
      f.if(i32.geU(f.get(this.state), getGlobal(globals.count)), () => f.return(i32.const(STOP.done)));
      f.set(this.edge, getGlobal(globals.edge));
      f.if(i32.gtU(f.get(this.edge), i32.const(layout.edgesEnd)), () => f.return(i32.const(STOP.edges)));
      const full = i32.gtU(
        i32.add(i32.shl(getGlobal(globals.count), i32.const(1)), i32.const(2 * HEADROOM)),
        getGlobal(globals.mask),
      );
      f.if(full, () => f.return(i32.const(STOP.slots)));
      f.set(this.bundle, i32.const(0));
      f.set(this.arrival, i32.const(layout.arrivals));
      this.unpack();
      product.labels.forEach((_, label) => {
        f.block((no) => this.take(label, no));
      });
      this.settle();
      f.if(f.get(this.bundle), () => this.append(f.get(this.state), f.get(this.bundle)));
      f.do(
        i32.store(
          this.addressOf(f.get(this.state)),
          i32.shrU(i32.sub(f.get(this.edge), getGlobal(globals.edge)), i32.const(3)),
          layout.keys + 8 * layout.words,
        ),
        ...this.weighed(),
        setGlobal(globals.edge, f.get(this.edge)),
        setGlobal(globals.at, i32.add(f.get(this.state), i32.const(1))),
      );
      f.branch(again);
    });
  }

  /** Stores how many states the orbit of the state has. */
  private weighed(): Statement[] {
    const { f, orbits } = this;
    if (orbits === undefined) return [];
    const { keys, words } = this.its.layout;
    const weight = f.local('i64');
    orbits.weigh(this.key, weight);
    return [i32.store(this.addressOf(f.get(this.state)), i32.wrap(f.get(weight)), keys + 8 * words + 4)];
  }

  private addressOf(state: I32): I32 {
    return i32.mul(state, i32.const(this.its.layout.stride));
  }

  private unpack(): void {
    const { f } = this;
    const { layout } = this.its;
    this.key.forEach((word, w) => {
      f.set(word, i64.load(this.addressOf(f.get(this.state)), layout.keys + 8 * w));
    });
    layout.fields.forEach(({ word, shift, bits }, at) => {
      const raw = i32.wrap(i64.shrU(f.get(this.key[word] as Local<'i64'>), i64.const(BigInt(shift))));
      f.set(this.value[at] as Local<'i32'>, i32.and(raw, i32.const(2 ** bits - 1)));
    });
  }

  private take(label: number, no: Target): void {
    const { f } = this;
    const { layout, moves, product } = this.its;
    const owners = product.owners[label] ?? [];
    const whole = owners.flatMap((owner) => {
      const field = layout.fields[owner.chart] as Field;
      return field.cut === undefined ? [{ ...owner, field }] : [];
    });
    const cutOwners = moves.cutOwners[label] ?? [];
    for (const { field, own, role } of whole)
      if (role !== 'observes') this.ask(field, own, () => f.branch(no));
    if (cutOwners.length > 0) this.findOutcome(label, no);
    for (const { field, own, role } of whole)
      if (role === 'observes')
        this.ask(field, own, () => {
          this.append(f.get(this.state), i32.const(moves.refusal(label)));
          f.branch(no);
        });
    this.base.forEach((base, w) => {
      let word: Expression<'i64'> = f.get(this.key[w] as Local<'i64'>);
      for (const { field } of whole)
        if (field.word === w) {
          const by = i64.sub(
            i64.extend(f.get(this.after[field.chart] as Local<'i32'>)),
            i64.extend(f.get(this.value[field.chart] as Local<'i32'>)),
          );
          word = i64.add(word, i64.shl(by, i64.const(BigInt(field.shift))));
        }
      f.set(base, word);
    });
    if (cutOwners.length === 0) {
      this.next.forEach((next, w) => {
        f.set(next, f.get(this.base[w] as Local<'i64'>));
      });
      const [way] = moves.outcome(label, []).ways;
      this.arrive(i32.const(way?.move ?? 0));
      return;
    }
    this.eachWay();
  }

  /** Where the chart goes, into `after`; `refused` emits what happens where it does not. */
  private ask(field: Field, own: number, refused: () => void): void {
    const { f } = this;
    const { globals } = this.its;
    const value = f.get(this.value[field.chart] as Local<'i32'>);
    const after = this.after[field.chart] as Local<'i32'>;
    const entry = i32.load(i32.mul(value, i32.const(4 * field.labels)), field.table + 4 * own);
    f.if(i32.ltS(f.tee(after, entry), i32.const(0)), () => {
      f.if(i32.eq(f.get(after), i32.const(UNKNOWN)), () =>
        this.miss(STOP.local, [
          setGlobal(globals.missing0, i32.const(field.chart)),
          setGlobal(globals.missing1, i32.const(own)),
          setGlobal(globals.missing2, value),
        ]),
      );
      refused();
    });
  }

  private miss(stop: number, facts: readonly Statement[]): void {
    this.f.do(...facts);
    this.f.return(i32.const(stop));
  }

  private findOutcome(label: number, no: Target): void {
    const { f } = this;
    const { globals, layout, moves } = this.its;
    let index: I32 = i32.const(0);
    for (const { cut } of moves.cutOwners[label] ?? []) {
      const chart = moves.space.cuts[cut]?.chart ?? 0;
      const shifted = i32.shl(index, i32.const(bitsOf(moves, layout.fields, cut)));
      index = i32.or(shifted, f.get(this.value[chart] as Local<'i32'>));
    }
    f.set(this.way, index);
    f.set(this.outcome, i32.load(i32.shl(f.get(this.way), i32.const(2)), layout.outcomes[label]));
    f.if(i32.eq(f.get(this.outcome), i32.const(UNKNOWN_OUTCOME)), () =>
      this.miss(STOP.outcome, [
        setGlobal(globals.missing0, i32.const(label)),
        setGlobal(globals.missing1, f.get(this.way)),
      ]),
    );
    f.branchIf(i32.eqz(f.get(this.outcome)), no);
  }

  /** An outcome: number of ways, refusal (a move or 0), then per way the differences of the key's words and the move. */
  private eachWay(): void {
    const { f } = this;
    const { words } = this.its.layout;
    const size = 8 * words + 8;
    f.if(i32.load(f.get(this.outcome), 4), () =>
      this.append(f.get(this.state), i32.load(f.get(this.outcome), 4)),
    );
    f.set(this.left, i32.load(f.get(this.outcome)));
    f.set(this.way, i32.add(f.get(this.outcome), i32.const(8)));
    f.while(f.get(this.left), () => {
      this.next.forEach((next, w) => {
        f.set(next, i64.add(f.get(this.base[w] as Local<'i64'>), i64.load(f.get(this.way), 8 * w)));
      });
      this.arrive(i32.load(f.get(this.way), 8 * words));
      f.set(this.way, i32.add(f.get(this.way), i32.const(size)));
      f.set(this.left, i32.sub(f.get(this.left), i32.const(1)));
    });
  }

  /** `next` holds the key that the move leads to: an edge, or, where nothing outer changed, one more of the bundle. */
  private arrive(move: I32): void {
    const { f } = this;
    const { bundled, globals, layout } = this.its;
    let moved: I32 = i32.const(0);
    this.next.forEach((next, w) => {
      moved = i32.or(moved, i64.ne(f.get(next), f.get(this.key[w] as Local<'i64'>)));
    });
    f.set(this.move, move);
    f.if(
      moved,
      () => {
        const arrival = f.get(this.arrival);
        f.do(
          i32.store(arrival, f.get(this.edge)),
          ...this.next.map((next, w) => i64.store(arrival, f.get(next), 8 + 8 * w)),
        );
        f.set(this.arrival, i32.add(arrival, i32.const(arrivalBytes(layout.words))));
        this.append(i32.const(0), f.get(this.move));
      },
      () => {
        f.if(
          f.get(this.bundle),
          () => {
            const old = f.local('i32');
            f.set(old, f.get(this.bundle));
            f.set(this.bundle, call(bundled, 'i32', f.get(this.bundle), f.get(this.move), i32.const(0)));
            f.if(i32.eqz(f.get(this.bundle)), () =>
              this.miss(STOP.bundle, [
                setGlobal(globals.missing0, f.get(old)),
                setGlobal(globals.missing1, f.get(this.move)),
              ]),
            );
          },
          () => f.set(this.bundle, f.get(this.move)),
        );
      },
    );
  }

  /**
   * Finds the states that edges lead to, or those that stand for their orbits. Slots and keys are spread over the memory: all of them
   * are touched before the first is needed, so that the machine waits for them together.
   */
  private settle(): void {
    const { f } = this;
    const { globals, intern, layout } = this.its;
    const at = f.local('i32');
    const id = f.local('i32');
    const keys = this.key.map((_, w) => i64.load(f.get(at), 8 + 8 * w));
    const each = (visit: () => void) => {
      f.set(at, i32.const(layout.arrivals));
      f.while(i32.ltU(f.get(at), f.get(this.arrival)), () => {
        visit();
        f.set(at, i32.add(f.get(at), i32.const(arrivalBytes(layout.words))));
      });
    };
    const { next, orbits } = this;
    if (orbits !== undefined)
      each(() => {
        next.forEach((word, w) => {
          f.set(word, keys[w] as Expression<'i64'>);
        });
        orbits.canonise(next);
        f.do(...next.map((word, w) => i64.store(f.get(at), f.get(word), 8 + 8 * w)));
      });
    each(() => {
      f.set(id, i32.load(slotAddress(i32.and(hashed(keys), getGlobal(globals.mask)), globals)));
      f.do(drop(i64.load(this.addressOf(f.get(id)), layout.keys - layout.stride)));
    });
    each(() => f.do(i32.store(i32.load(f.get(at)), call(intern, 'i32', ...keys))));
  }

  private append(target: I32, move: I32): void {
    const { f } = this;
    f.do(i32.store(f.get(this.edge), target), i32.store(f.get(this.edge), move, 4));
    f.set(this.edge, i32.add(f.get(this.edge), i32.const(8)));
  }
}

function hashed(words: readonly Expression<'i64'>[]): I32 {
  let hash: Expression<'i64'> | undefined;
  for (const word of words) {
    const mixed = i64.mul(hash === undefined ? word : i64.xor(hash, word), i64.const(GOLDEN));
    hash = i64.rotl(mixed, i64.const(29n));
  }
  const all = hash ?? i64.const(0n);
  return i32.wrap(i64.shrU(i64.mul(all, i64.const(GOLDEN)), i64.const(32n)));
}

const slotAddress = (slot: I32, globals: Globals): I32 =>
  i32.add(getGlobal(globals.slots), i32.shl(slot, i32.const(2)));

/** Id of the state with this key, a new one where it is not known. Slots hold ids + 1. */
function internFunction(module: ModuleBuilder, layout: OuterLayout, globals: Globals): FunctionRef {
  const words = Array.from({ length: layout.words }, (_, w) => w);
  return module.function(
    { parameters: words.map(() => 'i64' as const), result: 'i32' },
    (f) => {
      const key = words.map((w) => f.parameter(w, 'i64'));
      const slot = f.local('i32');
      const id = f.local('i32');
      f.set(slot, hashed(key.map((word) => f.get(word))));
      f.loop((again) => {
        f.set(slot, i32.and(f.get(slot), getGlobal(globals.mask)));
        f.set(id, i32.load(slotAddress(f.get(slot), globals)));
        f.if(i32.eqz(f.get(id)), () => {
          const fresh = i32.mul(getGlobal(globals.count), i32.const(layout.stride));
          f.do(...key.map((word, w) => i64.store(fresh, f.get(word), layout.keys + 8 * w)));
          f.do(setGlobal(globals.count, i32.add(getGlobal(globals.count), i32.const(1))));
          f.do(i32.store(slotAddress(f.get(slot), globals), getGlobal(globals.count)));
          f.return(i32.sub(getGlobal(globals.count), i32.const(1)));
        });
        f.set(id, i32.sub(f.get(id), i32.const(1)));
        f.block((other) => {
          key.forEach((word, w) => {
            const stored = i64.load(i32.mul(f.get(id), i32.const(layout.stride)), layout.keys + 8 * w);
            f.branchIf(i64.ne(stored, f.get(word)), other);
          });
          f.return(f.get(id));
        });
        f.set(slot, i32.add(f.get(slot), i32.const(1)));
        f.branch(again);
      });
    },
    'intern',
  );
}

/** The bundle of a bundle and one more move; 0 where it has not been made, unless the third parameter makes it. */
function bundledFunction(module: ModuleBuilder, layout: OuterLayout): FunctionRef {
  return module.function(
    { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
    (f) => {
      const key = f.local('i64');
      const slot = f.local('i32');
      const high = i64.shl(i64.extend(f.get(f.parameter(0, 'i32'))), i64.const(32n));
      f.set(key, i64.or(high, i64.extend(f.get(f.parameter(1, 'i32')))));
      f.set(slot, hashed([f.get(key)]));
      f.loop((again) => {
        f.set(slot, i32.and(f.get(slot), i32.const(layout.bundleSlots - 1)));
        const at = i32.shl(f.get(slot), i32.const(4));
        f.if(i64.eq(i64.load(at, layout.bundles), f.get(key)), () =>
          f.return(i32.load(at, layout.bundles + 8)),
        );
        f.if(i64.eqz(i64.load(at, layout.bundles)), () => {
          const made = f.get(f.parameter(2, 'i32'));
          f.if(made, () =>
            f.do(i64.store(at, f.get(key), layout.bundles), i32.store(at, made, layout.bundles + 8)),
          );
          f.return(made);
        });
        f.set(slot, i32.add(f.get(slot), i32.const(1)));
        f.branch(again);
      });
    },
    'bundled',
  );
}

/** Enters all states again after the slots were cleared and their number changed. */
function rehashFunction(module: ModuleBuilder, layout: OuterLayout, globals: Globals): void {
  module.function(
    { parameters: [] },
    (f) => {
      const id = f.local('i32');
      const slot = f.local('i32');
      f.while(i32.ltU(f.get(id), getGlobal(globals.count)), () => {
        const record = i32.mul(f.get(id), i32.const(layout.stride));
        f.set(
          slot,
          hashed(Array.from({ length: layout.words }, (_, w) => i64.load(record, layout.keys + 8 * w))),
        );
        f.block((placed) => {
          f.loop((again) => {
            f.set(slot, i32.and(f.get(slot), getGlobal(globals.mask)));
            f.branchIf(i32.eqz(i32.load(slotAddress(f.get(slot), globals))), placed);
            f.set(slot, i32.add(f.get(slot), i32.const(1)));
            f.branch(again);
          });
        });
        f.set(id, i32.add(f.get(id), i32.const(1)));
        f.do(i32.store(slotAddress(f.get(slot), globals), f.get(id)));
      });
    },
    'rehash',
  );
}
