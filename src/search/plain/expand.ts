/**
 * Generates `expand(area, from, to)`: all successors of a run of states, in order, into the thread's area, and on the way what
 * each state violates. Returns how many states it has expanded: it stops before one that meets an unknown cell, or an observer
 * that refuses and has not been reported yet. Nothing is looked up or stored yet.
 */
import type { CompiledCondition } from '../../compose/observation.ts';
import { type I32, type I64, i32, i64, select } from '../../wasm/expression.ts';
import type { FunctionBody, Local } from '../../wasm/function.ts';
import { OrbitCode } from '../symmetry/orbit-code.ts';
import { type Design, header } from './design.ts';
import { labelWords } from './memory.ts';
import { type ChartRows, type Masks, NEXT_BYTES } from './rows.ts';
import { maskOf } from './sleep.ts';
import { GOALS_A_PLANE } from './watches.ts';

/** Labels asked for at a time: a second is cheaper than to look at the state again. */
const PICKS = 2;

type Long = Local<'i64'>;
type Int = Local<'i32'>;

export class Expansion {
  private readonly design: Design;
  private readonly f: FunctionBody;
  private readonly area: Int;
  private readonly from: Int;
  private readonly state: Int;
  /** Words of the state, and of its successor. */
  private readonly words: readonly Long[];
  private readonly after: readonly Long[];
  /** Per chart: the address of its row; undefined where nothing depends on it. */
  private readonly row: readonly (Int | undefined)[];
  /** Per 64 labels: those that all who may refuse accept, and of these the enabled ones, which the observers accept too. */
  private readonly asked: readonly Long[];
  private readonly enabled: readonly Long[];
  /** Where goals are asked for: those of the enabled that were not tried. */
  private readonly unasked: readonly Long[];
  /** Where the masks of the state stand, within the area. */
  private readonly masksAt: Int;
  /** Sums that several conditions read. */
  private readonly sums = new Map<number, Int>();
  private readonly key: Int;
  private readonly count: Int;
  /** Where one state of each orbit is kept: how it is chosen, and how many states it stands for. */
  private readonly orbits: OrbitCode | undefined;
  private readonly weight: Long;

  constructor(design: Design, f: FunctionBody) {
    this.design = design;
    this.f = f;
    this.area = f.parameter(0, 'i32');
    this.from = f.parameter(1, 'i32');
    this.state = f.local('i32');
    this.words = Array.from({ length: design.layout.words }, () => f.local('i64'));
    this.after = this.words.map(() => f.local('i64'));
    this.row = design.rows.map(({ isEmpty }) => (isEmpty ? undefined : f.local('i32')));
    this.asked = Array.from({ length: labelWords(design.product.labels.length) }, () => f.local('i64'));
    this.enabled = this.asked.map(() => f.local('i64'));
    this.unasked = this.asked.map(() => f.local('i64'));
    this.masksAt = f.local('i32');
    this.key = f.local('i32');
    this.count = f.local('i32');
    this.weight = f.local('i64');
    const { layout, rows, regions, rules } = design;
    const places = { fields: layout.fields, rows, rowsAt: regions.rows };
    this.orbits = rules.orbits && new OrbitCode(rules.orbits.symmetry, places, f);
  }

  emit(): void {
    const { f, state, area, from, design } = this;
    const to = f.parameter(2, 'i32');
    f.set(state, f.get(from));
    f.set(this.key, i32.add(f.get(area), i32.const(design.area.keys)));
    f.block((stop) => {
      f.loop((again) => {
        f.branchIf(i32.geU(f.get(state), f.get(to)), stop);
        f.block((next) => {
          f.if(header('asking'), () => f.branchIf(this.isClosed(), next));
          this.unpack();
          this.findEnabled();
          f.if(i32.eqz(header('sure')), () => f.branchIf(this.isUnsure(), stop));
          f.if(header('judging'), () => this.judge());
          f.if(
            header('asking'),
            () => this.findUnasked(),
            () => this.leaveOut(),
          );
          this.take();
        });
        const end = i32.add(f.get(area), i32.shl(i32.sub(f.get(state), f.get(from)), i32.const(2)));
        f.do(i32.store(end, f.get(this.count), design.area.ends));
        f.set(state, i32.add(f.get(state), i32.const(1)));
        f.branch(again);
      });
    });
    f.return(i32.sub(f.get(state), f.get(from)));
  }

  /** Words into locals, and from each field the address of the chart's row. */
  private unpack(): void {
    const { f, design } = this;
    const { layout, rows, regions } = design;
    const at = i32.add(header('states'), i32.mul(f.get(this.state), i32.const(8 * layout.words)));
    for (const [n, word] of this.words.entries()) f.set(word, i64.load(at, 8 * n));
    rows.forEach(({ stride }, chart) => {
      const row = this.row[chart];
      const field = layout.fields[chart];
      const base = regions.rows[chart] ?? 0;
      if (row === undefined || field === undefined) return;
      if (field.bits === 0) {
        f.set(row, i32.const(base));
        return;
      }
      const word = this.words[field.word] as Long;
      const local = i32.and(
        i32.wrap(i64.shrU(f.get(word), i64.const(BigInt(field.shift)))),
        i32.const(2 ** field.bits - 1),
      );
      f.set(row, i32.add(i32.mul(local, i32.const(stride)), i32.const(base)));
    });
  }

  /** Loads of one kind of mask for one word of labels, over all charts that have it. */
  private masks(of: (rows: ChartRows) => Masks, word: number): I64[] {
    return this.design.rows.flatMap((rows, chart) => {
      const offset = of(rows)[word];
      const row = this.row[chart];
      return offset === undefined || row === undefined ? [] : [i64.load(this.f.get(row), offset)];
    });
  }

  private findEnabled(): void {
    const { f } = this;
    this.enabled.forEach((enabled, word) => {
      const asked = this.asked[word] as Long;
      const beyond = this.design.product.labels.length - 64 * word;
      const all = beyond >= 64 ? -1n : (1n << BigInt(beyond)) - 1n;
      f.set(asked, this.masks((rows) => rows.asks, word).reduce(i64.and, i64.const(all)));
      f.set(enabled, this.masks((rows) => rows.observes, word).reduce(i64.and, f.get(asked)));
    });
  }

  /** An enabled label with an unknown cell, or an observer alone in the way. */
  private isUnsure(): I32 {
    const { f } = this;
    const unknown = this.enabled.map((enabled, word) =>
      i64.and(f.get(enabled), this.masks((rows) => rows.unknown, word).reduce(i64.or, i64.const(0n))),
    );
    const refused = this.enabled.map((enabled, word) =>
      i64.xor(f.get(enabled), f.get(this.asked[word] as Long)),
    );
    const any = (masks: readonly I64[]): I32 => i64.ne(masks.reduce(i64.or, i64.const(0n)), i64.const(0n));
    const isNew = i32.and(i32.ne(f.get(this.state), header('told')), header('judging'));
    return i32.or(any(unknown), i32.and(any(refused), isNew));
  }

  /** Nothing is left to be asked of the state. */
  private isClosed(): I32 {
    return i32.eq(i32.load8(i32.add(header('asking'), this.f.get(this.state))), header('closed'));
  }

  /** Where the masks of the state stand within the area. */
  private nth(): I32 {
    const { f, area, state, from, enabled } = this;
    return i32.add(f.get(area), i32.mul(i32.sub(f.get(state), f.get(from)), i32.const(8 * enabled.length)));
  }

  /** What is enabled and was not asked for yet. */
  private findUnasked(): void {
    const { f, design } = this;
    f.set(this.masksAt, this.nth());
    this.unasked.forEach((unasked, n) => {
      const asked = i64.load(f.get(this.masksAt), design.area.asleep + 8 * n);
      f.set(unasked, i64.and(f.get(this.enabled[n] as Long), i64.xor(asked, i64.const(-1n))));
    });
  }

  /** Takes what is left of the enabled labels; where goals are asked for, a few of them, or more while they lead nowhere. */
  private take(): void {
    const { f, design, enabled, unasked } = this;
    const before = f.local('i32');
    f.set(before, f.get(this.count));
    f.loop((again) => {
      f.if(header('asking'), () => this.pick());
      for (const word of enabled.keys()) this.takeAll(word);
      f.if(header('asking'), () => {
        const some = i64.ne(unasked.map((one) => f.get(one)).reduce(i64.or), i64.const(0n));
        f.branchIf(i32.and(some, i32.eq(f.get(this.count), f.get(before))), again);
        unasked.forEach((one, n) => {
          const asked = i64.xor(f.get(one), i64.const(-1n));
          f.do(i64.store(f.get(this.masksAt), asked, design.area.asleep + 8 * n));
        });
      });
    });
  }

  /** A few labels: those that helped last, or else the first. */
  private pick(): void {
    const { f, area, design, enabled, unasked } = this;
    const [helpful, picked, own] = [f.local('i64'), f.local('i64'), f.local('i64')];
    const lucky = unasked.map((one, n) =>
      i64.and(f.get(one), i64.load(f.get(area), design.area.lucky + 8 * n)),
    );
    f.set(helpful, lucky.reduce(i64.or));
    for (const one of enabled) f.set(one, i64.const(0n));
    for (let pick = 0; pick < PICKS; pick++) {
      f.set(picked, i64.const(0n));
      unasked.forEach((one, n) => {
        const some = pick > 0 ? f.get(one) : select(i64.eqz(f.get(helpful)), f.get(one), lucky[n] as I64);
        const lowest = i64.and(some, i64.sub(i64.const(0n), some));
        f.set(own, select(i64.eqz(f.get(picked)), lowest, i64.const(0n)));
        f.set(picked, i64.or(f.get(picked), f.get(own)));
        f.set(one, i64.xor(f.get(one), f.get(own)));
        f.set(enabled[n] as Long, i64.or(f.get(enabled[n] as Long), f.get(own)));
      });
    }
  }

  /** Notes what is enabled, and of that what sleeps, and takes the latter out. */
  private leaveOut(): void {
    const { f, state, design, masksAt: nth } = this;
    const words = this.enabled.length;
    f.set(nth, this.nth());
    this.enabled.forEach((enabled, n) => {
      f.do(i64.store(f.get(nth), f.get(enabled), design.area.enabled + 8 * n));
      f.do(i64.store(f.get(nth), i64.const(0n), design.area.asleep + 8 * n));
    });
    const isMasked = i32.geU(f.get(state), header('maskedFrom'));
    f.if(i32.and(header('pruning'), isMasked), () => {
      const [mask, asleep] = [f.local('i32'), f.local('i64')];
      f.set(mask, maskOf(f.get(state), words));
      this.enabled.forEach((enabled, n) => {
        f.set(asleep, i64.load(f.get(mask), 8 * n));
        f.do(i64.store(f.get(nth), f.get(asleep), design.area.asleep + 8 * n));
        f.set(enabled, i64.and(f.get(enabled), i64.xor(f.get(asleep), i64.const(-1n))));
      });
    });
  }

  private judge(): void {
    const { rules } = this.design;
    this.countOrbit();
    this.shareSums();
    for (const { watch, clauses } of rules.states)
      this.whereAny(clauses, () => this.broken(watch, i64.const(1n), i32.const(-1)));
    for (const [at, { watch, never }] of rules.steps.entries()) this.judgeSteps(watch, never, at);
    if (rules.goals.length > 0) this.markGoals();
  }

  private countOrbit(): void {
    const { orbits } = this.design.rules;
    if (orbits === undefined) return;
    this.orbits?.weigh(this.words, this.weight);
    const taken = this.enabled.map((word) => i64.popcnt(this.f.get(word))).reduce(i64.add);
    this.broken(orbits.states, i64.const(1n), i32.const(-1));
    this.broken(orbits.transitions, taken, i32.const(-1));
  }

  /** A sum that one condition reads is computed there, if it comes to that. */
  private shareSums(): void {
    const { rules } = this.design;
    const read = new Map<number, number>();
    const conditions = [
      ...rules.states.flatMap(({ clauses }) => clauses.flat()),
      ...rules.goals.flatMap((goal) => goal.conditions),
    ];
    for (const { sum } of conditions) read.set(sum, (read.get(sum) ?? 0) + 1);
    for (const [sum, times] of read) {
      if (times < 2) continue;
      const shared = this.f.local('i32');
      this.f.set(shared, this.total(sum));
      this.sums.set(sum, shared);
    }
  }

  private total(sum: number): I32 {
    const parts = this.design.rows.flatMap((rows, chart) => {
      const offset = rows.sums.get(sum);
      const row = this.row[chart];
      return offset === undefined || row === undefined ? [] : [i32.load(this.f.get(row), offset)];
    });
    return parts.length === 0 ? i32.const(0) : parts.reduce(i32.add);
  }

  private fails({ sum, is, to }: CompiledCondition): I32 {
    const shared = this.sums.get(sum);
    const value = shared === undefined ? this.total(sum) : this.f.get(shared);
    const bound = i32.const(to);
    if (is === 'equal') return i32.ne(value, bound);
    if (is === 'unequal') return i32.eq(value, bound);
    return is === 'above' ? i32.leS(value, bound) : i32.geS(value, bound);
  }

  /** Once, where all conditions of some clause hold. */
  private whereAny(clauses: readonly (readonly CompiledCondition[])[], then: () => void): void {
    const { f } = this;
    f.block((done) => {
      f.block((met) => {
        for (const conditions of clauses)
          f.block((next) => {
            for (const condition of conditions) f.branchIf(this.fails(condition), next);
            f.branch(met);
          });
        f.branch(done);
      });
      then();
    });
  }

  /** Counts, and remembers the first. */
  private broken(watch: number, times: I64, label: I32): void {
    const { f, area, design } = this;
    const at = f.get(area);
    const offset = design.area.watches + 16 * watch;
    const all = this.orbits === undefined ? times : i64.mul(times, f.get(this.weight));
    f.do(i64.store(at, i64.add(i64.load(at, offset), all), offset));
    f.if(i32.eq(i32.load(at, offset + 8), i32.const(-1)), () => {
      f.do(i32.store(at, f.get(this.state), offset + 8), i32.store(at, label, offset + 12));
    });
  }

  private judgeSteps(watch: number, never: readonly number[], at: number): void {
    const { f } = this;
    const bad = this.enabled.map((enabled, word) => {
      const mask = never
        .filter((label) => label >> 6 === word)
        .reduce((all, label) => all | (1n << BigInt(label & 63)), 0n);
      const masks = this.masks((rows) => rows.broken[at] ?? [], word);
      if (masks.length === 0 && mask === 0n) return undefined;
      return i64.and(f.get(enabled), masks.reduce(i64.or, i64.const(mask)));
    });
    const words = bad.flatMap((code, word) =>
      code === undefined ? [] : [{ word, code, taken: f.local('i64') }],
    );
    if (words.length === 0) return;
    for (const { taken, code } of words) f.set(taken, code);
    const taken = words.map((one) => f.get(one.taken));
    f.if(i64.ne(taken.reduce(i64.or), i64.const(0n)), () => {
      const first = f.local('i32');
      for (const one of [...words].reverse())
        f.if(i64.ne(f.get(one.taken), i64.const(0n)), () => {
          f.set(first, i32.add(i32.wrap(i64.ctz(f.get(one.taken))), i32.const(64 * one.word)));
        });
      this.broken(watch, taken.map(i64.popcnt).reduce(i64.add), f.get(first));
    });
  }

  /** One bit a goal, eight goals a plane. */
  private markGoals(): void {
    const { f, design } = this;
    const { goals } = design.rules;
    for (let plane = 0; GOALS_A_PLANE * plane < goals.length; plane++) {
      const mark = f.local('i32');
      f.set(mark, i32.const(0));
      goals.slice(GOALS_A_PLANE * plane, GOALS_A_PLANE * (plane + 1)).forEach(({ conditions }, bit) => {
        this.whereAny([conditions], () => f.set(mark, i32.or(f.get(mark), i32.const(1 << bit))));
      });
      const at = i32.add(header('marks'), i32.mul(header('capacity'), i32.const(plane)));
      f.do(i32.store8(i32.add(at, f.get(this.state)), f.get(mark)));
    }
  }

  /** Takes the enabled labels of one word, lowest first. */
  private takeAll(word: number): void {
    const { f, design } = this;
    const enabled = this.enabled[word] as Long;
    const labels = design.product.labels.length - 64 * word;
    const label = f.local('i32');
    f.while(i64.ne(f.get(enabled), i64.const(0n)), () => {
      f.set(label, i32.wrap(i64.ctz(f.get(enabled))));
      f.set(enabled, i64.and(f.get(enabled), i64.sub(f.get(enabled), i64.const(1n))));
      f.switch(
        f.get(label),
        Array.from({ length: Math.min(64, labels) }, (_, n) => () => this.takeOne(64 * word + n)),
      );
      const store = () => this.store(i32.add(f.get(label), i32.const(64 * word)));
      // A state need not be looked up to be known as its own successor; only who walks the graph wants to hear of it.
      const isSame = this.after.map((after, n) => i64.xor(f.get(after), f.get(this.words[n] as Long)));
      const isWalked = i32.eqz(i32.or(header('pruning'), header('asking')));
      f.if(i32.or(i64.ne(isSame.reduce(i64.or), i64.const(0n)), isWalked), store);
    });
  }

  /** The state after one label: the fields of its owners replaced. */
  private takeOne(label: number): void {
    const { f, design } = this;
    const keep = this.words.map(() => -1n);
    const parts = this.words.map((): I64[] => []);
    for (const { chart, own } of design.product.owners[label] ?? []) {
      const field = design.layout.fields[chart];
      const row = this.row[chart];
      if (field === undefined || row === undefined || field.bits === 0) continue;
      const next = i64.load16(f.get(row), (design.rows[chart]?.next ?? 0) + NEXT_BYTES * own);
      const shift = BigInt(field.shift);
      keep[field.word] = (keep[field.word] ?? -1n) & ~(((1n << BigInt(field.bits)) - 1n) << shift);
      parts[field.word]?.push(shift === 0n ? next : i64.shl(next, i64.const(shift)));
    }
    this.after.forEach((after, n) => {
      const kept = i64.and(f.get(this.words[n] as Long), i64.const(keep[n] ?? -1n));
      f.set(after, (parts[n] ?? []).reduce(i64.or, keep[n] === -1n ? f.get(this.words[n] as Long) : kept));
    });
  }

  private store(label: I32): void {
    const { f, area, design } = this;
    this.orbits?.canonise(this.after);
    const after = this.after.map((word) => f.get(word));
    after.forEach((word, n) => {
      f.do(i64.store(f.get(this.key), word, 8 * n));
    });
    f.set(this.key, i32.add(f.get(this.key), i32.const(8 * after.length)));
    const hashAt = i32.add(f.get(area), i32.shl(f.get(this.count), i32.const(3)));
    f.do(i64.store(hashAt, design.hash(after), design.area.hashes));
    const labelAt = i32.add(f.get(area), i32.shl(f.get(this.count), i32.const(1)));
    f.do(i32.store16(labelAt, label, design.area.labels));
    f.set(this.count, i32.add(f.get(this.count), i32.const(1)));
  }
}
