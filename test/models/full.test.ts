/**
 * Scope `full`: the rules of the product are kept, and what single shows is there too. Budget: fifteen seconds, most of them for
 * v3; the other variants are in full.deep.test.ts.
 */
import { describe, expect, it } from 'vitest';
import { full, single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { outcome, verdictOf } from '../support/explored.ts';
import '../support/matchers.ts';

describe.each([lifecycle, v3])('$id in full', (protocol) => {
  it('breaks no rule of the product, and whatever single violates is violated in no more labels', () => {
    for (const { property, verdict } of outcome(protocol, single).cases) {
      if (verdict.kind !== 'violated') continue;
      const wider = verdictOf(protocol, full, property);
      expect(wider.kind, property).toBe('violated');
      expect(wider.kind === 'violated' && wider.trace.length, property).toBeLessThanOrEqual(
        verdict.trace.length,
      );
    }
  });
});

it('lifecycle holds every property in full, exhaustively, and none vacuously', () => {
  const { search, cases } = outcome(lifecycle, full);
  expect(search.limit).toBeUndefined();
  expect(cases.length).toBeGreaterThan(29);
  for (const { property, verdict } of cases) expect(verdict, property).toHold();
});

it('v3: the shortest run to a live page on the balloon list ends with the first page of a re-online', () => {
  const verdict = verdictOf(v3, full, 'I-10');
  const families = verdict.kind === 'violated' ? verdict.trace.map(({ type }) => type) : [];
  expect(families.slice(-3)).toEqual(['offline.done', 'online.begin', 'online.page']);
  expect(families.filter((family) => family === 'offline.done')).toHaveLength(1);
});

it('v3: the shortest run to a populate over a live frame ends with it', () => {
  const verdict = verdictOf(v3, full, 'I-9');
  expect(verdict.kind === 'violated' && verdict.trace.at(-1)?.type).toBe('populate.over');
});
