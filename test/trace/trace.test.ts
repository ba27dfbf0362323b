/** A run is shown only as XState itself has run it, and it is the first in alphabet order among the shortest. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { REFUSED } from '../../src/compile/table.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';
import { confirmReplay, replay } from '../../src/trace/replay.ts';
import { buildTrace, successor } from '../../src/trace/trace.ts';
import { explored, outcome, productOf } from '../support/explored.ts';
import { exploreNaively } from '../support/naive.ts';
import { firstRun, NaiveProduct } from '../support/naive-product.ts';
import { breaksStep, stateTest } from '../support/naive-watches.ts';
import { prop } from '../support/prop.ts';
import { tinyModel, tinyWatch } from '../support/tiny.ts';

const compose = (model: Model): Product =>
  expectOk(composeProduct(model), 'the generator makes only products');

/** A legal walk: each pick chooses among the labels that every owner accepts. */
function walk(product: Product, picks: readonly number[]): { labels: Label[]; locals: Int32Array[] } {
  const labels: Label[] = [];
  const locals: Int32Array[] = [new Int32Array(product.tables.length)];
  for (const pick of picks) {
    const here = locals.at(-1) ?? new Int32Array(0);
    const open = product.labels.filter((_, id) =>
      (product.owners[id] ?? []).every(
        ({ chart, own }) => product.tables[chart]?.successor(here[chart] ?? 0, own) !== REFUSED,
      ),
    );
    const label = open[pick % open.length];
    if (label === undefined) break;
    labels.push(label);
    locals.push(successor(product, here, label));
  }
  return { labels, locals };
}

const keysOf = (product: Product, locals: Int32Array) =>
  product.tables.map((table, chart) => table.local(locals[chart] ?? 0).key);

const picks = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });

describe('replay', () => {
  prop('passes through the states of the tables', { model: tinyModel, picks }, ({ model, picks: chosen }) => {
    const product = compose(model);
    const { labels, locals } = walk(product, chosen);
    expect(replay(product, labels)).toEqual(locals.map((state) => keysOf(product, state)));
    expect(() => confirmReplay(product, labels, locals)).not.toThrow();
  });

  prop(
    'does so along a real variant',
    { picks: fc.array(fc.nat(), { minLength: 60, maxLength: 60 }) },
    ({ picks: chosen }) => {
      const { product } = explored(v3, single);
      const { labels, locals } = walk(product, chosen);
      expect(labels).toHaveLength(60);
      confirmReplay(product, labels, locals);
    },
  );

  it('throws on a step that XState refuses, with its number', () => {
    expect(() =>
      replay(productOf(v3, single), [{ type: 'max.set', pages: 2 }, { type: 'add.begin' }]),
    ).toThrow(/refuses step 2, add\.begin/);
  });

  it('throws where the tables say another state than XState', () => {
    const product = productOf(v3, single);
    const { labels, locals } = walk(product, [1, 1, 1, 1, 1]);
    const tampered = locals.map((state) => state.slice());
    const moved = product.tables.findIndex((table) => table.size > 1);
    tampered[3]?.fill(1, moved, moved + 1);
    if (locals[3]?.[moved] === 1) tampered[3]?.fill(0, moved, moved + 1);
    expect(() => confirmReplay(product, labels, tampered)).toThrow(/after step 3 XState's/);
  });

  it('throws on a trace from which a label was taken, or in which one was changed', () => {
    const product = productOf(v3, single);
    const found = outcome(v3, single).cases.find(({ property }) => property === 'I-10')?.verdict;
    const trace = found?.kind === 'violated' ? found.trace : [];
    expect(trace.length).toBeGreaterThan(10);
    const accepted = trace.filter((_, gone) => {
      const rest = trace.filter((__, at) => at !== gone);
      try {
        replay(product, rest);
        return true;
      } catch {
        return false;
      }
    });
    expect(accepted.map(labelText)).toEqual([labelText(trace.at(-1) ?? { type: '?' })]);
    expect(() => buildTrace(product, [...trace, { type: 'target.set', pages: 77 }], [])).toThrow(
      /not in the alphabet/,
    );
  });
});

describe('the page ledger of a trace', () => {
  it('adds up what the charts show, at every step', () => {
    const { product, model } = explored(v3, single);
    const found = outcome(v3, single).cases.find(({ property }) => property === 'I-27')?.verdict;
    const trace = found?.kind === 'violated' ? found.trace : [];
    const { start, steps } = buildTrace(product, trace, ledgerLines);
    const naive = new NaiveProduct(model);
    let state = naive.initial;
    const lines = [start, ...steps.map(({ ledger }) => ledger)];
    lines.forEach((ledger, step) => {
      if (step > 0) {
        const text = steps[step - 1]?.label;
        state =
          naive.step(
            state,
            model.alphabet.findIndex((label) => labelText(label) === text),
          ) ?? [];
      }
      for (const { name, sum } of ledgerLines) {
        const expected = Object.entries(sum).reduce((total, [term, weight]) => {
          const [kind, quantity = ''] = term.split('.');
          const of = model.charts.flatMap((chart, at) =>
            chart.kind === kind ? [naive.quantities(state, at)] : [],
          );
          return (
            total + of.reduce((all, quantities) => all + weight * (quantities[quantity] ?? Number.NaN), 0)
          );
        }, 0);
        expect(ledger[name], `${name} after step ${step}`).toBe(expected);
      }
    });
    expect(steps.at(-1)?.ledger['orphaned']).toBeGreaterThan(0);
  });
});

describe('a counterexample', () => {
  prop(
    'is the first in alphabet order among the shortest',
    { model: tinyModel, watch: tinyWatch },
    ({ model, watch }) => {
      const product = compose(model);
      const found = explore(product, [watch]);
      const [violation] = found.violations;
      if (violation === undefined) return;
      const ours = [
        ...found.path(violation.state),
        ...(violation.label === undefined ? [] : [violation.label]),
      ];
      const naive = new NaiveProduct(model);
      const lost = watch.kind === 'possible' ? exploreNaively(model, [watch]).lost.get(0) : undefined;
      const broken = stateTest(naive, watch);
      const least =
        ours.length === 0
          ? []
          : firstRun(naive, ours.length, (from, label, to) => {
              if (watch.kind === 'step') return breaksStep(naive, watch, from, label, to);
              return lost === undefined ? broken(to) : lost.has(naive.keys(to).join());
            });
      expect(ours).toEqual(least);
    },
  );
});
