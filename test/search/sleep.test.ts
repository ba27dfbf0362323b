/** Labels that sleep: nothing can be seen of it, under no id, and something does sleep. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Product } from '../../src/compose/product.ts';
import { PlainSearch } from '../../src/search/plain/plain-search.ts';
import { Ring } from '../../src/search/plain/ring.ts';
import { Space } from '../../src/search/plain/space.ts';
import { explore, type SearchOptions } from '../../src/search/search.ts';
import { compose } from '../support/blocks.ts';
import { applicable, productOf } from '../support/explored.ts';
import { tinyCase } from '../support/packed.ts';
import { prop } from '../support/prop.ts';

/** What a search says, state by state: of every nth. */
function allOf(product: Product, watches: readonly Watch[], nth = 1, options: SearchOptions = {}) {
  const { path, locals, successors, ...rest } = explore(product, watches, options);
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

describe('masks of states that wait', () => {
  const watches = applicable(v3, single).map(({ watch }) => watch);
  const all = (options: SearchOptions = {}) => allOf(productOf(v3, single), watches, 997, options);

  it('go along when their ring is widened', () => {
    const truth = all();
    vi.spyOn(Space.prototype as unknown as { chunkRoom: number }, 'chunkRoom', 'get').mockReturnValue(1);
    const widen = vi.spyOn(Space.prototype as unknown as { widenRing: (least: number) => void }, 'widenRing');
    expect(all()).toEqual(truth);
    expect(widen.mock.calls.length).toBeGreaterThan(1);
    vi.restoreAllMocks();
  });

  it('move with all else when memory grows', () => {
    const truth = all();
    vi.spyOn(Space.prototype as unknown as { roomy: number }, 'roomy', 'get').mockReturnValue(1);
    const move = vi.spyOn(Space.prototype as unknown as { move: () => boolean }, 'move');
    expect(all()).toEqual(truth);
    expect(move.mock.calls.length).toBeGreaterThan(1);
    vi.restoreAllMocks();
  });

  it('give way to states where memory is short', () => {
    const close = vi.spyOn(Ring.prototype, 'close');
    let memory = 2 ** 20;
    let found = all({ memory });
    while (!found.complete) {
      memory *= 1.3;
      found = all({ memory });
    }
    expect(close).toHaveBeenCalled();
    expect(found).toEqual(all());
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
