/** Stepping live, against XState actors and against what an exhaustive search says. */

import { beforeAll, describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Scope } from '../../models/scope.ts';
import { pair, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { type ModelChart, roleIn } from '../../src/core/chart.ts';
import { labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { type LiveModel, liveState, parseWalk, WALK_MAX, walkOf } from '../../src/explore/live.ts';
import type { LiveState } from '../../src/explore/live-state.ts';
import { explore } from '../../src/search/search.ts';

function modelOf(variant: string, scope: Scope): LiveModel {
  const protocol = variants.find(({ id }) => id === variant);
  if (protocol === undefined) throw new Error(`no variant ${variant}`);
  return {
    variant,
    scope,
    product: expectOk(composeProduct(guestModel(protocol, pv64, scope)), 'it is shipped'),
    properties: properties.filter((property) => property.appliesTo(protocol, scope)),
    ledger: ledgerLines,
    findingOf: () => undefined,
  };
}

const stateOf = (model: LiveModel, walk: readonly number[]): LiveState =>
  expectOk(liveState(model, walk), 'the walk is a run');

/** Walks that XState itself takes, chosen by a fixed rule: the nth enabled label at each step. */
function* walksOf(model: LiveModel, lengths: readonly number[]): Generator<readonly number[]> {
  for (const length of lengths) {
    let walk: readonly number[] = [];
    for (let at = 0; at < length; at++) {
      const { enabled } = stateOf(model, walk);
      const next = enabled[(at * 7 + length) % enabled.length];
      if (next === undefined) break;
      walk = [...walk, next.id];
    }
    yield walk;
  }
}

describe.each(['v0', 'v3', 'lifecycle'])('live: %s', (variant) => {
  const model = modelOf(variant, single);
  const { labels, tables } = model.product;

  it('enables exactly what every owner accepts in XState, and names exactly the owners that do not', () => {
    let refusals = 0;
    for (const walk of walksOf(model, [0, 1, 5, 12, 30])) {
      const state = stateOf(model, walk);
      const actors = tables.map(({ chart }) => ({ chart, actor: createActor(chart.machine).start() }));
      for (const id of walk)
        for (const { chart, actor } of actors) {
          const label = labels[id];
          if (label !== undefined && roleIn(chart, label) !== undefined) actor.send(label);
        }
      const expected = labels.map((label) =>
        actors
          .filter(({ chart, actor }) => roleIn(chart, label) !== undefined && !actor.getSnapshot().can(label))
          .map(({ chart }) => chart.id)
          .sort(),
      );
      const told = labels.map((_, id) =>
        (state.refused.find((one) => one.id === id)?.by ?? []).map(({ chart }) => chart).sort(),
      );
      expect(told).toEqual(expected);
      expect([...state.enabled, ...state.refused].map(({ id }) => id).sort((a, b) => a - b)).toEqual(
        labels.map((_, id) => id),
      );
      refusals += state.refused.length;
    }
    expect(refusals).toBeGreaterThan(100);
  });

  it('says why: a state that does not know the family, or a guard that says no', () => {
    const charts = new Map<string, ModelChart>(tables.map(({ chart }) => [chart.id, chart]));
    const seen = new Set<string>();
    for (const walk of walksOf(model, [0, 6, 14, 25])) {
      for (const { label, by } of stateOf(model, walk).refused)
        for (const one of by) {
          seen.add(one.why);
          const states = charts.get(one.chart)?.machine.config.states ?? {};
          const family = label.replace(/\(.*$/, '');
          const knows = states[one.state]?.on?.[family] !== undefined;
          expect(one.why).toBe(knows ? 'guard' : 'state');
          for (const name of one.takenIn) expect(states[name]?.on?.[family]).toBeDefined();
          // What it would let through is of the same family, and not the refused label itself.
          for (const other of one.wouldTake)
            expect(other).toMatch(new RegExp(`^${family.replace('.', '\\.')}(\\(|$)`));
          expect(one.wouldTake).not.toContain(label);
        }
    }
    expect([...seen].sort()).toEqual(['guard', 'state']);
  });
});

describe('broken here', () => {
  const model = modelOf('v3', single);
  const found = explore(
    model.product,
    model.properties.map(({ watch }) => watch),
  );

  it('agrees with the search: at the end of each shortest run, and at no state before', () => {
    const judged: string[] = [];
    model.properties.forEach(({ id, watch }, at) => {
      const violation = found.violations[at];
      if (violation === undefined || watch.kind === 'possible') return;
      judged.push(id);
      const walk = [
        ...found.path(violation.state),
        ...(violation.label === undefined ? [] : [violation.label]),
      ];
      for (let length = 0; length <= walk.length; length++) {
        const { broken } = stateOf(model, walk.slice(0, length));
        expect([id, length, broken.some(({ property }) => property === id)]).toEqual([
          id,
          length,
          length === walk.length,
        ]);
      }
      const before = stateOf(model, walk.slice(0, -1));
      expect(before.enabled.find((one) => one.id === walk.at(-1))?.breaks).toContain(id);
    });
    expect(judged).toContain('I-10');
    expect(judged).toContain('I-9');
    expect(judged).toContain('D-3');
  });

  it('never cries where the search found nothing', () => {
    const broken = new Set(
      model.properties.flatMap(({ id }, at) => (found.violations[at] === undefined ? [] : [id])),
    );
    for (const walk of walksOf(model, [10, 20, 40, 60]))
      for (const { property } of stateOf(model, walk).broken) expect(broken).toContain(property);
  });

  it('says which it cannot judge', () => {
    expect(stateOf(model, []).notJudged).toEqual(['D-1', 'D-2']);
  });
});

describe('a walk', () => {
  let model: LiveModel;
  beforeAll(() => {
    model = modelOf('v3', pair);
  });

  it('is label ids with dots between', () => {
    expect(parseWalk('')).toEqual({ ok: true, value: [] });
    expect(parseWalk('0.3.12')).toEqual({ ok: true, value: [0, 3, 12] });
  });

  it.each(['a', '1..2', '.', '1.', '-1', '1e3', '1,2', '0x1', ' 1', '9999999', '١'])('%j is none', (text) => {
    expect(parseWalk(text)).toMatchObject({ ok: false, problems: [{ code: 'BAD_WALK' }] });
  });

  it('ends somewhere', () => {
    expect(parseWalk(Array(WALK_MAX).fill('1').join('.')).ok).toBe(true);
    expect(
      parseWalk(
        Array(WALK_MAX + 1)
          .fill('1')
          .join('.'),
      ),
    ).toMatchObject({
      problems: [{ code: 'WALK_TOO_LONG' }],
    });
  });

  it('must be one that the model takes', () => {
    const { labels } = model.product;
    expect(liveState(model, [labels.length])).toMatchObject({ problems: [{ code: 'LABEL_UNKNOWN' }] });
    const refused = stateOf(model, []).refused[0];
    expect(liveState(model, [refused?.id ?? -1])).toMatchObject({
      problems: [{ code: 'LABEL_REFUSED', message: expect.stringContaining(refused?.by[0]?.chart ?? '?') }],
    });
  });

  it('of a trace leads where the trace does', () => {
    const walk = [...walksOf(model, [15])][0] ?? [];
    const trace = walk.flatMap((id) => model.product.labels[id] ?? []);
    expect(walkOf(model.product, trace)).toEqual(walk);
    expect(stateOf(model, walk).steps.map(({ label }) => label)).toEqual(trace.map(labelText));
    expect(() => walkOf(model.product, [{ type: 'nothing' }])).toThrow('not in the alphabet');
  });
});
