/** Of several transitions for one label XState takes the first that may; we insist that at most one may. */
import { describe, expect, it } from 'vitest';
import { chart, type Move } from '../../models/kit.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { LtsTable } from '../../src/compile/table.ts';

interface Count {
  readonly n: number;
}

const counter = (moves: readonly Move<Count>[]) =>
  chart<Count>({
    id: 'counter',
    kind: 'counter',
    actor: 'somebody',
    families: { 'verb.go': 'initiates' },
    context: { n: 0 },
    initial: 'here',
    states: { here: { 'verb.go': moves }, there: {} },
    observe: (c) => ({ ...c }),
  });

const up = { set: (c: Count) => ({ n: c.n + 1 }) };
const alphabet = [{ type: 'verb.go' }];

function problems(moves: readonly Move<Count>[]): string[] {
  const table = new LtsTable(counter(moves), alphabet);
  table.enumerate();
  return table.problems.map(({ code }) => code);
}

describe('guards of one label', () => {
  it('that are true together are reported: GUARDS_OVERLAP', () => {
    expect(
      problems([
        { when: (c) => c.n <= 2, ...up },
        { when: (c) => c.n >= 2, to: 'there' },
      ]),
    ).toEqual(['GUARDS_OVERLAP']);
  });

  it('that exclude each other are not', () => {
    expect(
      problems([
        { when: (c) => c.n < 2, ...up },
        { when: (c) => c.n >= 2, to: 'there' },
      ]),
    ).toEqual([]);
  });

  it('may be followed by an else', () => {
    expect(
      problems([{ when: (c) => c.n < 2, ...up }, { when: (c) => c.n === 2, to: 'there' }, { to: 'there' }]),
    ).toEqual([]);
  });

  it('that overlap make the whole check fail', () => {
    const model = { charts: [counter([{ when: () => true, to: 'there' }, { when: () => true }])], alphabet };
    const result = runSearch({
      variant: 'planted',
      form: 'pv',
      scope: { name: 'tiny' },
      model,
      properties: [],
      ledger: [],
      clock: () => 0,
    });
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual(['GUARDS_OVERLAP']);
  });

  it('that stand behind an unguarded alternative can never be taken, and are reported', () => {
    expect(problems([{ to: 'there' }, { when: (c) => c.n < 2, ...up }])).not.toEqual([]);
  });
});
