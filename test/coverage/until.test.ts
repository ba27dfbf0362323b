/** The stop condition: what it accepts, how it fails, and when it is met. */
import { describe, expect, it } from 'vitest';
import { expectOk } from '../../src/core/result.ts';
import { noElements, type Recording } from '../../src/coverage/recording.ts';
import { isImpossible, meetsUntil, parseUntil, type Reachable, standings } from '../../src/coverage/until.ts';

const of = (text: string) => expectOk(parseUntil(text), 'it is a condition');

const map = (...elements: string[]) => new Map(elements.map((one) => [one, 1]));
const reachable: Reachable = {
  by: { ...noElements(), pairs: map('a: 1', 'a: 2', 'b: 1', 'b: 2'), states: map('a: x') },
  families: map('populate.short', 'sleep'),
  bounded: new Set(['kpaths']),
};
const recording = (pairs: string[], families: Record<string, number> = {}): Recording => ({
  source: 'r',
  variant: 'v',
  k: 3,
  by: { ...noElements(), pairs: map(...pairs) },
  local: undefined,
  families: new Map(Object.entries(families)),
});
const half = recording(['a: 1', 'a: 2'], { sleep: 2 });
const met = (text: string, by = half) => meetsUntil(of(text), by, reachable);

describe('a condition', () => {
  it.each([
    ['pairs >= 50%', true],
    ['pairs>=51%', false],
    ['pairs >= 2', true],
    ['pairs >= 3', false],
    ['pairs(a) >= 100%', true],
    ['pairs(b) >= 1', false],
    ['label(sleep) >= 2', true],
    ['label(sleep) >= 3', false],
    ['pairs >= 100% or label(sleep) >= 1', true],
    ['pairs >= 100% and label(sleep) >= 1', false],
    // `and` binds tighter.
    ['label(sleep) >= 1 or pairs >= 100% and pairs >= 4', true],
    ['(label(sleep) >= 1 or pairs >= 100%) and pairs >= 4', false],
    ['((pairs >= 1))', true],
    ['transitions >= 0', true],
  ])('%s is %s', (text, expected) => {
    expect(met(text)).toBe(expected);
  });

  it('100 %% is everything reachable, and nothing else counts', () => {
    expect(met('pairs >= 100%', recording(['a: 1', 'a: 2', 'b: 1', 'x: from elsewhere']))).toBe(false);
    expect(met('pairs >= 100%', recording(['a: 1', 'a: 2', 'b: 1', 'b: 2']))).toBe(true);
  });
});

describe('what is no condition says where, and what was expected', () => {
  it.each([
    ['', 'column 1', 'states, transitions, pairs, kpaths, roundtrips, guards, label or (', 'the end'],
    ['pears >= 1', 'column 1', 'states, transitions, pairs, kpaths, roundtrips, guards, label or (', 'pears'],
    ['pairs > 1', 'column 7', '>=', '>'],
    ['pairs >= all', 'column 10', 'a number', 'all'],
    ['pairs >= 1 pairs >= 2', 'column 12', 'and, or, or the end', 'pairs'],
    ['(pairs >= 1', 'column 12', ')', 'the end'],
    ['label() >= 1', 'column 7', 'a family such as populate.short', ')'],
    ['label >= 1', 'column 7', '(', '>='],
    [
      'pairs >= 1 and',
      'column 15',
      'states, transitions, pairs, kpaths, roundtrips, guards, label or (',
      'the end',
    ],
    ['pairs >= -1', 'column 10', 'a number', '-1'],
  ])('%s', (text, column, expected, got) => {
    const parsed = parseUntil(text);
    expect(parsed.ok).toBe(false);
    if (parsed.ok) return;
    expect(parsed.problems[0]).toMatchObject({ code: 'UNTIL_SYNTAX', expected, got });
    expect(parsed.problems[0]?.message).toContain(`${column}:`);
  });

  it('more than everything', () => {
    const parsed = parseUntil('pairs >= 101%');
    expect(parsed.ok ? '' : parsed.problems[0]?.code).toBe('UNTIL_PERCENT');
  });
});

describe('a goal outside what is reachable', () => {
  it.each([
    ['pairs >= 5', true],
    ['pairs >= 4', false],
    ['pairs(c) >= 1%', true],
    ['label(fill.ok) >= 1', true],
    ['label(fill.ok) >= 1 or pairs >= 1', false],
    ['label(fill.ok) >= 1 and pairs >= 1', true],
    // Not computed: nobody could say when it is met.
    ['kpaths >= 1', true],
  ])('%s: impossible is %s', (text, expected) => {
    expect(isImpossible(of(text), reachable)).toBe(expected);
  });

  it('and what is missing of a reachable one is named', () => {
    const [goal, label] = standings(of('pairs >= 75% and label(sleep) >= 1'), half, reachable);
    expect(goal).toMatchObject({ text: 'pairs >= 75%', isMet: false, missing: ['b: 1', 'b: 2'] });
    expect(label).toMatchObject({ isMet: true });
  });
});
