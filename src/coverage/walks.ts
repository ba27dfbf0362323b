/**
 * Random walks through a product of a small scope, reproducible from a seed. Rare families are preferred: of the families enabled,
 * those taken least often so far are drawn more often, so that no reachable family stays at zero for long.
 */

import { REFUSED } from '../compile/table.ts';
import type { Product } from '../compose/product.ts';
import type { Label } from '../core/label.ts';
import { Successors } from './product-graph.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import type { Recording } from './recording.ts';
import { initiatorsBut } from './universe.ts';

export interface WalkOptions extends RecorderOptions {
  readonly walks: number;
  /** Labels of one walk at most. */
  readonly steps: number;
  /** 32 bits. */
  readonly seed: number;
  /** Asked after each walk; ends the walking when it says so. */
  readonly isEnough?: (recording: Recording, walks: number) => boolean;
}

export interface Walked {
  readonly recording: Recording;
  readonly walks: number;
  readonly labels: number;
  /** Product states and transitions met, for the product's own coverage. */
  readonly states: number;
  readonly transitions: number;
}

/** Walks between two questions whether it is enough: making a recording takes longer than a walk. */
const ASK_EVERY = 16;

export function walkProduct(product: Product, options: WalkOptions): Walked {
  const walker = new Walker(product, options);
  let walks = 0;
  for (; walks < options.walks; walks++) {
    if (walks % ASK_EVERY === 0 && options.isEnough?.(walker.recorder.recording(), walks) === true) break;
    walker.walk();
  }
  return {
    recording: walker.recorder.recording(),
    walks,
    labels: walker.labels,
    states: walker.states.size,
    transitions: walker.transitions.size,
  };
}

class Walker {
  readonly recorder: Recorder;
  labels = 0;
  readonly states = new Set<string>();
  readonly transitions = new Set<string>();
  private readonly product: Product;
  private readonly steps: number;
  private readonly successors: Successors;
  private readonly taken = new Map<string, number>();
  private random: number;

  constructor(product: Product, options: WalkOptions) {
    this.product = product;
    this.steps = options.steps;
    this.random = options.seed | 0;
    this.recorder = new Recorder(options);
    this.successors = new Successors(product);
  }

  walk(): void {
    const { product, recorder } = this;
    let from = new Int32Array(product.tables.length);
    let after = new Int32Array(product.tables.length);
    recorder.begin(product.tables.map((table) => [table.chart, table.local(0)]));
    this.states.add(from.join());
    for (let step = 0; step < this.steps; step++) {
      this.refusals(from);
      const choices: number[] = [];
      this.successors.each(from, after, (label) => choices.push(label));
      const label = this.pick(choices);
      if (label === undefined) return;
      this.successors.step(from, label, after);
      this.tell(from, label, after);
      this.transitions.add(`${from.join()} ${label}`);
      this.states.add(after.join());
      [from, after] = [after, from];
    }
  }

  private tell(from: Int32Array, id: number, after: Int32Array): void {
    const label = this.product.labels[id] as Label;
    this.labels++;
    this.taken.set(label.type, (this.taken.get(label.type) ?? 0) + 1);
    this.recorder.label(label);
    for (const { chart } of this.product.owners[id] ?? []) {
      const table = this.product.tables[chart];
      if (table === undefined) continue;
      this.recorder.step(
        table.chart,
        table.local(from[chart] as number),
        label,
        table.local(after[chart] as number),
      );
    }
  }

  /** Labels that every other initiating chart offers and a guard refuses. */
  private refusals(from: Int32Array): void {
    this.product.owners.forEach((owners, label) => {
      for (const { chart, own } of owners) {
        const table = this.product.tables[chart];
        if (table === undefined || table.successor(from[chart] as number, own) !== REFUSED) continue;
        const others = initiatorsBut(this.product, label, chart);
        const isOffered =
          others.length > 0 &&
          others.every(
            (other) =>
              this.product.tables[other.chart]?.successor(from[other.chart] as number, other.own) !== REFUSED,
          );
        if (isOffered)
          this.recorder.refuse(
            table.chart,
            table.local(from[chart] as number),
            this.product.labels[label] as Label,
          );
      }
    });
  }

  /** One family first, the rarer the likelier; then one of its labels. */
  private pick(choices: readonly number[]): number | undefined {
    const families = new Map<string, number[]>();
    for (const id of choices) {
      const { type } = this.product.labels[id] as Label;
      const known = families.get(type);
      if (known === undefined) families.set(type, [id]);
      else known.push(id);
    }
    const weights = [...families].map(
      ([family, ids]) => [ids, 1 / Math.sqrt(1 + (this.taken.get(family) ?? 0))] as const,
    );
    let left = this.next() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [ids, weight] of weights) {
      left -= weight;
      if (left <= 0) return ids[Math.floor(this.next() * ids.length)];
    }
    return weights.at(-1)?.[0][0];
  }

  /** In [0, 1): mulberry32. */
  private next(): number {
    this.random = (this.random + 0x6d2b79f5) | 0;
    let t = Math.imul(this.random ^ (this.random >>> 15), 1 | this.random);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
