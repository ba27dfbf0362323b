/**
 * What XState has said about a chart, as plain data: it outlives the process, and the next one need not ask again.
 * A table that is given answers still starts empty and meets its local states in its own order; so nothing that is searched,
 * counted or printed depends on whether there were any.
 */
import type { LocalState } from '../core/chart.ts';
import { type Stepped, stateKey } from '../step/stepper.ts';

/** The label is refused here. */
export const REFUSED = -1;
/** Nobody has asked. */
export const UNKNOWN = -2;

export interface ChartAnswers {
  /** Id of the chart. */
  readonly chart: string;
  /** How many of the product's labels it owns. */
  readonly labels: number;
  /** The initial one first. */
  readonly states: readonly LocalState[];
  /** Row-major `[state × own label]`: successor, `REFUSED` or `UNKNOWN`. */
  readonly next: Int32Array;
}

/** Answers, and which local states of one table they speak of. */
export class Recall {
  readonly answers: ChartAnswers;
  /** By state of the answers: that of the table, or −1. */
  private readonly localOf: Int32Array;
  /** By state of the table: that of the answers. */
  private readonly stateOf: number[];
  private keys: ReadonlyMap<string, number> | undefined;

  constructor(answers: ChartAnswers, stateOf: readonly number[] = []) {
    this.answers = answers;
    this.localOf = new Int32Array(answers.states.length).fill(-1);
    this.stateOf = [...stateOf];
    stateOf.forEach((state, local) => {
      if (state >= 0) this.localOf[state] = local;
    });
  }

  /** The state of the answers that a local state leads to, `REFUSED` or `UNKNOWN`. */
  after(local: number, own: number): number {
    const state = this.stateOf[local] ?? -1;
    return state < 0 ? UNKNOWN : (this.answers.next[state * this.answers.labels + own] ?? UNKNOWN);
  }

  /** The table's local state for one of the answers, or −1 where it has not met it. */
  local(state: number): number {
    return this.localOf[state] as number;
  }

  /** The table has met a local state that is this one of the answers. */
  meet(local: number, state: number): void {
    this.stateOf[local] = state;
    this.localOf[state] = local;
  }

  /** The same, where XState was asked: the answers may know the state all the same. */
  meetByKey(local: number, key: string): void {
    this.keys ??= new Map(
      this.answers.states.map(({ value, context }, state) => [stateKey(value, context), state]),
    );
    const state = this.keys.get(key);
    if (state !== undefined) this.meet(local, state);
    else this.stateOf[local] = -1;
  }

  copy(): Recall {
    return new Recall(this.answers, this.stateOf);
  }

  /** What a table knows, and what it has not asked for of these answers behind it. */
  joined(own: ChartAnswers): ChartAnswers {
    const { answers, localOf } = this;
    const { labels } = answers;
    const states = [...own.states];
    const numbers = answers.states.map((state, n) => {
      const local = localOf[n] as number;
      return local >= 0 ? local : states.push(state) - 1;
    });
    const next = new Int32Array(states.length * labels).fill(UNKNOWN);
    next.set(own.next);
    answers.next.forEach((to, at) => {
      const cell = (numbers[Math.floor(at / labels)] as number) * labels + (at % labels);
      if (next[cell] === UNKNOWN) next[cell] = to < 0 ? to : (numbers[to] as number);
    });
    return { ...own, states, next };
  }
}

/** A local state that XState has not been asked about in this process, until somebody wants its snapshot. */
export class Recalled implements Stepped {
  readonly value: string;
  readonly context: Stepped['context'];
  readonly key: string;
  private asked: Stepped['snapshot'] | undefined;
  /** Must lead to `ask`. */
  private readonly need: () => void;

  constructor({ value, context }: LocalState, need: () => void) {
    this.value = value;
    this.context = Object.freeze(context);
    this.key = stateKey(value, context);
    this.need = need;
  }

  /** What XState says of it. Throws where that is another local state: the answers are of another chart. */
  ask({ key, snapshot }: Stepped): void {
    if (key !== this.key) throw new Error(`the answers kept say ${this.key}, XState ${key}`);
    this.asked = snapshot;
  }

  get isAsked(): boolean {
    return this.asked !== undefined;
  }

  get snapshot(): Stepped['snapshot'] {
    if (this.asked === undefined) this.need();
    return this.asked as Stepped['snapshot'];
  }
}
