/** Coverage for people, as JSON, and for the page. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sourceOf } from '../../models/source.ts';
import { renderCoverage, renderCoverageJson } from '../../reports/coverage.ts';
import { pageCharts, pageCoverage } from '../../reports/coverage-page.ts';
import { plain } from '../../reports/style.ts';
import { sampleReport } from './cover-sample.ts';

describe('the text', () => {
  const text = renderCoverage(sampleReport, plain, 110);
  it('has a row a chart, and the counts of the product', () => {
    expect(text).toContain('Product: 29,466 states, 164,316 transitions');
    expect(text).toMatch(/^balloon +12\/12 +33\/33 .*██████████$/m);
    expect(text).toMatch(/^toolstack +2\/2 .*██████████$/m);
    expect(text).toMatch(/^all +\d/m);
  });
  it('fills a bar only where everything is covered, and empties it only where nothing is', () => {
    for (const line of text.split('\n').filter((one) => /[█░]{10}$/.test(one))) {
      const [covered, total] = (line.match(/\d+\/\d+/g)?.[1] ?? '').split('/').map(Number);
      expect(line.endsWith('█'.repeat(10)), line).toBe(covered === total);
      expect(line.endsWith('░'.repeat(10)), line).toBe(covered === 0);
    }
  });
  it('says what was never reached and why, and what no log shows', () => {
    expect(text).toMatch(/^Never reached: \d+ states, \d+ transitions, \d+ guard outcomes$/m);
    expect(text).toMatch(/^ {2}section: .*\bdisordered\b/m);
    expect(text).toContain('its label is not in single, it is in');
    expect(text).toContain('nobody takes its label in any scope tried');
    expect(text).toMatch(
      /^No log given shows: \d+ states, \d+ transitions, \d+ pairs that the product reaches$/m,
    );
  });
  it('keeps within the width', () => {
    for (const line of text.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(110);
  });
});

describe('the JSON', () => {
  const text = renderCoverageJson(sampleReport);
  const row = z.object({
    chart: z.string(),
    measure: z.enum(['states', 'transitions', 'pairs', 'kpaths', 'roundtrips', 'guards']),
    covered: z.int(),
    reachable: z.int(),
    alone: z.int(),
    beyond: z.int(),
  });
  const shape = z.object({
    schema: z.literal('ballast.cover/1'),
    cases: z.array(
      z.object({
        variant: z.string(),
        scope: z.string(),
        product: z.object({ complete: z.boolean(), states: z.int(), transitions: z.int(), pairs: z.int() }),
        sources: z.array(
          z.object({
            source: z.string(),
            rows: z.array(row),
            elements: z.record(z.string(), z.array(z.string())),
          }),
        ),
        neverReached: z.array(z.object({ element: z.string(), kind: z.string(), why: z.string() })),
        inNoLog: z.object({ states: z.array(z.string()), pairs: z.array(z.string()) }).loose(),
      }),
    ),
    reproduce: z.string(),
  });
  const data = shape.parse(JSON.parse(text));

  it('is the same twice', () => {
    expect(renderCoverageJson(sampleReport)).toBe(text);
  });
  it('lists what it counts', () => {
    for (const { sources } of data.cases)
      for (const { rows, elements } of sources)
        for (const { chart, measure, covered, beyond, reachable, alone } of rows) {
          const of =
            elements[measure]?.filter((one) => chart === 'all' || one.startsWith(`${chart}: `)) ?? [];
          expect(covered + beyond).toBe(of.length);
          expect(reachable).toBeLessThanOrEqual(alone);
        }
  });
});

describe('for the page', () => {
  it('each source has its measures', () => {
    const [exploration, run] = pageCoverage(sampleReport.cases);
    expect(exploration?.source).toBe('exploration v3/single');
    expect(exploration?.measures).toContainEqual({
      chart: 'product',
      measure: 'states',
      covered: 29_466,
      total: 29_466,
    });
    expect(run?.measures).toContainEqual({
      chart: 'toolstack',
      measure: 'transitions',
      covered: 2,
      total: 2,
    });
  });

  it('each transition has a place, and either somebody who took it or a reason', () => {
    const charts = pageCharts(sampleReport.cases, sourceOf);
    expect(charts.map(({ kind }) => kind)).toContain('boot');
    for (const { kind, states, transitions, initial } of charts) {
      expect(states.map(({ name }) => name)).toContain(initial);
      for (const { name, source } of states) expect(source, `${kind} ${name}`).toBeDefined();
      const names = transitions.map(({ from, family, to }) => `${from} ${family} ${to}`);
      expect(new Set(names).size).toBe(names.length);
      for (const one of transitions) {
        expect(one.source, `${kind} ${one.from} ${one.family}`).toBeDefined();
        expect(one.takenBy.length > 0).toBe(one.why === undefined);
      }
    }
    const reserve = charts
      .find(({ kind }) => kind === 'slot')
      ?.transitions.find(({ family }) => family === 'reserve.ok');
    expect(reserve).toMatchObject({ from: 'free', to: 'driver', takenBy: ['exploration v3/single'] });
  });
});
