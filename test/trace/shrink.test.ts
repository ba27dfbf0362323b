/** A shrunk run fails the same way, is 1-minimal, is never longer, and shrinking it again changes nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import { single } from '../../models/scopes.ts';
import { v0 } from '../../models/variants/v0.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Label } from '../../src/core/label.ts';
import { breaks, rerunOf } from '../../src/trace/rerun.ts';
import { type Rerun, shrink } from '../../src/trace/shrink.ts';
import { simplerLabel, simplerRuns } from '../../src/trace/simpler.ts';
import { StepWorld } from '../../src/trace/world.ts';
import { explored } from '../support/explored.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyWatch } from '../support/tiny.ts';
import { expectShrunk, failingWalk, shortestRun, shrunkWalks, watchOf } from './promises.ts';

describe('tiny products', () => {
  prop(
    'the result keeps every promise',
    { model: tinyModel, watch: tinyWatch, seed: fc.nat() },
    ({ model, watch, seed }) => {
      if (watch.kind === 'possible') return;
      const walk = failingWalk(model, watch, seed, 60);
      if (walk !== undefined) expectShrunk(model, watch, walk);
    },
  );
});

describe.each([
  [v0, ['I-2', 'I-24']],
  [v3, ['I-10', 'D-3']],
] as const satisfies readonly (readonly [Protocol, readonly string[]])[])('$id', (protocol, ids) => {
  const { model } = explored(protocol, single);

  it.each(ids)('%s: random walks shrink, and never below the shortest run', (id) => {
    const { walks, lengths, shortest } = shrunkWalks(protocol, id, [1, 2]);
    expect(walks).toHaveLength(2);
    for (const length of lengths) expect(length).toBeGreaterThanOrEqual(shortest);
  });

  it.each(ids)('%s: nothing can be taken from the shortest run', (id) => {
    const found = shortestRun(protocol, id);
    expect(found.length).toBeGreaterThan(0);
    expect(expectShrunk(model, watchOf(id), found)).toHaveLength(found.length);
  });
});

describe('the budget', () => {
  const { model } = explored(v3, single);
  const watch = watchOf('D-3');
  const walk = failingWalk(model, watch, 1, 4000) ?? [];
  const run = rerunOf(StepWorld.of(model.charts), breaks(watch));

  it('is kept, and what was found until then still fails', () => {
    const shrunk = shrink(walk, run, { triesMax: 5 });
    expect(shrunk?.tries).toBe(5);
    expect(shrunk?.minimal).toBe(false);
    expect(run(shrunk?.labels ?? [])).toEqual(shrunk?.labels);
  });

  it('progress tells of shorter and shorter runs', () => {
    const seen: number[] = [];
    shrink(walk, run, { onProgress: ({ length }) => seen.push(length) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });

  it('a run that does not fail is not shrunk', () => {
    expect(shrink([{ type: 'max.set', pages: 2 }], run)).toBeUndefined();
  });
});

describe('payloads', () => {
  /** Fails once five pages were asked for in section 3 or lower, in any number of steps. */
  const run: Rerun = (labels) => {
    let total = 0;
    for (const [at, { section = 9, pages = 0 }] of labels.entries()) {
      if (section <= 3) total += pages;
      if (total >= 5) return labels.slice(0, at + 1);
    }
    return undefined;
  };
  const ask = (section: number, pages: number): Label => ({ type: 'ask', section, pages });

  it('repeats become one, sections the lowest, pages the fewest', () => {
    const shrunk = shrink([ask(3, 2), ask(7, 9), ask(3, 2), ask(3, 9)], run, {
      simpler: simplerLabel,
      renamed: simplerRuns,
    });
    expect(shrunk?.labels).toEqual([ask(0, 5)]);
    const merged = shrink([ask(3, 2), ask(3, 2), ask(3, 1)], run);
    expect(merged?.labels).toEqual([ask(3, 5)]);
  });
});
