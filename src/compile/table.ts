/**
 * A statechart as a matrix local state × label, filled on demand: a row entry is computed when somebody asks for it.
 * From here on a local state is an integer; 0 is the initial one.
 */
import type { LocalState, ModelChart, Quantities, Role } from '../core/chart.ts';
import { roleIn } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { type Stepped, Stepper } from '../step/stepper.ts';
import { type ChartAnswers, REFUSED, Recall, Recalled, UNKNOWN } from './answers.ts';
import { fragmentProblems, plainProblem } from './fragment.ts';
import { trueGuards } from './guards.ts';

export { REFUSED };

/** The label leads to a local state that a closed table does not hold. */
export const BEYOND = -3;

/** A table stops here; long before, a chart should be split along a line where no guard reads both halves. */
const LOCAL_STATES_MAX = 50_000;
export const CHART_TOO_LARGE = 'CHART_TOO_LARGE';

export class LtsTable {
  readonly chart: ModelChart;
  /** Labels of the product's alphabet that the chart owns, ascending. */
  readonly labels: readonly number[];
  readonly roles: readonly Role[];
  /** Row-major `[state × own label]`: successor, `REFUSED`, or not asked for yet. */
  next: Int32Array;
  /** How each local state after the first was met: a state and the own label taken from it, in pairs. */
  origins: number[] = [];
  /** Problems met while filling; none in a sound chart. */
  problems: Problem[] = [];
  /** No more local states are met: what leads to another one is `BEYOND`. */
  isClosed = false;
  private readonly alphabet: readonly Label[];
  private asked: Stepper | undefined;
  private recall: Recall | undefined;
  private states: Stepped[] = [];
  private quantitiesOf: Quantities[] = [];
  private ids = new Map<string, number>();

  /** `answers`: of the same chart, by the same program, with the same alphabet; they are asked before XState is. */
  constructor(chart: ModelChart, alphabet: readonly Label[], answers?: ChartAnswers) {
    this.chart = chart;
    this.alphabet = alphabet;
    this.recall = answers && new Recall(answers);
    const owned = alphabet.flatMap((label, id) => {
      const role = roleIn(chart, label);
      return role === undefined ? [] : [{ id, role }];
    });
    this.labels = owned.map(({ id }) => id);
    this.roles = owned.map(({ role }) => role);
    this.next = new Int32Array(16 * Math.max(1, this.labels.length)).fill(UNKNOWN);
    if (this.labels.length !== (answers?.labels ?? this.labels.length))
      throw new Error(`the answers kept are not those of ${chart.id}`);
    if (answers === undefined) this.intern(this.stepper.initial);
    else this.recalled(0);
  }

  /** Whether XState was asked for any entry. */
  get hasAsked(): boolean {
    return this.asked !== undefined;
  }

  /** All that is known, also what the answers given knew beyond what was met. */
  get answers(): ChartAnswers {
    const own: ChartAnswers = {
      chart: this.chart.id,
      labels: this.labels.length,
      states: this.states.map(({ value, context }) => ({ value, context })),
      next: this.next.slice(0, this.size * this.labels.length),
    };
    return this.recall?.joined(own) ?? own;
  }

  /** Local states known so far. */
  get size(): number {
    return this.states.length;
  }

  /** Successor of a local state under the nth own label, or `REFUSED`, or, once closed, `BEYOND`. */
  successor(state: number, own: number): number {
    const at = state * this.labels.length + own;
    const known = this.next[at] ?? UNKNOWN;
    return known === UNKNOWN ? this.fill(state, own) : known;
  }

  /** Meets the local states of another table again, under the same ids; false where that one's chart behaved differently. */
  meetAgain(origins: readonly number[]): boolean {
    for (let n = 0; 2 * n < origins.length; n++) {
      const [state = -1, own = -1] = [origins[2 * n], origins[2 * n + 1]];
      if (state < 0 || state >= this.size || this.successor(state, own) !== n + 1) return false;
    }
    return true;
  }

  local(state: number): Stepped {
    const local = this.states[state];
    if (local === undefined) throw new RangeError(`${this.chart.id} has no local state ${state}`);
    return local;
  }

  quantities(state: number): Quantities {
    const known = this.quantitiesOf[state];
    if (known !== undefined) return known;
    const fresh = this.chart.observe(this.local(state));
    this.quantitiesOf[state] = fresh;
    return fresh;
  }

  /**
   * Fills everything reachable in the chart alone, over all its labels. False where so many entries were not enough, or a table
   * (CHART_TOO_LARGE).
   */
  enumerate(entries = Number.POSITIVE_INFINITY): boolean {
    let left = entries;
    for (let at = 0; at < this.size * this.labels.length; at++) {
      if (this.next[at] !== UNKNOWN) continue;
      if (left-- <= 0) return false;
      this.fill(Math.floor(at / this.labels.length), at % this.labels.length);
      if (!this.isFull) continue;
      this.next[at] = UNKNOWN;
      return false;
    }
    return true;
  }

  /** A copy of what is known now, which asks for every entry and meets no more local states. */
  closed(): LtsTable {
    const closed = this.copy();
    closed.problems = closed.problems.filter(({ code }) => code !== CHART_TOO_LARGE);
    closed.isClosed = true;
    closed.enumerate();
    return closed;
  }

  /** A table of the same content that can be filled on its own. */
  copy(): LtsTable {
    const copy = new LtsTable(this.chart, this.alphabet, this.recall?.answers);
    copy.asked = this.asked;
    copy.recall = this.recall?.copy();
    copy.next = this.next.slice();
    copy.origins = [...this.origins];
    copy.problems = [...this.problems];
    copy.states = [...this.states];
    copy.ids = new Map(this.ids);
    return copy;
  }

  /** Takes what a copy has met since: ids stay what they are. The copy must not be used any more. */
  takeOver({ asked, ids, next, origins, problems, recall, states }: LtsTable): void {
    Object.assign(this, { asked, ids, next, origins, problems, recall, states });
  }

  /** Remembers what a copy was told, and stays as it is. Where a problem came with an answer, all are asked for again. */
  learnFrom(copy: LtsTable): void {
    if (copy.problems.length > this.problems.length) return;
    this.asked ??= copy.asked;
    this.recall = new Recall(copy.answers, [...this.states.keys()]);
  }

  private fill(state: number, own: number): number {
    const known = this.size;
    const answer = this.recall?.after(state, own) ?? UNKNOWN;
    const to = answer === UNKNOWN ? this.ask(state, own) : this.recalled(answer);
    if (this.size > known) this.origins.push(state, own);
    this.next[state * this.labels.length + own] = to;
    return to;
  }

  /** The local state for one of the answers. */
  private recalled(answer: number): number {
    const { recall } = this;
    if (answer === REFUSED || recall === undefined) return REFUSED;
    const met = recall.local(answer);
    if (met >= 0) return met;
    const next = this.size;
    const local = this.intern(
      new Recalled(recall.answers.states[answer] as LocalState, () => this.walkTo(next)),
    );
    if (local >= 0) recall.meet(local, answer);
    return local;
  }

  private ask(state: number, own: number): number {
    const { problems, stepper } = this;
    const from = this.local(state);
    const label = this.label(own);
    const overlapping = trueGuards(from, label);
    if (overlapping > 1)
      this.report(
        'GUARDS_OVERLAP',
        `${overlapping} guards of ${label.type} are true together in ${from.value}`,
      );
    const next = stepper.step(from, label);
    if (next === undefined) return REFUSED;
    problems.push(...plainProblem(this.chart.id, next.context).filter((p) => this.isNew(p)));
    if (Object.keys(next.snapshot.children).length > 0)
      this.report('SPAWNS', `${label.type} in ${from.value} starts an actor`);
    const known = this.size;
    const to = this.intern(next);
    if (this.size > known) this.recall?.meetByKey(to, next.key);
    return to;
  }

  /** Takes the way to a recalled local state again, for what only XState knows of it. */
  private walkTo(local: number): void {
    const way: Recalled[] = [];
    const labels: Label[] = [];
    let at = local;
    for (let its = this.local(at); its instanceof Recalled && !its.isAsked; its = this.local(at)) {
      way.push(its);
      if (at === 0) break;
      labels.push(this.label(this.origins[2 * at - 1] as number));
      at = this.origins[2 * at - 2] as number;
    }
    let here: Stepped = way.length > labels.length ? this.stepper.initial : this.local(at);
    if (way.length > labels.length) way.pop()?.ask(here);
    for (const label of labels.reverse()) {
      here = this.stepper.next(here, label);
      way.pop()?.ask(here);
    }
  }

  private get stepper(): Stepper {
    this.asked ??= new Stepper(this.chart);
    return this.asked;
  }

  private label(own: number): Label {
    const label = this.alphabet[this.labels[own] ?? -1];
    if (label === undefined) throw new RangeError(`${this.chart.id} owns no label ${own}`);
    return label;
  }

  private intern(local: Stepped): number {
    const known = this.ids.get(local.key);
    if (known !== undefined) return known;
    if (this.isClosed) return BEYOND;
    const id = this.states.length;
    if (id >= LOCAL_STATES_MAX) {
      this.report(
        CHART_TOO_LARGE,
        `more than ${LOCAL_STATES_MAX} local states; split it where no guard reads both halves`,
      );
      return REFUSED;
    }
    this.states.push(local);
    this.ids.set(local.key, id);
    const needed = (id + 1) * this.labels.length;
    if (needed > this.next.length) {
      const grown = new Int32Array(2 * needed).fill(UNKNOWN);
      grown.set(this.next);
      this.next = grown;
    }
    return id;
  }

  private get isFull(): boolean {
    return this.problems.some(({ code }) => code === CHART_TOO_LARGE);
  }

  private report(code: string, message: string): void {
    const problem = { code, message: `${this.chart.id}: ${message}` };
    if (this.isNew(problem)) this.problems.push(problem);
  }

  private isNew(problem: Problem): boolean {
    return !this.problems.some((known) => known.code === problem.code && known.message === problem.message);
  }
}

/** Checks the chart's shape and makes its (still empty) table. */
export function compileChart(
  chart: ModelChart,
  alphabet: readonly Label[],
  answers?: ChartAnswers,
): Result<LtsTable> {
  const problems = fragmentProblems(chart);
  return problems.length > 0 ? fail(...problems) : ok(new LtsTable(chart, alphabet, answers));
}

/** Lint over a filled table: own labels that no local state accepts. */
export function neverAccepted(table: LtsTable, alphabet: readonly Label[]): string[] {
  return table.labels.flatMap((id, own) => {
    for (let state = 0; state < table.size; state++) if (table.successor(state, own) !== REFUSED) return [];
    const label = alphabet[id];
    return label === undefined ? [] : [labelText(label)];
  });
}
