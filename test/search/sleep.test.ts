/** Labels that sleep: nothing can be seen of it, under no id, and something does sleep. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Product } from '../../src/compose/product.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { Space } from '../../src/search/plain/space.ts';
import { explore } from '../../src/search/search.ts';
import { compose } from '../support/blocks.ts';
import { applicable, productOf } from '../support/explored.ts';
import { tinyCase } from '../support/packed.ts';
import { prop } from '../support/prop.ts';

/** What a search says, state by state: of every nth. */
function allOf(product: Product, watches: readonly Watch[], nth = 1) {
  const { path, locals, successors, ...rest } = explore(product, watches, {});
  const states = Array.from({ length: Math.ceil(rest.states / nth) }, (_, n) => [
    path(nth * n),
    ...locals(nth * n),
  ]);
  return { ...rest, states };
}

/** While nothing may sleep. */
function awake<T>(search: () => T): T {
  const spy = vi.spyOn(Space.prototype, 'prune').mockImplementation(function (this: Space) {
    this.put('pruning', 0);
  });
  try {
    return search();
  } finally {
    spy.mockRestore();
  }
}

describe('ids, runs and counts are those of a search in which nothing sleeps', () => {
  prop('of tiny products', { one: tinyCase }, ({ one: { model, asked } }) => {
    const product = compose(model);
    expect(allOf(product, asked)).toEqual(awake(() => allOf(product, asked)));
  });

  it.each([lifecycle, v3])('of $id/single', (protocol) => {
    const watches = applicable(protocol, single).map(({ watch }) => watch);
    const all = () => allOf(productOf(protocol, single), watches, 23);
    expect(all()).toEqual(awake(all));
  });
});

it('in some tiny products something sleeps', () => {
  const drawn = fc.sample(tinyCase, { numRuns: 60, seed: 2010 });
  expect(drawn.filter(({ model }) => sleeps(compose(model))).length).toBeGreaterThan(5);
});

/** Some state had a mask. */
function sleeps(product: Product): boolean {
  const search = new PlainSearch(product, [], {});
  search.run();
  const { space } = search as unknown as { readonly space: Space };
  const { memory } = space.equipment;
  return new Uint8Array(memory.buffer, space.get('ring'), space.bytes - space.get('ring')).some(
    (byte) => byte !== 0,
  );
}
