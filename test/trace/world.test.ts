/** A world of charts stepped together is the product: same owners, same enabled labels, same states, same sums, same verdicts. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestCharts, guestModel } from '../../models/guest.ts';
import { full, pair, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { guestWorld } from '../../src/cli/trace/world.ts';
import type { Watch } from '../../src/compose/observation.ts';
import { type Model, type ModelChart, roleIn } from '../../src/core/chart.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { Judge } from '../../src/trace/judge.ts';
import { StepWorld, type Walk } from '../../src/trace/world.ts';
import { outcome } from '../support/explored.ts';
import { NaiveProduct } from '../support/naive-product.ts';
import { breaksStep, stateTest } from '../support/naive-watches.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyWatch } from '../support/tiny.ts';
import { conditionsOf } from '../support/watch-parts.ts';

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 30 });

/** Walks both; calls back after each step with what both say. */
function sideBySide(
  model: Model,
  world: StepWorld,
  chosen: readonly number[],
  see: (walk: Walk, naive: NaiveProduct, state: ReturnType<NaiveProduct['keys']>) => void = () => {},
): Label[] {
  const naive = new NaiveProduct(model);
  const walk = world.walk();
  let state = naive.initial;
  const taken: Label[] = [];
  for (const pick of chosen) {
    const open = model.alphabet.flatMap((label, id) =>
      naive.step(state, id) === undefined ? [] : [{ label, id }],
    );
    expect(model.alphabet.filter((label) => walk.isEnabled(label)).map(labelText)).toEqual(
      open.map(({ label }) => labelText(label)),
    );
    const next = open[pick % open.length];
    if (next === undefined) break;
    state = naive.step(state, next.id) ?? state;
    expect(walk.take(next.label)).toBeDefined();
    taken.push(next.label);
    see(walk, naive, naive.keys(state));
  }
  return taken;
}

describe('a world of tiny charts', () => {
  prop('steps as the product does', { model: tinyModel, picks }, ({ model, picks: chosen }) => {
    const world = StepWorld.of(model.charts);
    sideBySide(model, world, chosen, (walk, _, keys) => {
      const ours = model.charts.map((_chart, at) => walk.local(at));
      expect(
        ours.map(({ value, context }) => JSON.stringify([value, Object.entries(context).sort()])),
      ).toEqual(keys);
    });
  });

  prop(
    'judges state and step watches as the naive reader does',
    { model: tinyModel, watch: tinyWatch, picks },
    ({ model, watch, picks: chosen }) => {
      if (watch.kind === 'possible') return;
      const naive = new NaiveProduct(model);
      const walk = StepWorld.of(model.charts).walk();
      const judge = new Judge(watch);
      const broken = stateTest(naive, watch);
      let state = naive.initial;
      if (watch.kind === 'state') expect(judge.ofState(walk)).toBe(broken(state) ? 'broken' : 'kept');
      for (const pick of chosen) {
        const open = model.alphabet.flatMap((label, id) =>
          naive.step(state, id) === undefined ? [] : [{ label, id }],
        );
        const next = open[pick % open.length];
        if (next === undefined) return;
        const after = naive.step(state, next.id) ?? state;
        const theirs =
          watch.kind === 'step' ? breaksStep(naive, watch, state, next.id, after) : broken(after);
        const changes = walk.take(next.label) ?? [];
        expect(judge.ofStep(walk, next.label, changes)).toBe(theirs ? 'broken' : 'kept');
        state = after;
      }
    },
  );
});

describe.each(variants.map((variant) => [variant.id, variant] as const))('%s', (_, variant) => {
  const model = guestModel(variant, pv64, full);
  const eager = StepWorld.of(model.charts);
  const terms = [
    ...new Set(
      properties.flatMap(({ watch, appliesTo }) => (appliesTo(variant, full) ? termsOf(watch) : [])),
    ),
  ];
  const lazy = guestWorld(variant, pv64, { ...full, name: 'lazy' }, { lazy: true });

  it('asks only those who own a label, and all of them', () => {
    const worlds: readonly (readonly [StepWorld, (place: number) => ModelChart])[] = [
      [eager, (place) => model.charts[place] as ModelChart],
      [lazy, (place) => lazy.chartAt(place)],
    ];
    for (const [world, chartAt] of worlds)
      for (const label of model.alphabet)
        expect(
          world
            .ownersOf(label)
            .map((place) => chartAt(place).id)
            .sort(),
          labelText(label),
        ).toEqual(
          model.charts
            .filter((chart) => roleIn(chart, label) !== undefined)
            .map(({ id }) => id)
            .sort(),
        );
  });

  const sumsOf = (walk: Walk) =>
    terms.map((term) => {
      const [kind = '', quantity = ''] = term.split('.');
      return [term, walk.sum(kind, quantity), walk.sum(kind, quantity, 0)];
    });

  prop(
    'is the same whether its sections are made at once or when spoken of',
    { picks: fc.array(fc.nat(), { minLength: 15, maxLength: 15 }) },
    ({ picks: chosen }) => {
      const taken: Label[] = [];
      const explorer = eager.walk();
      for (const pick of chosen) {
        const open = model.alphabet.filter((label) => explorer.isEnabled(label));
        const next = open[pick % open.length];
        if (next === undefined) break;
        explorer.take(next);
        taken.push(next);
      }
      const ours = lazy.walk();
      const theirs = eager.walk();
      for (const label of taken) {
        expect(ours.take(label)).toBeDefined();
        theirs.take(label);
        expect(sumsOf(ours)).toEqual(sumsOf(theirs));
      }
    },
  );
});

function termsOf(watch: Watch): string[] {
  return conditionsOf(watch).flatMap(({ sum }) => Object.keys(sum));
}

describe('refusals', () => {
  it('names the chart that refuses and where it is, and changes nothing', () => {
    const walk = StepWorld.of(guestCharts(v3, pv64, single)).walk();
    const before = walk.key();
    expect(walk.refusals({ type: 'add.begin' }).map(({ chart }) => chart)).toContain('balloon');
    expect(walk.take({ type: 'add.begin' })).toBeUndefined();
    expect(walk.key()).toBe(before);
    expect(walk.take({ type: 'no.such' })).toBeUndefined();
  });
});

describe('a way back', () => {
  it('is judged along every deadlock that the search found, and along none before its last step', () => {
    const mutant = mutants.find(({ id }) => id === 'mutex-held-over-add');
    if (mutant === undefined) throw new Error('no such mutant');
    const found = outcome(mutant.protocol, pair).cases.filter(
      ({ at, verdict }) => at === 'possible' && verdict.kind === 'violated',
    );
    expect(found.length).toBeGreaterThan(0);
    const model = guestModel(mutant.protocol, pv64, pair);
    for (const { property, verdict } of found) {
      const watch = properties.find(({ id }) => id === property)?.watch;
      if (watch === undefined || verdict.kind !== 'violated') continue;
      const judge = new Judge(watch, { alphabet: model.alphabet });
      const walk = StepWorld.of(model.charts).walk();
      const judged = verdict.trace.map((label) => judge.ofStep(walk, label, walk.take(label) ?? []));
      expect(judged.at(-1), property).toBe('broken');
      expect(new Set(judged.slice(0, -1)), property).toEqual(new Set(['kept']));
    }
  });
});
