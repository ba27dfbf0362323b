/** Where a search stops, and what it may say then. */
import { describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { type Exploration, explore, type Progress } from '../../src/search/search.ts';
import { explored, productOf, taskOf } from '../support/explored.ts';

const product = productOf(lifecycle, single);

function stepFrom({ successors }: Exploration, from: number, label: number): number {
  let after = -1;
  successors(from, (taken, to) => {
    if (taken === label) after = to;
  });
  return after;
}

describe('a search that is cut short', () => {
  it('by a number of states says so, and stops near it', () => {
    const found = explore(product, [], { statesMax: 500 });
    expect(found).toMatchObject({ complete: false, limit: 'states' });
    expect(found.states).toBeGreaterThanOrEqual(500);
    expect(found.states).toBeLessThan(600);
  });

  it('by a depth has every state up to it and none beyond', () => {
    const { found: whole } = explored(lifecycle, single);
    const depths = Array.from({ length: whole.states }, (_, state) => whole.path(state).length);
    const found = explore(product, [], { depthMax: 9 });
    expect(found).toMatchObject({ complete: false, limit: 'depth', depth: 9 });
    expect(found.states).toBe(depths.filter((depth) => depth <= 9).length);
  });

  it('by whoever asked it to stop says what they said', () => {
    let asked = 0;
    const found = explore(product, [], { stop: () => (++asked > 2 ? 'interrupted' : undefined) });
    expect(found).toMatchObject({ complete: false, limit: 'interrupted', states: expect.any(Number) });
    expect(found.states).toBeLessThan(explored(lifecycle, single).found.states);
  });

  it('holds nothing: what is not violated is bounded, what is violated is violated', () => {
    const kinds = (depthMax: number) => {
      const result = runSearch(taskOf(v3, single), { depthMax });
      return new Set(result.ok ? result.value.cases.map(({ verdict }) => verdict.kind) : []);
    };
    expect(kinds(5)).toEqual(new Set(['bounded']));
    expect(kinds(25)).toEqual(new Set(['bounded', 'violated']));
  });

  it('never judges what can still be reached', () => {
    const { watch } = taskOf(lifecycle, single).properties.find(({ id }) => id === 'D-1') ?? {};
    expect(watch).toBeDefined();
    const found = explore(product, watch === undefined ? [] : [watch], { depthMax: 8 });
    expect(found.violations).toEqual([undefined]);
  });
});

describe('a whole search', () => {
  it('tells how far it is', () => {
    const seen: Progress[] = [];
    const found = explore(product, [], { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBe(Math.ceil(found.states / 4096));
    expect(seen.every(({ states }, n) => n === 0 || states > (seen[n - 1]?.states ?? 0))).toBe(true);
  });

  it('says the same twice', () => {
    const { path: _, locals: __, successors: ___, ...first } = explore(product, []);
    const { path: _p, locals: _l, successors: _s, ...second } = explore(productOf(lifecycle, single), []);
    expect(second).toEqual(first);
  });

  it('can be walked again: the same transitions, label by label, along which every state is found', () => {
    const { found } = explored(lifecycle, single);
    const fired = new Float64Array(found.fired.length);
    const into = new Set([0]);
    for (let state = 0; state < found.states; state++)
      found.successors(state, (label, to) => {
        fired[label] = (fired[label] ?? 0) + 1;
        into.add(to);
      });
    expect(fired).toEqual(found.fired);
    expect(into.size).toBe(found.states);
    const end = found.states - 1;
    expect(found.path(end).reduce((at, label) => stepFrom(found, at, label), 0)).toBe(end);
  });

  it('cannot be walked from a state that was not expanded', () => {
    const found = explore(product, [], { depthMax: 5 });
    expect(() => found.successors(found.states - 1, () => {})).toThrow(RangeError);
    expect(() => found.successors(0, () => {})).not.toThrow();
  });

  it('counts every label it takes', () => {
    const { found } = explored(lifecycle, single);
    expect(found.fired.reduce((a, b) => a + b, 0)).toBe(found.transitions);
  });
});
