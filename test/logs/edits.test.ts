/**
 * Edits of real traces that the nesting check must reject by itself. What it leaves to the counters is listed: a test of
 * the whole validator covers those.
 */
import { describe, expect, it } from 'vitest';
import type { TraceItem } from '../../src/logs/records.ts';
import { editsOf } from './planted-edits.ts';
import { itemsOf, problemsOf, TRACES, textOf } from './real-logs.ts';

/** Long traces repeat themselves: their ends are enough. */
const shortened = (items: readonly TraceItem[]): readonly TraceItem[] =>
  items.length <= 250
    ? items
    : [...items.slice(0, 120), { kind: 'gap', reason: 'lost', file: 'cut', line: 0 }, ...items.slice(-60)];

interface Tally {
  all: number;
  caught: number;
  readonly survivors: Map<string, number>;
}

function tally(): ReadonlyMap<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const path of TRACES) {
    for (const { kind, event, items } of editsOf(shortened(itemsOf(textOf(path), path)))) {
      const of = tallies.get(kind) ?? { all: 0, caught: 0, survivors: new Map<string, number>() };
      tallies.set(kind, of);
      of.all += 1;
      if (problemsOf(items).length > 0) of.caught += 1;
      else of.survivors.set(event, (of.survivors.get(event) ?? 0) + 1);
    }
  }
  return tallies;
}

describe('single edits of real traces', () => {
  const tallies = tally();
  const of = (kind: string): Tally => tallies.get(kind) ?? { all: 0, caught: 0, survivors: new Map() };
  const survivors = (kind: string): readonly string[] => [...of(kind).survivors.keys()].sort();
  const rate = (kind: string): number => of(kind).caught / of(kind).all;

  it('cover thousands of records', () => {
    expect(of('ret').all).toBeGreaterThan(4000);
    expect(of('swap').all).toBeGreaterThan(3000);
    expect(of('deletion').all).toBeGreaterThan(3000);
    expect(of('argument').all).toBeGreaterThan(3000);
  });

  it('swaps of neighbours of one task are caught, except of the first two records after a gap', () => {
    expect(rate('swap')).toBeGreaterThan(0.999);
    expect(survivors('swap')).toEqual(['alloc_unpop alloc_unpop_ret', 'set_target set_target_ret']);
  });

  it('return values are caught, except where another is as legal', () => {
    // A populate may have got less: the counters tell. The others are errors that nothing later contradicts.
    expect(survivors('ret')).toEqual([
      'alloc_unpop_ret.ret',
      'memop_inc_ret.ret',
      'notify_ret.ret',
    ]);
    expect(
      of('ret').all - of('ret').caught - (of('ret').survivors.get('memop_inc_ret.ret') ?? 0),
    ).toBeLessThan(30);
  });

  it('single deletions are caught, except at the edge of a gap', () => {
    expect(rate('deletion')).toBeGreaterThan(0.97);
  });

  it('of calls deleted whole, those are caught that others need', () => {
    // Left to the counters: batches and targets. Left to the header: a poll that changed nothing.
    const rest = survivors('pair').filter(
      (event) => !['memop_inc', 'set_target', 'additional'].includes(event),
    );
    const missed = rest.reduce((sum, event) => sum + (of('pair').survivors.get(event) ?? 0), 0);
    expect(missed).toBeLessThan(15);
  });

  it('arguments are caught where another record repeats them', () => {
    expect(survivors('argument')).toEqual([
      'add_mem_res.flags',
      'alloc_res.max',
      'alloc_res.min',
      'alloc_unpop.nr',
      'dec.nr',
      'memop_inc.count',
      'set_target.target',
    ]);
  });
});
