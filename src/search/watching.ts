/**
 * Watches made ready for the search: clauses over shared sums, families that must not be taken, judged steps.
 */
import {
  type Column,
  type CompiledCondition,
  instancesOf,
  meets,
  Sums,
  type Watch,
} from '../compose/observation.ts';
import type { Product } from '../compose/product.ts';

interface Clause {
  readonly watch: number;
  readonly conditions: readonly CompiledCondition[];
}
export interface Goal {
  readonly watch: number;
  readonly conditions: readonly CompiledCondition[];
  /** Per label: 1 where the way to the goal may use it. */
  readonly usable: Uint8Array;
}
type Judge = Extract<Watch, { kind: 'step' }>;

/** A step watch on one chart's part of one label; `known` per local state: 0 not judged yet, 1 holds, 2 broken. */
interface Judgement {
  readonly watch: number;
  readonly judge: Judge;
  readonly chart: number;
  /** Position of the chart among the owners of the label. */
  readonly owner: number;
  known: Uint8Array;
}

export class Watching {
  readonly goals: readonly Goal[];
  private readonly sums: Sums;
  private readonly values: Int32Array;
  private readonly clauses: readonly Clause[];
  private readonly product: Product;
  /** Per label: watches that are violated whenever it is taken. */
  private readonly never: readonly (readonly number[])[];
  /** Per label: the owners and watches that judge the step. */
  private readonly judges: readonly (readonly Judgement[])[];

  constructor(product: Product, watches: readonly Watch[]) {
    this.product = product;
    this.sums = new Sums(product);
    this.clauses = watches.flatMap((watch, at): Clause[] => {
      if (watch.kind !== 'state') return [];
      return instancesOf(product, watch).flatMap((index) =>
        watch.clauses.map((conditions) => ({ watch: at, conditions: this.sums.compile(conditions, index) })),
      );
    });
    this.goals = watches.flatMap((watch, at) =>
      watch.kind === 'possible'
        ? [
            {
              watch: at,
              conditions: this.sums.compile(watch.goal),
              usable: Uint8Array.from(product.labels, ({ type }) => (watch.without.includes(type) ? 0 : 1)),
            },
          ]
        : [],
    );
    this.values = new Int32Array(this.sums.columns.length);
    this.never = product.labels.map((label) =>
      watches.flatMap((watch, at) => (watch.kind === 'step' && watch.never.includes(label.type) ? [at] : [])),
    );
    this.judges = product.owners.map((owners) =>
      watches.flatMap((judge, watch): Judgement[] =>
        judge.kind !== 'step' || judge.holds === undefined
          ? []
          : owners.flatMap(({ chart }, owner) =>
              product.tables[chart]?.chart.kind === judge.on
                ? [{ watch, judge, chart, owner, known: new Uint8Array(64) }]
                : [],
            ),
      ),
    );
  }

  /** Calls `broken` once for each state watch that this state violates, and `reached` for each goal it meets. */
  state(locals: Int32Array, broken: (watch: number) => void, reached: (goal: number) => void): void {
    this.sums.refresh();
    const { columns } = this.sums;
    for (let s = 0; s < columns.length; s++) {
      let total = 0;
      const terms = columns[s] as readonly Column[];
      for (let t = 0; t < terms.length; t++) {
        const column = terms[t] as Column;
        total += column.values[locals[column.chart] as number] as number;
      }
      this.values[s] = total;
    }
    let last = -1;
    for (const { watch, conditions } of this.clauses)
      if (watch !== last && this.all(conditions)) {
        last = watch;
        broken(watch);
      }
    for (let goal = 0; goal < this.goals.length; goal++)
      if (this.all(this.goals[goal]?.conditions ?? [])) reached(goal);
  }

  /**
   * Calls `broken` for each step watch that taking this label violates; `before` by chart, `after` by owner of the label.
   */
  step(label: number, before: Int32Array, after: Int32Array, broken: (watch: number) => void): void {
    const never = this.never[label] as readonly number[];
    for (let n = 0; n < never.length; n++) broken(never[n] as number);
    const judges = this.judges[label] as readonly Judgement[];
    // Judgements of one watch follow each other; a transition counts once however many charts judge it badly.
    let last = -1;
    for (let j = 0; j < judges.length; j++) {
      const judgement = judges[j] as Judgement;
      if (judgement.watch === last || never.includes(judgement.watch)) continue;
      const from = before[judgement.chart] as number;
      const known = judgement.known[from] ?? 0;
      const isBroken = (known === 0 ? this.judge(judgement, label, from, after) : known) === 2;
      if (!isBroken) continue;
      last = judgement.watch;
      broken(last);
    }
  }

  private all(conditions: readonly CompiledCondition[]): boolean {
    for (let c = 0; c < conditions.length; c++) {
      const condition = conditions[c] as CompiledCondition;
      if (!meets(this.values[condition.sum] as number, condition)) return false;
    }
    return true;
  }

  /** A step of one chart is always judged the same, so once is enough. */
  private judge(judgement: Judgement, label: number, from: number, after: Int32Array): number {
    const { judge, chart, owner } = judgement;
    const table = this.product.tables[chart];
    const event = this.product.labels[label];
    if (table === undefined || event === undefined || judge.holds === undefined) return 1;
    const holds = judge.holds(table.quantities(from), event, table.quantities(after[owner] as number));
    if (from >= judgement.known.length) {
      const grown = new Uint8Array(2 * from);
      grown.set(judgement.known);
      judgement.known = grown;
    }
    judgement.known[from] = holds ? 1 : 2;
    return holds ? 1 : 2;
  }
}
