/**
 * A stepper that remembers: charts of few states are asked the same question over and over.
 * For the charts of an indexed kind the index of the label is left out of the question. One answer in `AUDIT` is asked again, and
 * must be the same.
 */
import type { LocalState, ModelChart } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import { type Stepped, Stepper } from '../step/stepper.ts';

/** Local states remembered of one chart. Where there are more, everything is forgotten: memory stays bounded. */
const STATES_MAX = 4096;
const AUDIT = 256;

interface Known {
  readonly state: Stepped;
  readonly answers: Map<string, Stepped | null>;
}

export class Mover {
  readonly chart: ModelChart;
  readonly initial: Stepped;
  private readonly stepper: Stepper;
  private readonly isIndexed: boolean;
  private known = new Map<string, Known>();
  private byState = new WeakMap<Stepped, Known>();
  private readonly handled = new Map<string, ReadonlySet<string>>();
  private asked = 0;

  constructor(chart: ModelChart, isIndexed: boolean) {
    this.chart = chart;
    this.isIndexed = isIndexed;
    this.stepper = new Stepper(chart);
    this.initial = this.stepper.initial;
    this.intern(this.initial);
  }

  /** Whether a state of this name has a transition for the family, whatever its guards. */
  handles(value: string, family: string): boolean {
    let families = this.handled.get(value);
    if (families === undefined) {
      families = new Set(this.chart.machine.root.states[value]?.ownEvents ?? []);
      this.handled.set(value, families);
    }
    return families.has(family);
  }

  accepts(from: LocalState & Stepped, label: Label): boolean {
    if (!this.handles(from.value, label.type)) return false;
    const known = this.byState.get(from)?.answers.get(this.question(label));
    return known === undefined ? this.stepper.accepts(from, label) : known !== null;
  }

  /** The state after a label; throws on a refused one. */
  next(from: Stepped, label: Label): Stepped {
    const known = this.byState.get(from) ?? this.intern(from);
    const question = this.question(label);
    const answer = known.answers.get(question);
    if (answer !== undefined && answer !== null) {
      this.asked += 1;
      if (this.asked % AUDIT === 0) this.audit(from, label, answer);
      return answer;
    }
    const fresh = this.intern(this.stepper.next(known.state, label)).state;
    known.answers.set(question, fresh);
    return fresh;
  }

  private audit(from: Stepped, label: Label, answer: Stepped): void {
    const again = this.stepper.next(from, label);
    if (again.key !== answer.key)
      throw new Error(
        `${this.chart.id} answers ${label.type} in ${from.key} with ${answer.key}, then ${again.key}`,
      );
  }

  private question({ type, pages = 0, section = 0, block = 0, first = 0, count = 0 }: Label): string {
    if (this.isIndexed) return pages === 0 ? type : `${type} ${pages}`;
    return section === 0 && block === 0 && first === 0 && count === 0
      ? `${type} ${pages}`
      : `${type} ${pages} ${section} ${block} ${first} ${count}`;
  }

  private intern(state: Stepped): Known {
    const known = this.known.get(state.key);
    if (known !== undefined) return known;
    if (this.known.size >= STATES_MAX) {
      this.known = new Map();
      this.byState = new WeakMap();
    }
    const fresh = { state, answers: new Map() };
    this.known.set(state.key, fresh);
    this.byState.set(state, fresh);
    return fresh;
  }
}
