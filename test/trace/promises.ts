/** What is promised of a shrunk run, checked by a replay that shares nothing with the shrinker but types. */
import { expect } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import { single } from '../../models/scopes.ts';
import { properties } from '../../properties/all.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model } from '../../src/core/chart.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { breaks, shrinkRun } from '../../src/trace/rerun.ts';
import type { Rerun } from '../../src/trace/shrink.ts';
import { StepWorld } from '../../src/trace/world.ts';
import { explored, outcome } from '../support/explored.ts';
import { NaiveProduct, type State } from '../support/naive-product.ts';
import { breaksStep, stateTest } from '../support/naive-watches.ts';

/** Lenient replay a second time, straight on XState: the labels taken up to the first failure. */
function naiveRerun(model: Model, watch: Watch): Rerun {
  const naive = new NaiveProduct(model);
  const broken = stateTest(naive, watch);
  const ids = new Map(model.alphabet.map((label, id) => [labelText(label), id]));
  return (labels) => {
    let state: State = naive.initial;
    const taken: Label[] = [];
    for (const label of labels) {
      const id = ids.get(labelText(label));
      const after = id === undefined ? undefined : naive.step(state, id);
      if (id === undefined || after === undefined) continue;
      taken.push(label);
      if (watch.kind === 'step' ? breaksStep(naive, watch, state, id, after) : broken(after)) return taken;
      state = after;
    }
    return undefined;
  };
}

/** A run of random steps that ends in a failure, if it meets one. */
export function failingWalk(model: Model, watch: Watch, seed: number, steps: number): Label[] | undefined {
  const walk = StepWorld.of(model.charts).walk();
  const failing = breaks(watch);
  const taken: Label[] = [];
  let random = seed >>> 0;
  for (let step = 0; step < steps; step++) {
    const open = model.alphabet.filter((label) => walk.isEnabled(label));
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    const label = open[Math.floor((random / 2 ** 32) * open.length)];
    const changes = label === undefined ? undefined : walk.take(label);
    if (label === undefined || changes === undefined) return undefined;
    taken.push(label);
    if (failing(walk, label, changes)) return taken;
  }
  return undefined;
}

const texts = (labels: readonly Label[] | undefined) => labels?.map(labelText);
const without = (labels: readonly Label[], gone: number) => labels.filter((_, at) => at !== gone);

/** Everything that is promised of a result, said by the naive replay. */
export function expectShrunk(model: Model, watch: Watch, walk: readonly Label[]): readonly Label[] {
  const world = StepWorld.of(model.charts);
  const options = { alphabet: model.alphabet };
  const shrunk = shrinkRun(walk, world, breaks(watch), options);
  if (shrunk === undefined) throw new Error('the walk does not fail');
  const naive = naiveRerun(model, watch);
  expect(texts(naive(shrunk.labels))).toEqual(texts(shrunk.labels));
  expect(shrunk.labels.length).toBeLessThanOrEqual(naive(walk)?.length ?? -1);
  expect(shrunk.minimal).toBe(true);
  shrunk.labels.forEach((label, gone) => {
    expect(
      naive(without(shrunk.labels, gone)),
      `without step ${gone + 1}, ${labelText(label)}`,
    ).toBeUndefined();
  });
  expect(texts(shrinkRun(shrunk.labels, world, breaks(watch), options)?.labels)).toEqual(
    texts(shrunk.labels),
  );
  return shrunk.labels;
}

export function watchOf(id: string): Watch {
  const watch = properties.find((property) => property.id === id)?.watch;
  if (watch === undefined) throw new Error(`no property ${id}`);
  return watch;
}

/** What the exhaustive search found. */
export function shortestRun(protocol: Protocol, id: string): readonly Label[] {
  const verdict = outcome(protocol, single).cases.find(({ property }) => property === id)?.verdict;
  return verdict?.kind === 'violated' ? verdict.trace : [];
}

/** Random walks that break a property in scope `single`, and how long they are when shrunk. */
export function shrunkWalks(protocol: Protocol, id: string, seeds: readonly number[]) {
  const { model } = explored(protocol, single);
  const walks = seeds.flatMap((seed) => {
    const walk = failingWalk(model, watchOf(id), seed * 7919, 8000);
    return walk === undefined ? [] : [walk];
  });
  const lengths = walks.map((walk) => expectShrunk(model, watchOf(id), walk).length);
  return { walks, lengths, shortest: shortestRun(protocol, id).length };
}
