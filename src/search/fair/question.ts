/**
 * A temporal watch as bits per label and per state: which labels a loop may take, which groups each belongs to,
 * which states it may stay in and which it must visit.
 */
import { type Condition, meets, Sums, type TemporalWatch } from '../../compose/observation.ts';
import type { Product } from '../../compose/product.ts';
import type { Label } from '../../core/label.ts';

/** One thing that fairness asks for; `bit` in the masks below. */
export interface Demand {
  readonly name: string;
  readonly strength: 'weak' | 'strong';
  readonly bit: number;
}

export interface Question {
  readonly demands: readonly Demand[];
  /** Per label: the demands that taking it answers. */
  readonly groups: Int32Array;
  /** Demands that are weak (strong), as bits. */
  readonly weak: number;
  readonly strong: number;
  /** Per label: 1 where a loop may take it. */
  readonly inLoop: Uint8Array;
  /** Per label: 1 where the loop must take one of them; `undefined`: none is asked for. */
  readonly takes: Uint8Array | undefined;
  /** Whether only some ways to a loop count. */
  readonly hasPremise: boolean;
  /** Per label: 1 where it opens the part of the prefix that the premise speaks of, and where that part may not take it. */
  readonly opens: Uint8Array;
  readonly spoils: Uint8Array;
  /** Per state. */
  readonly stays: (locals: Int32Array) => boolean;
  readonly visits: ((locals: Int32Array) => boolean) | undefined;
}

const DEMANDS_MAX = 31;

/**
 * A family may be quiet and fair: then no loop takes it, and none may be offered it for ever.
 * Throws where there are more groups than bits (a bug in a property).
 */
export function questionOf(product: Product, watch: TemporalWatch): Question {
  const { quiet, groups } = watch.fairness;
  const names = new Map<string, Demand>();
  const bits = new Int32Array(product.labels.length);
  product.labels.forEach((label, id) => {
    for (const { name, families, strength, each = false } of groups) {
      if (!families.includes(label.type)) continue;
      const own = each ? `${name}${indexText(label)}` : name;
      const demand = names.get(own) ?? { name: own, strength, bit: 1 << names.size };
      names.set(own, demand);
      bits[id] = (bits[id] as number) | demand.bit;
    }
  });
  if (names.size > DEMANDS_MAX) throw new RangeError(`more than ${DEMANDS_MAX} fair groups`);
  const demands = [...names.values()];
  const of = (strength: Demand['strength']) =>
    demands.filter((one) => one.strength === strength).reduce((mask, { bit }) => mask | bit, 0);
  const { premise = { since: [], never: [] }, takes, without = [] } = watch;
  const excluded = [...quiet, ...without, ...premise.never];
  return {
    demands,
    groups: bits,
    weak: of('weak'),
    strong: of('strong'),
    inLoop: marked(product, (type) => !excluded.includes(type)),
    takes: takes === undefined ? undefined : marked(product, (type) => takes.includes(type)),
    hasPremise: watch.premise !== undefined,
    opens: marked(product, (type) => premise.since.includes(type)),
    spoils: marked(product, (type) => premise.never.includes(type)),
    stays: watch.stays === undefined ? () => true : anyClause(product, watch.stays),
    visits: watch.visits === undefined ? undefined : anyClause(product, watch.visits),
  };
}

const marked = (product: Product, isMarked: (family: string) => boolean): Uint8Array =>
  Uint8Array.from(product.labels, ({ type }) => (isMarked(type) ? 1 : 0));

/** ` 0` where the label speaks of one block, section or run. */
function indexText({ block, section, first }: Label): string {
  const index = block ?? section ?? first;
  return index === undefined ? '' : ` ${index}`;
}

/** Tables are complete by now, so each sum is read once per local state. */
function anyClause(
  product: Product,
  clauses: readonly (readonly Condition[])[],
): (locals: Int32Array) => boolean {
  const sums = new Sums(product);
  const compiled = clauses.map((conditions) => sums.compile(conditions));
  const columns = sums.charts.map((charts, sum) =>
    charts.map((chart) => ({
      chart,
      values: Int32Array.from({ length: product.tables[chart]?.size ?? 0 }, (_, local) =>
        sums.part(sum, chart, local),
      ),
    })),
  );
  const value = (sum: number, locals: Int32Array): number => {
    let total = 0;
    for (const { chart, values } of columns[sum] ?? []) total += values[locals[chart] as number] as number;
    return total;
  };
  return (locals) =>
    compiled.some((conditions) => conditions.every((one) => meets(value(one.sum, locals), one)));
}
