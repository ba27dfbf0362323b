/**
 * Watches made ready for the search: clauses over shared sums, families that must not be taken, judged steps.
 */
import { type Column, type CompiledCondition, meets, Sums, type Watch } from '../compose/observation.ts';
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

export class Watching {
  readonly goals: readonly Goal[];
  private readonly sums: Sums;
  private readonly values: Int32Array;
  private readonly clauses: readonly Clause[];
  private readonly product: Product;
  /** Per label: watches that are violated whenever it is taken. */
  private readonly never: readonly (readonly number[])[];
  /** Per label: the owners and watches that judge the step. */
  private readonly judges: readonly (readonly {
    chart: number;
    own: number;
    watch: number;
    judge: Judge;
  }[])[];
  private readonly verdicts = new Map<string, boolean>();

  constructor(product: Product, watches: readonly Watch[]) {
    this.product = product;
    this.sums = new Sums(product);
    const indices = [
      ...new Set(
        product.tables.flatMap(({ chart }) =>
          chart.index === undefined || chart.index < 0 ? [] : [chart.index],
        ),
      ),
    ];
    this.clauses = watches.flatMap((watch, at): Clause[] => {
      if (watch.kind !== 'state') return [];
      const instances = watch.perIndex ? indices : [undefined];
      return instances.flatMap((index) =>
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
      watches.flatMap((judge, watch) =>
        judge.kind !== 'step' || judge.holds === undefined
          ? []
          : owners
              .filter(({ chart }) => product.tables[chart]?.chart.kind === judge.on)
              .map(({ chart, own }) => ({ chart, own, watch, judge })),
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

  /** Calls `broken` for each step watch that taking this label from here violates. */
  step(label: number, before: Int32Array, after: Int32Array, broken: (watch: number) => void): void {
    const never = this.never[label] as readonly number[];
    for (let n = 0; n < never.length; n++) broken(never[n] as number);
    const judges = this.judges[label] as (typeof this.judges)[number];
    for (let j = 0; j < judges.length; j++) {
      const { chart, watch, judge } = judges[j] as (typeof judges)[number];
      if (!this.judged(judge, watch, chart, label, before[chart] as number, after[chart] as number))
        broken(watch);
    }
  }

  private all(conditions: readonly CompiledCondition[]): boolean {
    for (let c = 0; c < conditions.length; c++) {
      const condition = conditions[c] as CompiledCondition;
      if (!meets(this.values[condition.sum] as number, condition)) return false;
    }
    return true;
  }

  /** One judgement per (chart, local state, label): a step of one chart is always judged the same. */
  private judged(
    judge: Judge,
    watch: number,
    chart: number,
    label: number,
    before: number,
    after: number,
  ): boolean {
    const table = this.product.tables[chart];
    const event = this.product.labels[label];
    if (table === undefined || event === undefined || judge.holds === undefined) return true;
    const key = `${watch}|${chart}|${label}|${before}`;
    const known = this.verdicts.get(key);
    if (known !== undefined) return known;
    const holds = judge.holds(table.quantities(before), event, table.quantities(after));
    this.verdicts.set(key, holds);
    return holds;
  }
}
