/**
 * The plain engine: breadth first over packed states, in generated WebAssembly. The host fills tables where the program meets an
 * unknown cell, makes room, and counts layers; nothing else is done per state here.
 */
import { REFUSED } from '../../compile/table.ts';
import type { Watch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Limit } from '../../core/verdict.ts';
import type { Exploration, Refusal, SearchOptions, Snapshot, Violation } from '../exploration.ts';
import { orbitSize } from '../symmetry/orbits.ts';
import type { Symmetry } from '../symmetry/symmetry.ts';
import { Team } from '../team.ts';
import { Goals } from './goals.ts';
import { CLEARED } from './index-code.ts';
import { CALL, CALL_MOST, CHUNK, HEADER, PARENT_EVERY } from './memory.ts';
import { CAME } from './search-code.ts';
import { Space } from './space.ts';
import { type Rules, rulesOf } from './watches.ts';

/** What threads do together: expand states, empty slots, enter stored states into them, ask for goals. Functions of the module. */
const JOBS = ['share', 'clear', 'rehash', 'sweep'] as const;
type Job = (typeof JOBS)[number];
/** Below so many states another thread would come too late. */
const TEAM_FROM = 1 << 18;
/** States that each thread should have to do in a round. */
const TEAM_SHARE = 512;
/** Whoever has done so many states may do a sixteenth of them before the next question. */
const CALLS_GROW = 4;

/** Successors of a run of at most CHUNK expanded states: where each one's end, their ids and labels. */
interface Walked {
  readonly ends: Uint32Array;
  readonly ids: Uint32Array;
  readonly labels: Uint16Array;
}

/** Per watch. */
type Violations = (Violation | undefined)[];

export class PlainSearch {
  private readonly product: Product;
  private readonly options: SearchOptions;
  private readonly watches: readonly Watch[];
  private readonly rules: Rules;
  private readonly space: Space;
  private readonly goals: Goals;
  private readonly refusals = new Map<string, Refusal>();
  private readonly locals: Int32Array;
  private statesMax: number;
  private depth = 0;
  private layerEnd = 1;
  private askAt = 0;
  /** The chunk that `successors` has walked last. */
  private ahead: Walked & { readonly from: number; readonly to: number } = {
    from: 0,
    to: 0,
    ends: new Uint32Array(0),
    ids: new Uint32Array(0),
    labels: new Uint16Array(0),
  };
  private team: Team<Job> | undefined;
  private equipped: object | undefined;

  /** With a symmetry, one state of each orbit is kept. */
  constructor(product: Product, watches: readonly Watch[], options: SearchOptions, symmetry?: Symmetry) {
    this.product = product;
    this.watches = watches;
    this.options = options;
    this.rules = rulesOf(product, watches, symmetry);
    this.statesMax = options.statesMax ?? Number.POSITIVE_INFINITY;
    const { resume } = options;
    if (
      resume !== undefined &&
      !product.tables.every((table, at) => table.meetAgain(resume.facts.origins[at] ?? []))
    )
      throw new Error('the charts are not those of the snapshot');
    const budget = options.memory ?? Number.POSITIVE_INFINITY;
    this.space = new Space(product, this.rules, {
      budget,
      hash: options.hash,
      resume,
      threads: options.threads,
      enter: (until, areFresh) => this.enter(until, areFresh),
    });
    this.space.begin();
    this.goals = new Goals(this.rules.goals, this.space, {
      fill: (state) => this.fillAgain(state),
      sweep: (size) => this.byAll('sweep', size),
    });
    this.locals = new Int32Array(product.tables.length);
    if (resume === undefined) return;
    ({ depth: this.depth, layerEnd: this.layerEnd } = resume.facts);
    for (const refusal of resume.facts.refusals) this.refused(refusal);
  }

  run(): Exploration {
    const { space } = this;
    const { limit, violations } = this.searchWithHelp();
    const expanded = space.get('next');
    const fired = space.fired();
    return {
      states: space.get('size'),
      transitions: fired.reduce((sum, count) => sum + count, 0),
      depth: this.depth,
      complete: limit === undefined,
      limit,
      violations,
      fired,
      refusals: [...this.refusals.values()],
      path: (state) => this.path(state, expanded),
      locals: (state, into = new Int32Array(this.product.tables.length)) => {
        space.read(state, into);
        return into;
      },
      successors: (state, visit) => {
        if (!(state >= 0 && state < expanded)) throw new RangeError(`state ${state} was not expanded`);
        this.successors(state, expanded, visit);
      },
      ...this.whole(),
    };
  }

  /** Goes on to the end where a limit of states has ended it. */
  goOn(): Exploration {
    this.statesMax = Number.POSITIVE_INFINITY;
    return this.run();
  }

  /** What the orbits stand for, so far as they were expanded. */
  private whole(): Pick<Exploration, 'whole'> {
    const { orbits } = this.rules;
    if (orbits === undefined) return {};
    const count = (counter: number) => this.space.broken(counter).count;
    return { whole: { states: count(orbits.states), transitions: count(orbits.transitions) } };
  }

  private get weigh(): ((state: number) => number) | undefined {
    const { orbits } = this.rules;
    if (orbits === undefined) return undefined;
    return (state) => {
      this.space.read(state, this.locals);
      return orbitSize(orbits.symmetry, this.locals);
    };
  }

  private searchWithHelp(): { readonly limit: Limit | undefined; readonly violations: Violations } {
    try {
      const limit = this.search();
      const violations = this.violations();
      if (limit === undefined)
        for (const { watch, violation } of this.goals.judge(this.weigh)) violations[watch] = violation;
      return { limit, violations };
    } finally {
      this.team?.dismiss();
      this.team = undefined;
      this.equipped = undefined;
    }
  }

  /** To the end, or to a limit. */
  private search(): Limit | undefined {
    const { space, options } = this;
    for (;;) {
      const next = space.get('next');
      const size = space.get('size');
      if (next === size) return undefined;
      if (next === this.layerEnd) {
        this.depth++;
        this.layerEnd = size;
        if (this.depth >= (options.depthMax ?? Number.POSITIVE_INFINITY)) return 'depth';
      }
      if (size >= this.statesMax) return 'states';
      const limit = next >= this.askAt ? this.ask(next) : undefined;
      if (limit !== undefined) return limit;
      const came = this.expand(next, this.until(next, size));
      if (came === CAME.unsure && !this.fill(space.get('next'))) return 'memory';
      const room = CHUNK * this.product.labels.length;
      if (came === CAME.full && !space.makeRoom(room)) return 'memory';
    }
  }

  /** Alone, or with helpers once there is enough to do. */
  private expand(next: number, until: number): number {
    const { space } = this;
    const { threads = 1 } = this.options;
    if (threads === 1 || !this.isWorthHelp(until - next)) return space.program.search(space.area, until);
    this.together('share', next, until);
    space.foldCounters();
    return space.get('stop');
  }

  /** Stored states into slots. */
  private enter(until: number, areFresh: boolean): void {
    if (!areFresh) this.byAll('clear', Math.ceil((4 * this.space.get('slotCount')) / CLEARED));
    this.byAll('rehash', until);
  }

  /** With helpers if there are any. */
  private byAll(job: Job, until: number): void {
    const { space } = this;
    space.put('claim', 0);
    if (this.team === undefined) space.program[job](space.area, until);
    else this.together(job, 0, until);
  }

  private isWorthHelp(states: number): boolean {
    const { threads = 1 } = this.options;
    return this.space.get('size') >= TEAM_FROM && states >= TEAM_SHARE * threads;
  }

  /** All threads take states from `from` to below `until` for the same job. */
  private together(job: Job, from: number, until: number): void {
    const { space } = this;
    const { memory, module, areas } = space.equipment;
    this.team ??= new Team(areas.length - 1, { memory, jobs: JOBS, stop: HEADER.stop });
    if (this.equipped !== module) this.team.equip(module, areas.slice(1));
    this.equipped = module;
    space.put('claim', from);
    space.put('stop', 0);
    this.team.round(job, until, () => space.program[job](space.area, until));
  }

  /** The end of the layer, or when to ask next; one by one where the limit of states may be near. */
  private until(next: number, size: number): number {
    const near = next + Math.max(1, Math.floor((this.statesMax - size) / this.product.labels.length));
    return Math.min(this.layerEnd, this.askAt, near);
  }

  private ask(expanded: number): Limit | undefined {
    const { space } = this;
    this.askAt = expanded + Math.min(CALL_MOST, Math.max(CALL, expanded >> CALLS_GROW));
    this.options.onProgress?.({
      states: space.get('size'),
      expanded,
      transitions: space.fired().reduce((sum, count) => sum + count, 0),
      depth: this.depth,
      bytes: space.bytes,
    });
    const limit = this.options.stop?.();
    const { checkpoint } = this.options;
    if (checkpoint !== undefined && (limit === 'interrupted' || checkpoint.isDue()))
      checkpoint.keep(this.snapshot());
    return limit;
  }

  /** Asks the tables all that this state needs: per label its owners in turn, until one refuses. */
  private fill(state: number): boolean {
    const { space, product, locals } = this;
    if (space.get('told') === state) throw new Error(`state ${state} has a cell that stays unknown`);
    space.read(state, locals);
    product.owners.forEach((owners, label) => {
      for (const { chart, own, role } of owners) {
        const local = locals[chart] as number;
        const to = product.tables[chart]?.successor(local, own) ?? REFUSED;
        if (!space.isKnown(chart, local, own)) space.write(chart, local, own, to);
        if (to !== REFUSED) continue;
        if (role === 'observes') this.refused({ chart, local, label });
        return;
      }
    });
    space.put('told', state);
    return space.flush();
  }

  /** In a search that was gone on with, what was asked before is asked again when the graph is walked. */
  private fillAgain(state: number): void {
    if (!this.fill(state)) throw new Error('no memory to walk the graph again');
  }

  private refused(refusal: Refusal): void {
    this.refusals.set(`${refusal.chart}|${refusal.local}|${refusal.label}`, refusal);
  }

  private snapshot(): Snapshot {
    const { space, depth, layerEnd, product } = this;
    const origins = product.tables.map((table) => table.origins);
    const facts = {
      depth,
      layerEnd,
      next: space.get('next'),
      size: space.get('size'),
      bits: space.bits,
      origins,
      refusals: [...this.refusals.values()],
    };
    return { facts, parts: space.kept() };
  }

  private violations(): Violations {
    return this.watches.map((_, watch) => {
      const { count, state, label } = this.space.broken(watch);
      return count === 0 ? undefined : { state, label: label < 0 ? undefined : label, count };
    });
  }

  /** Successors of at most CHUNK states that were expanded. */
  private chunk(from: number, to: number): Walked {
    const { space } = this;
    space.put('judging', 0);
    const walk = () => {
      space.prune(false);
      return space.program.walk(space.area, from, to);
    };
    let states = walk();
    while (states < to - from) {
      this.fillAgain(from + states);
      states = walk();
    }
    space.put('judging', 1);
    space.prune(true);
    return space.walked(states);
  }

  /** One by one from the first to the last is how graphs are read, so then a chunk is walked at once. */
  private successors(state: number, expanded: number, visit: (label: number, to: number) => void): void {
    const { from, to } = this.ahead;
    if (state < from || state >= to) {
      const end = Math.min(expanded, state + (state === to ? CHUNK : 1));
      const { ends, ids, labels } = this.chunk(state, end);
      this.ahead = { from: state, to: end, ends: ends.slice(), ids: ids.slice(), labels: labels.slice() };
    }
    const { ends, ids, labels } = this.ahead;
    const n = state - this.ahead.from;
    const last = ends[n] as number;
    for (let edge = n === 0 ? 0 : (ends[n - 1] as number); edge < last; edge++)
      visit(labels[edge] as number, ids[edge] as number);
  }

  /** Transitions out of states that were expanded, in order. */
  private walk(from: number, to: number, visit: (state: number, label: number, to: number) => void): void {
    for (let at = from; at < to; at += CHUNK) {
      const { ends, ids, labels } = this.chunk(at, Math.min(to, at + CHUNK));
      let edge = 0;
      ends.forEach((end, n) => {
        for (; edge < end; edge++) visit(at + n, labels[edge] as number, ids[edge] as number);
      });
    }
  }

  /** Parents never go back as ids grow, so a few candidates are expanded again for each step. */
  private path(state: number, expanded: number): number[] {
    const labels: number[] = [];
    let child = state;
    while (child > 0) {
      const n = Math.floor(child / PARENT_EVERY);
      const from = n === 0 ? 0 : this.space.parent(n);
      const isLast = (n + 1) * PARENT_EVERY >= this.space.get('size');
      const to = isLast ? expanded : this.space.parent(n + 1) + 1;
      const wanted = child;
      this.walk(from, to, (parent, label, id) => {
        if (id !== wanted || child !== wanted) return;
        labels.push(label);
        child = parent;
      });
      if (child === wanted) throw new Error(`nothing leads to state ${child}`);
    }
    return labels.reverse();
  }
}
