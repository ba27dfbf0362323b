/**
 * What a finished search says of state and step watches: how many states (or transitions) of the whole graph violate, and where.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import type { Goal, Rules, StepRule } from '../plain/watches.ts';
import { Backwards } from './backwards.ts';
import { addBit, addBits, type Bits, noBits } from './bits.ts';
import type { Blocks } from './blocks.ts';
import { eachMask } from './mask-code.ts';
import type { Moves } from './moves.ts';
import type { OuterGraph } from './outer-graph.ts';
import type { Field } from './outer-layout.ts';
import { countBoth, StateMasks } from './state-masks.ts';

/** Where one watch is violated. */
export interface Broken {
  readonly watch: number;
  readonly count: number;
  /** Whether labels violate it, and not states. */
  readonly steps: boolean;
  /** The inner states of an outer one that violate it, or from which some label does. */
  readonly mask: (outer: number) => Bits;
  /** Whether this label, taken there, violates it; always for a state watch. */
  readonly byLabel: (label: number, locals: Int32Array) => boolean;
}

export class Judge {
  private readonly product: Product;
  private readonly moves: Moves;
  private readonly graph: OuterGraph;
  private readonly blocks: Blocks;
  private back: Backwards | undefined;

  constructor(product: Product, moves: Moves, graph: OuterGraph, blocks: Blocks) {
    this.product = product;
    this.moves = moves;
    this.graph = graph;
    this.blocks = blocks;
  }

  /** The violated ones of the rules; goals only after a complete search. */
  broken(rules: Rules, fired: Float64Array, complete: boolean): Broken[] {
    return [
      ...this.states(rules),
      ...rules.steps.flatMap((rule) => this.steps(rule, fired) ?? []),
      ...(complete ? rules.goals.flatMap((goal) => this.goal(rules, goal) ?? []) : []),
    ];
  }

  /** States from which the goal is out of reach. */
  private goal(rules: Rules, { conditions, usable, watch }: Goal): Broken | undefined {
    const { blocks, graph, moves } = this;
    const masks = new StateMasks(this.product, moves.space, graph, rules.sums, [conditions]);
    this.back ??= new Backwards(blocks, moves);
    const { count, of } = this.back.unable(usable, (put) =>
      eachMask(graph, [masks], (outer, _, mask) => put(outer, mask)),
    );
    return count === 0 ? undefined : { watch, count, steps: false, mask: of, byLabel: () => true };
  }

  private states(rules: Rules): Broken[] {
    const { blocks, graph } = this;
    const { weight = () => 1 } = graph;
    const all = rules.states.map(
      ({ clauses }) => new StateMasks(this.product, this.moves.space, graph, rules.sums, clauses),
    );
    const counts = new Float64Array(all.length);
    eachMask(graph, all, (outer, n, mask) => {
      counts[n] = (counts[n] as number) + weight(outer) * countBoth(blocks.visited(outer), mask);
    });
    const values = new Int32Array(graph.layout.fields.length);
    return rules.states.flatMap(({ watch }, n): Broken[] => {
      const mask = (outer: number) => {
        graph.read(outer, values);
        return (all[n] as StateMasks).of(values);
      };
      const count = counts[n] as number;
      return count === 0 ? [] : [{ watch, count, steps: false, mask, byLabel: () => true }];
    });
  }

  private steps(rule: StepRule, fired: Float64Array): Broken | undefined {
    // What was never taken breaks nothing.
    const bad = this.product.labels.map((_, label) => (fired[label] === 0 ? [] : this.badOf(rule, label)));
    const labels = new Set(bad.flatMap((charts, label) => (charts.length > 0 ? [label] : [])));
    for (const label of rule.never) if (fired[label] !== 0) labels.add(label);
    if (labels.size === 0) return undefined;
    // Few moves are of such labels, and there are many edges.
    const judged = this.moves.all.map((its) => its.labels.filter(({ label }) => labels.has(label)));
    const isJudged = Uint8Array.from(judged, (its) => (its.length > 0 ? 1 : 0));
    const each = (outer: number, visit: (mask: Bits) => void) =>
      this.blocks.edges(outer, (_, move) => {
        if (isJudged[move] === 0) return;
        for (const its of judged[move] ?? []) visit(this.where(rule, bad[its.label] ?? [], its, outer));
      });
    const { states, weight = () => 1 } = this.graph;
    let count = 0;
    for (let outer = 0; outer < states; outer++)
      each(outer, (mask) => {
        count += weight(outer) * countBoth(this.blocks.visited(outer), mask);
      });
    if (count === 0) return undefined;
    return {
      watch: rule.watch,
      count,
      steps: true,
      mask: (outer) => {
        const all = noBits(this.blocks.words);
        each(outer, (mask) => addBits(all, mask));
        return all;
      },
      byLabel: (label, locals) =>
        rule.never.includes(label) ||
        (bad[label] ?? []).some(({ chart, locals: these }) => these.has(locals[chart] as number)),
    };
  }

  /** Sources of a label from one outer state that violate the rule. */
  private where(
    rule: StepRule,
    bad: readonly Bad[],
    its: { readonly label: number; readonly sources: Bits },
    outer: number,
  ): Bits {
    if (rule.never.includes(its.label)) return its.sources;
    const { space, words } = this.moves;
    const mask = noBits(words);
    for (const { chart, locals } of bad) {
      const field = this.graph.layout.fields[chart] as Field;
      const value = this.graph.value(outer, field);
      if (field.cut === undefined) {
        if (locals.has(value)) return its.sources;
        continue;
      }
      const cut = space.cuts[field.cut];
      const coordinate = space.coordinate[field.cut];
      if (cut === undefined || coordinate === undefined) continue;
      for (let j = 0; j < space.size; j++) {
        const inner = coordinate[j] as number;
        if (locals.has(cut.at(value, inner))) addBit(mask, j);
      }
    }
    for (let n = 0; n < mask.length; n++) mask[n] = (mask[n] as number) & (its.sources[n] as number);
    return mask;
  }

  /** Local states from which the label, taken, is judged badly, per judged owner. Entries nobody asked for do not occur. */
  private badOf({ judge }: StepRule, label: number): Bad[] {
    const { holds, on } = judge;
    const event = this.product.labels[label];
    if (holds === undefined || event === undefined) return [];
    return (this.product.owners[label] ?? []).flatMap(({ chart, own }): Bad[] => {
      const table = this.product.tables[chart] as LtsTable;
      if (table.chart.kind !== on) return [];
      const locals = new Set<number>();
      const known = table.size;
      for (let local = 0; local < known; local++) {
        const to = table.next[local * table.labels.length + own] ?? REFUSED;
        if (to >= 0 && !holds(table.quantities(local), event, table.quantities(to))) locals.add(local);
      }
      return locals.size === 0 ? [] : [{ chart, locals }];
    });
  }
}

interface Bad {
  readonly chart: number;
  readonly locals: ReadonlySet<number>;
}
