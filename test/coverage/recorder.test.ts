/** A recorder counts what was executed and nothing else; recordings are sets, with the laws of sets. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { type Model, roleIn } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { coverKind } from '../../src/coverage/kinds.ts';
import { Recorder } from '../../src/coverage/recorder.ts';
import {
  difference,
  intersection,
  MEASURES,
  type Measure,
  noElements,
  type Recording,
  union,
} from '../../src/coverage/recording.ts';
import { recordRuns } from '../../src/coverage/runs.ts';
import { type Stepped, Stepper } from '../../src/step/stepper.ts';
import { NaiveProduct, type State } from '../support/naive-product.ts';
import { prop } from '../support/prop.ts';
import { tinyModel } from '../support/tiny.ts';
import { complete, controlOf, emptyBrute, type Taken } from './brute.ts';

const K = 3;
type Runs = readonly (readonly number[])[];

/** Walks by picks among what is enabled: label numbers. */
function walksOf(product: NaiveProduct, picks: readonly (readonly number[])[]): Runs {
  return picks.map((walk) => {
    const labels: number[] = [];
    let state: State = product.initial;
    for (const pick of walk) {
      const enabled = product.model.alphabet.flatMap((_, id) => {
        const after = product.step(state, id, () => {});
        return after === undefined ? [] : [{ id, after }];
      });
      const chosen = enabled[pick % Math.max(1, enabled.length)];
      if (chosen === undefined) break;
      labels.push(chosen.id);
      state = chosen.after;
    }
    return labels;
  });
}

/** The same counted by hand, from the whole past of each chart in each walk. */
function countedByHand(product: NaiveProduct, runs: Runs) {
  const found = emptyBrute();
  const { charts, alphabet } = product.model;
  for (const run of runs) {
    let state: State = product.initial;
    const pasts: Taken[][] = charts.map(() => []);
    for (const [at, chart] of charts.entries())
      found.states.add(`${coverKind(chart)}: ${controlOf(product, state, at)}`);
    for (const id of run) {
      const label = alphabet[id];
      const after = product.step(state, id, () => {});
      if (label === undefined || after === undefined) throw new Error('no walk');
      for (const [at, chart] of charts.entries()) {
        if (roleIn(chart, label) === undefined) continue;
        const past = pasts[at] ?? [];
        past.push({
          from: controlOf(product, state, at),
          family: label.type,
          to: controlOf(product, after, at),
        });
        complete(found, coverKind(chart), past, K);
      }
      state = after;
    }
  }
  return found;
}

function recordWith(model: Model, runs: Runs, recorder: Recorder): Recording {
  const steppers = model.charts.map((chart) => new Stepper(chart));
  for (const run of runs) {
    const states = steppers.map(({ initial }) => initial);
    recorder.begin(steppers.map(({ chart, initial }) => [chart, initial]));
    for (const id of run) {
      const label = model.alphabet[id];
      if (label === undefined) continue;
      recorder.label(label);
      for (const [at, stepper] of steppers.entries()) {
        if (roleIn(stepper.chart, label) === undefined) continue;
        const before = states[at] as Stepped;
        const after = stepper.next(before, label);
        recorder.step(stepper.chart, before, label, after);
        states[at] = after;
      }
    }
  }
  return recorder.recording();
}

const BY_HAND = ['states', 'transitions', 'pairs', 'kpaths', 'roundtrips'] as const;
const sets = (recording: Recording) =>
  Object.fromEntries(BY_HAND.map((measure) => [measure, new Set(recording.by[measure].keys())]));

const picks = fc.array(fc.array(fc.nat({ max: 99 }), { maxLength: 25 }), { maxLength: 3 });

/** Forgets that a new run begins: the last transition of one walk and the first of the next become a pair. */
class Forgetful extends Recorder {
  private isFirst = true;
  override begin(charts: Parameters<Recorder['begin']>[0] = []): void {
    if (this.isFirst) super.begin(charts);
    this.isFirst = false;
  }
  override step(...[chart, before, label, after]: Parameters<Recorder['step']>): void {
    // Hides the jump back to the start from the check of the recorder.
    const past = (this as unknown as { pasts: Map<string, { at: Stepped }> }).pasts.get(chart.id);
    if (past !== undefined) past.at = before;
    super.step(chart, before, label, after);
  }
}

describe('a recording of walks', () => {
  prop('has every element that was executed, and no other', { model: tinyModel, picks }, (input) => {
    const product = new NaiveProduct(input.model);
    const runs = walksOf(product, input.picks);
    const recorder = new Recorder({ source: 'walks', variant: 'x', k: K });
    expect(sets(recordWith(input.model, runs, recorder))).toEqual(countedByHand(product, runs));
  });

  it('a recorder that forgets where a run begins is noticed', () => {
    const details = fc.check(
      fc.property(tinyModel, picks, (model, given) => {
        const product = new NaiveProduct(model);
        const runs = walksOf(product, given);
        const recorder = new Forgetful({ source: 'walks', variant: 'x', k: K });
        expect(sets(recordWith(model, runs, recorder))).toEqual(countedByHand(product, runs));
      }),
    );
    expect(details.failed).toBe(true);
  });

  it('counts how often', () => {
    const { charts, alphabet } = guestModel(v3, pv64, single);
    const run = alphabet.filter(({ type, pages }) => type === 'max.set' && pages === 2);
    const recorded = expectOk(recordRuns(charts, [run, run], { source: 'r', variant: 'v3' }), 'a run');
    expect(recorded.by.transitions.get('toolstack: idle -max.set-> capped')).toBe(2);
    expect(recorded.families.get('max.set')).toBe(2);
    expect(recorded.by.pairs.size).toBe(0);
  });

  it('a step from elsewhere is a bug of the caller, not an element', () => {
    const [chart] = guestModel(v3, pv64, single).charts;
    if (chart === undefined) throw new Error('no chart');
    const stepper = new Stepper(chart);
    const recorder = new Recorder({ source: 'r', variant: 'v3' });
    const capped = stepper.next(stepper.initial, { type: 'max.set', pages: 2 });
    recorder.step(chart, stepper.initial, { type: 'max.set', pages: 2 }, capped);
    expect(() => recorder.step(chart, stepper.initial, { type: 'max.set', pages: 2 }, capped)).toThrow(
      /was left in/,
    );
  });

  it('a label that is refused is bad input, by its place', () => {
    const { charts } = guestModel(v3, pv64, single);
    const refused = recordRuns(charts, [[{ type: 'target.set', pages: 2 }]], { source: 'r', variant: 'v3' });
    expect(refused.ok).toBe(false);
    if (!refused.ok)
      expect(refused.problems[0]).toMatchObject({
        code: 'COVER_REFUSED',
        message: 'run 1, step 1: target.set(pages 2) cannot be taken',
        got: 'refused by toolstack',
      });
    const unknown = recordRuns(charts, [[{ type: 'no.such' }]], { source: 'r', variant: 'v3' });
    expect(unknown.ok ? '' : unknown.problems[0]?.got).toBe('a label that no chart owns');
  });
});

const elements = fc.uniqueArray(fc.constantFrom('a: x', 'a: y', 'b: x', 'b: z'), { maxLength: 4 });
const recording: fc.Arbitrary<Recording> = fc
  .record({ states: elements, transitions: elements, pairs: elements, times: fc.integer({ min: 1, max: 5 }) })
  .map(({ times, ...given }) => ({
    source: 'r',
    variant: 'v',
    k: K,
    local: undefined,
    families: new Map(given.states.map((one) => [one, times])),
    by: {
      ...noElements(),
      ...Object.fromEntries(
        Object.entries(given).map(([m, list]) => [m, new Map(list.map((e) => [e, times]))]),
      ),
    },
  }));

const has = (of: Recording, measure: Measure) => new Set(of.by[measure].keys());

describe('recordings add up and subtract like sets', () => {
  prop('union, intersection, difference', { a: recording, b: recording, c: recording }, ({ a, b, c }) => {
    for (const measure of MEASURES) {
      const x = has(a, measure);
      const y = has(b, measure);
      expect(has(union('u', [a, b]), measure)).toEqual(new Set([...x, ...y]));
      expect(has(intersection('i', [a, b]), measure)).toEqual(new Set([...x].filter((one) => y.has(one))));
      expect(has(difference('d', a, b), measure)).toEqual(new Set([...x].filter((one) => !y.has(one))));
      expect(has(difference('d', a, a), measure).size).toBe(0);
      expect(has(union('u', [difference('d', a, b), intersection('i', [a, b])]), measure)).toEqual(x);
    }
    expect(union('u', [union('u', [a, b]), c]).by).toEqual(union('u', [a, union('u', [b, c])]).by);
    for (const [element, times] of union('u', [a, b]).by.states)
      expect(times).toBe((a.by.states.get(element) ?? 0) + (b.by.states.get(element) ?? 0));
  });

  it('paths of different lengths are not compared', () => {
    const of = (k: number) => new Recorder({ source: 'r', variant: 'v', k }).recording();
    expect(() => union('u', [of(2), of(3)])).toThrow(RangeError);
  });
});

it('refused guards are recorded only where the guard refuses', () => {
  const product = expectOk(composeProduct(guestModel(v3, pv64, single)), 'shipped');
  const balloon = product.tables.find(({ chart }) => chart.id === 'balloon');
  if (balloon === undefined) throw new Error('no balloon');
  const recorder = new Recorder({ source: 'r', variant: 'v3' });
  recorder.refuse(balloon.chart, balloon.local(0), { type: 'hotplug.timer' });
  recorder.refuse(balloon.chart, balloon.local(0), { type: 'hotplug.done' });
  recorder.refuse(balloon.chart, balloon.local(0), { type: 'sleep' });
  expect([...recorder.recording().by.guards.keys()]).toEqual(['balloon: asleep ? hotplug.timer refused']);
});
