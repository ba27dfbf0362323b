/**
 * The walker never invents a label and never loses one: along random walks in small scopes, what can be drawn and is accepted is
 * exactly what is enabled in the product, which compiles every chart of its own and enumerates the alphabet.
 */

import { expect } from 'vitest';
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { setupOf } from '../../src/cli/fuzz/setup.ts';
import { REFUSED } from '../../src/compile/table.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { PickChance } from '../../src/fuzz/chance.ts';
import type { Setup } from '../../src/fuzz/checked-run.ts';
import type { Domain } from '../../src/fuzz/domain.ts';
import { FuzzWorld } from '../../src/fuzz/world.ts';

/** Drawings of one family in one state: at least so many, to see what is invented; at most, until all that is enabled was drawn. */
const DRAWS_MIN = 40;
const DRAWS_MAX = 1500;

class ProductWalk {
  private readonly product: Product;
  private locals: Int32Array;
  constructor(product: Product) {
    this.product = product;
    this.locals = new Int32Array(product.tables.length);
  }

  enabled(): Label[] {
    return this.product.labels.filter((_, id) => this.after(id) !== undefined);
  }

  take(label: Label): void {
    const id = this.product.labels.findIndex((one) => labelText(one) === labelText(label));
    const after = this.after(id);
    if (after === undefined) throw new Error(`${labelText(label)} is not enabled`);
    this.locals = after;
  }

  private after(id: number): Int32Array | undefined {
    const after = this.locals.slice();
    for (const { chart, own } of this.product.owners[id] ?? []) {
      const to = this.product.tables[chart]?.successor(this.locals[chart] ?? 0, own) ?? REFUSED;
      if (to === REFUSED) return undefined;
      after[chart] = to;
    }
    return after;
  }
}

/** What the sampler comes up with and the owners accept. */
function drawn(domain: Domain, { parts }: Setup, chance: PickChance, enabled: readonly Label[]): string[] {
  const found = new Set<string>();
  for (const family of domain.open()) {
    const missing = new Set(enabled.flatMap((label) => (label.type === family ? [labelText(label)] : [])));
    for (let n = 0; n < DRAWS_MAX && (n < DRAWS_MIN || missing.size > 0); n++) {
      const label = parts.sampler.draw(family, domain, chance);
      if (label === undefined || !domain.accepts(label)) continue;
      found.add(labelText(label));
      missing.delete(labelText(label));
    }
  }
  return [...found].sort();
}

export function compareAlongAWalk(
  protocol: Protocol,
  scope: Scope,
  labels: number,
  seed: number,
  form: Form = pv64,
): void {
  const product = new ProductWalk(
    expectOk(composeProduct(guestModel(protocol, form, scope)), `${protocol.id} is within the fragment`),
  );
  const setup = setupOf(protocol, form, scope, { targets: scope.targets, extentMax: 1, strays: false });
  const world = new FuzzWorld(setup.parts);
  const domain = world.domain(0);
  const chance = new PickChance();
  chance.reseed(seed);
  const steps = new PickChance();
  steps.reseed(seed + 1);
  const times = new Map<string, number>();
  for (let step = 0; step < labels; step++) {
    const enabled = product.enabled();
    const ours = drawn(domain, setup, chance, enabled);
    expect(ours, `${protocol.id}, label ${step}`).toEqual(enabled.map(labelText).sort());
    if (enabled.length === 0) return;
    // Families rarely taken first, so that a short walk sees many.
    const rank = (label: Label) => (times.get(label.type) ?? 0) + steps.unit();
    const next = enabled.reduce((a, b) => (rank(b) < rank(a) ? b : a));
    times.set(next.type, (times.get(next.type) ?? 0) + 1);
    product.take(next);
    expect(world.take(next)).toBeDefined();
  }
}
