/**
 * What a search watches, as integers: sums of per-chart columns, clauses over sums, and flags on steps.
 * Names stay here; the search sees indices.
 */
import type { Quantities } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import type { Product } from './product.ts';

/** A weighted sum of quantities; the key is `kind.quantity`, and every chart of the kind counts. */
export type Sum = Readonly<Record<string, number>>;

/** `sum relation value`. */
export interface Condition {
  readonly sum: Sum;
  readonly is: 'equal' | 'unequal' | 'above' | 'below';
  readonly to: number;
}

/** What is watched of one property: violated when all conditions of one clause hold together. */
export interface StateWatch {
  readonly kind: 'state';
  readonly clauses: readonly (readonly Condition[])[];
  /** Evaluate the clauses once per section, over charts of that index only (and those without one). */
  readonly perIndex: boolean;
}
export interface StepWatch {
  readonly kind: 'step';
  /** Families that must never be taken. */
  readonly never: readonly string[];
  /** Judged on the charts of this kind. */
  readonly on?: string;
  readonly holds?: (before: Quantities, label: Label, after: Quantities) => boolean;
}
/** From every state, one in which all these hold can be reached again, without relying on the families named. */
export interface PossibleWatch {
  readonly kind: 'possible';
  readonly goal: readonly Condition[];
  readonly without: readonly string[];
}
/** Labels that may not be put off for ever, together. */
export interface FairGroup {
  readonly name: string;
  readonly families: readonly string[];
  /** weak: offered without a break, then one of them is taken. strong: offered again and again, then one is taken. */
  readonly strength: 'weak' | 'strong';
  /** Each block (or section, or run) is a group of its own. */
  readonly each?: boolean;
}
export interface Fairness {
  /** Occur only before the loop. */
  readonly quiet: readonly string[];
  readonly groups: readonly FairGroup[];
}
/**
 * Violated by a fair lasso: a way to a loop that fairness allows to go on for ever, and that is as described here.
 * Doing nothing for ever is a loop too (of no labels); fairness forbids it wherever a fair label is offered.
 */
export interface TemporalWatch {
  readonly kind: 'temporal';
  /** Every state of the loop meets all conditions of some clause; absent: any state. */
  readonly stays?: readonly (readonly Condition[])[];
  /** Some state of the loop does. */
  readonly visits?: readonly (readonly Condition[])[];
  /** The loop takes a label of one of these families. */
  readonly takes?: readonly string[];
  /** The loop takes none of these. */
  readonly without?: readonly string[];
  readonly fairness: Fairness;
  /** The lasso counts only if none of `never` is taken after the last of `since` (or at all, where there was none). */
  readonly premise?: { readonly since: readonly string[]; readonly never: readonly string[] };
}
export type Watch = StateWatch | StepWatch | PossibleWatch | TemporalWatch;

/** Judged along one run; the others ask what can follow, and need every run. */
export type RunWatch = StateWatch | StepWatch;
export const isOfRuns = (watch: Watch): watch is RunWatch => watch.kind === 'state' || watch.kind === 'step';

export interface CompiledCondition {
  readonly sum: number;
  readonly is: Condition['is'];
  readonly to: number;
}

/** The indices that a watch is judged for, one by one; `undefined` where it is judged once over all charts. */
export function instancesOf(product: Product, watch: StateWatch): readonly (number | undefined)[] {
  if (!watch.perIndex) return [undefined];
  const indices = product.tables.flatMap(({ chart }) => chart.index ?? []);
  return [...new Set(indices)].filter((index) => index >= 0);
}

/** Sums shared by all watches of a search, numbered. */
export class Sums {
  /** Per sum: the charts that may add to it. */
  readonly charts: number[][] = [];
  private readonly product: Product;
  private readonly keys = new Map<string, number>();
  private readonly terms: Sum[] = [];

  constructor(product: Product) {
    this.product = product;
  }

  /** Numbers the sums of these conditions, over charts of one index (and those without) where one is given. */
  compile(conditions: readonly Condition[], index?: number): CompiledCondition[] {
    return conditions.map(({ sum, is, to }) => ({ sum: this.add(sum, index), is, to }));
  }

  /** What a local state of a chart adds to a sum. */
  part(sum: number, chart: number, local: number): number {
    const table = this.product.tables[chart];
    if (table === undefined) throw new RangeError(`no chart ${chart}`);
    return contribution(this.terms[sum] ?? {}, table.chart.kind, table.quantities(local));
  }

  private add(sum: Sum, index: number | undefined): number {
    const key = JSON.stringify([index ?? null, Object.entries(sum).sort()]);
    const known = this.keys.get(key);
    if (known !== undefined) return known;
    const id = this.charts.length;
    this.keys.set(key, id);
    this.terms.push(sum);
    const kinds = new Set(Object.keys(sum).map((term) => term.split('.')[0]));
    this.charts.push(
      this.product.tables.flatMap(({ chart }, at) =>
        kinds.has(chart.kind) && (index === undefined || chart.index === undefined || chart.index === index)
          ? [at]
          : [],
      ),
    );
    return id;
  }
}

/** What one chart adds to a sum; a quantity it does not have is a bug of ours. */
export function contribution(sum: Sum, kind: string, quantities: Quantities): number {
  let total = 0;
  for (const [term, weight] of Object.entries(sum)) {
    const [of = '', quantity = ''] = term.split('.');
    if (of !== kind) continue;
    const value = quantities[quantity];
    if (value === undefined) throw new Error(`${kind} has no quantity ${quantity}`);
    total += weight * value;
  }
  return total;
}

export function meets(
  value: number,
  condition: { readonly is: Condition['is']; readonly to: number },
): boolean {
  if (condition.is === 'equal') return value === condition.to;
  if (condition.is === 'unequal') return value !== condition.to;
  return condition.is === 'above' ? value > condition.to : value < condition.to;
}

/** A sum in one state of a product; with an index, over charts of that index and those without one. */
export function sumOver(product: Product, locals: Int32Array, sum: Sum, index?: number): number {
  return product.tables.reduce((total, table, at) => {
    const of = table.chart.index;
    if (index !== undefined && of !== undefined && of !== index) return total;
    return total + contribution(sum, table.chart.kind, table.quantities(locals[at] ?? 0));
  }, 0);
}

const RELATION = { equal: '=', unequal: '≠', above: '>', below: '<' } as const;

/** `section 0: slot.holders 1 + section.unreserved 1 = 2 > 1`; `totalOf` gives sums of that index. */
export function conditionText(
  { sum, is, to }: Condition,
  totalOf: (sum: Sum) => number,
  index: number | undefined,
): string {
  const terms = Object.entries(sum).map(([term, weight]) => {
    const factor = Math.abs(weight) === 1 ? '' : `${Math.abs(weight)}·`;
    return `${weight < 0 ? '−' : '+'} ${factor}${term} ${totalOf({ [term]: 1 })}`;
  });
  const where = index === undefined ? '' : `section ${index}: `;
  const isAlone = terms.length === 1 && Object.values(sum)[0] === 1;
  const total = isAlone ? '' : ` = ${totalOf(sum)}`;
  return `${where}${terms.join(' ').replace(/^\+ /, '')}${total} ${RELATION[is]} ${to}`;
}
