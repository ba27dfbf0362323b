/** Coverage of products: against brute force on tiny ones, and what must be so on the shipped ones. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { catalog } from '../../properties/catalog.ts';
import { composeProduct } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { recordExploration } from '../../src/coverage/exploration.ts';
import { productGraph } from '../../src/coverage/product-graph.ts';
import { MEASURES, type Recording } from '../../src/coverage/recording.ts';
import { recordRuns } from '../../src/coverage/runs.ts';
import { productTours } from '../../src/coverage/tours.ts';
import { aloneIn } from '../../src/coverage/universe.ts';
import { walkProduct } from '../../src/coverage/walks.ts';
import { prop } from '../support/prop.ts';
import { tinyModel } from '../support/tiny.ts';
import { coverNaively } from './brute.ts';
import { checkChartTours } from './chart-tours.ts';

const K = 3;
/** Tiny charts have at most this many states. */
const TINY_STATES = 4;

function explored(model: Model, k = K, followMax?: number) {
  const product = expectOk(composeProduct(model), 'the model keeps the rules');
  const alone = aloneIn(product, k);
  const graph = productGraph(product);
  const options = {
    source: 'exploration',
    variant: 'x',
    k,
    ...(followMax === undefined ? {} : { followMax }),
  };
  return { product, alone, graph, found: recordExploration(graph, alone, options) };
}

const keys = (recording: Recording, measure: (typeof MEASURES)[number]) =>
  new Set(recording.by[measure].keys());

describe('a tiny product', () => {
  let compared = 0;
  prop('is covered as brute force says', { model: tinyModel }, ({ model }) => {
    const brute = coverNaively(model, K, TINY_STATES, 4000);
    if (brute === undefined) return;
    compared++;
    const { alone, found } = explored(model);
    expect(found.bounded.size).toBe(0);
    for (const measure of ['states', 'transitions', 'pairs', 'kpaths', 'roundtrips'] as const)
      expect(keys(found.recording, measure), measure).toEqual(brute[measure]);
    const taken = [...keys(found.recording, 'guards')].filter((one) => !one.endsWith(' refused'));
    expect(new Set(taken), 'guards').toEqual(brute.taken);
    expect(found.product.states).toBe(brute.productStates);
    expect(found.product.transitions).toBe(brute.productTransitions);
    for (const measure of MEASURES)
      for (const element of found.recording.by[measure].keys())
        expect(alone.universe[measure].has(element), `${element} alone`).toBe(true);
  });
  it('was small enough to compare, nearly always', () => {
    expect(compared).toBeGreaterThan(60);
  });

  prop('tours are runs, and take all that can be taken', { model: tinyModel }, ({ model }) => {
    const { alone, graph, found } = explored(model);
    const tours = productTours(graph, alone);
    const replayed = expectOk(
      recordRuns(model.charts, tours.tours, { source: 'tours', variant: 'x' }),
      'tours are runs',
    );
    expect(keys(replayed, 'transitions')).toEqual(keys(found.recording, 'transitions'));
    expect(tours.elements).toBe(found.recording.by.transitions.size);
  });
});

describe.each([
  ['v3', v3, single],
  ['lifecycle', lifecycle, single],
] as const)('%s in %o', (_, protocol, scope) => {
  const model = guestModel(protocol, pv64, scope);
  const { product, alone, graph, found } = explored(model);

  it('has the counts of the catalog', () => {
    const row = catalog.find((one) => one.variant === protocol.id && one.scope === scope.name);
    if (row === undefined) return;
    expect(found.product.states).toBe(row.expectation.states);
    expect(found.product.transitions).toBe(row.expectation.transitions);
  });

  it('reaches nothing that no chart can do alone, and is complete', () => {
    expect(graph.complete).toBe(true);
    for (const measure of MEASURES)
      for (const element of found.recording.by[measure].keys())
        expect(alone.universe[measure].has(element), element).toBe(true);
  });

  it('random walks cover nothing that the exploration does not, guards and local rows included', () => {
    const walked = walkProduct(product, {
      source: 'walks',
      variant: protocol.id,
      walks: 40,
      steps: 150,
      seed: 7,
      local: true,
    });
    const { recording } = walked;
    for (const measure of MEASURES)
      for (const element of recording.by[measure].keys())
        expect(found.recording.by[measure].has(element), `${measure} ${element}`).toBe(true);
    for (const measure of ['states', 'transitions', 'pairs'] as const)
      for (const element of recording.local?.[measure].keys() ?? [])
        expect(found.recording.local?.[measure].has(element), `local ${measure} ${element}`).toBe(true);
    expect(walked.labels).toBeGreaterThan(1000);
    for (const family of recording.families.keys())
      expect(found.recording.families.has(family), family).toBe(true);
  });

  it('tours of the product replay and take every transition that it reaches', () => {
    const { tours } = productTours(graph, alone);
    const replayed = expectOk(
      recordRuns(model.charts, tours, { source: 'tours', variant: protocol.id }),
      'tours are runs of the product',
    );
    expect(keys(replayed, 'transitions')).toEqual(keys(found.recording, 'transitions'));
  });

  it('tours of a chart replay, take every row and every pair of rows, and are as few as the bound', () => {
    // The deep test plans for the large ones too.
    for (const structure of alone.structures.filter(({ table }) => table.size * table.labels.length < 500))
      checkChartTours(structure);
  });
});

it('a limit on states makes a part of the graph, never a wrong one', () => {
  const product = expectOk(composeProduct(guestModel(v3, pv64, single)), 'shipped');
  const cut = productGraph(product, { statesMax: 500 });
  expect(cut.complete).toBe(false);
  expect(cut.states).toBeLessThanOrEqual(600);
  expect([...cut.targets].every((target) => target < cut.states)).toBe(true);
  expect(cut.starts.length).toBe(cut.states + 1);
  expect(cut.starts[cut.states]).toBe(cut.targets.length);
});

it('beyond the limit of states, pairs are said not to be computed', () => {
  const { found } = explored(guestModel(v3, pv64, single), K, 100);
  expect([...found.bounded].sort()).toEqual(['kpaths', 'pairs', 'roundtrips']);
  expect(found.recording.by.pairs.size).toBe(0);
  expect(found.recording.by.transitions.size).toBeGreaterThan(100);
});

prop('a seed makes the same walks again', { seed: fc.nat() }, ({ seed }) => {
  const product = expectOk(composeProduct(guestModel(v3, pv64, single)), 'shipped');
  const once = () =>
    walkProduct(product, { source: 'w', variant: 'v3', walks: 1, steps: 20, seed }).recording;
  expect(once()).toEqual(once());
});
