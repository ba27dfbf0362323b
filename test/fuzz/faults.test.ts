/** Faults planted in the walker and the judge: each is noticed by what the other tests look at. */

import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { sectionChart } from '../../models/guest/section.ts';
import { chart, role } from '../../models/kit.ts';
import { single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { setupOf } from '../../src/cli/fuzz/setup.ts';
import { setupFor } from '../../src/cli/fuzz/task.ts';
import type { Label } from '../../src/core/label.ts';
import { runOnce } from '../../src/fuzz/campaign.ts';
import type { Setup } from '../../src/fuzz/checked-run.ts';
import { LEDGER_DIFFERS } from '../../src/fuzz/checked-run.ts';
import { collapsed, foldedText } from '../../src/fuzz/collapse.ts';
import { Members } from '../../src/fuzz/members.ts';
import { Mover } from '../../src/fuzz/mover.ts';
import { picksOf } from '../../src/fuzz/picks.ts';
import { fuzzed, REAL } from './fuzzed.ts';

/** The setup of lifecycle with another answer to which charts of a kind a label concerns. */
function withSpans(
  change: (kind: string, label: Label, span: readonly [number, number]) => readonly [number, number],
): Setup {
  const setup = setupOf(lifecycle, pv64, {
    ...single,
    sections: 8,
    pagesPerSection: 64,
    targets: [1, 513],
    hostPages: 500,
  });
  const { parts } = setup.parts.charts;
  const { spanOf } = parts;
  Object.assign(parts, {
    spanOf: (kind: string, label: Label) => change(kind, label, spanOf(kind, label)),
  });
  return setup;
}

it('without a fault, none is seen', () => {
  expect([
    ...fuzzed(
      withSpans((_, __, span) => span),
      1,
      4,
      1500,
    ).keys(),
  ]).toEqual([]);
});

it('a section that is not told of the frames put into it', () => {
  const setup = withSpans((kind, { type }, span) =>
    kind === 'section' && type === 'fill.ok' ? [0, 0] : span,
  );
  expect([...fuzzed(setup, 1, 4, 1500).keys()]).toContain(LEDGER_DIFFERS);
});

it('a label that moves the neighbour of the section it names', () => {
  const setup = withSpans((kind, { type, section = 0 }, span) =>
    kind === 'slot' && type === 'intrude' ? [(section + 1) % 8, ((section + 1) % 8) + 1] : span,
  );
  expect([...fuzzed(setup, 1, 4, 1500).keys()]).toContain(LEDGER_DIFFERS);
});

it('a return that the other domains never hear of', () => {
  const setup = setupFor('v3', { ...REAL, domains: 2 });
  const deaf: Setup = {
    ...setup,
    parts: {
      ...setup.parts,
      seenByOthers: (label) => (label.type === 'decrease.ok' ? undefined : setup.parts.seenByOthers(label)),
    },
  };
  // The ledger has one heap; a copy that was not told differs as soon as it is compared.
  const broken = [1, 2, 3].flatMap((seed) => [...fuzzed(deaf, seed, 1, 1500).keys()]);
  expect(broken).toContain(LEDGER_DIFFERS);
});

it('a chart of an indexed kind that answers by the index is caught by the audit of remembered answers', () => {
  const honest = new Mover(sectionChart(0, lifecycle, pv64, single), true);
  const reserve = (first: number): Label => ({ type: 'reserve.ok', first, count: 1 });
  const once = honest.next(honest.initial, reserve(0));
  for (let n = 1; n < 600; n++) expect(honest.next(honest.initial, reserve(n))).toBe(once);

  const byIndex = new Mover(
    chart<Record<string, never>>({
      id: 'odd[0]',
      kind: 'odd',
      index: 0,
      actor: 'nobody',
      families: role('observes', 'tick'),
      context: {},
      initial: 'start',
      states: {
        start: { tick: [{ when: (_, { section = 0 }) => section % 2 === 1, to: 'odd' }, { to: 'even' }] },
        odd: {},
        even: {},
      },
      observe: () => ({}),
    }),
    true,
  );
  byIndex.next(byIndex.initial, { type: 'tick', section: 0 });
  const askOften = () => {
    for (let n = 0; n < 600; n++) byIndex.next(byIndex.initial, { type: 'tick', section: 1 });
  };
  expect(askOften).toThrow('answers tick');
});

it('the same seed and run give the same labels, whatever ran before', () => {
  const setup = setupFor('v3', REAL);
  const first = runOnce(setup, { seed: 3, run: 5, steps: 600 });
  runOnce(setup, { seed: 3, run: 6, steps: 600 });
  const again = runOnce(setup, { seed: 3, run: 5, steps: 600 });
  expect(again.labels).toEqual(first.labels);
  expect(picksOf(3, 5, 10)).not.toEqual(picksOf(3, 6, 10));
  expect(picksOf(3, 5, 10)).not.toEqual(picksOf(4, 5, 10));
});

it('a set that starts full or empty keeps its members', () => {
  for (const full of [true, false]) {
    const members = new Members(5, full);
    const expected = new Set(full ? [0, 1, 2, 3, 4] : []);
    for (const [index, has] of [
      [3, false],
      [0, false],
      [3, true],
      [2, true],
      [4, false],
      [4, false],
      [1, true],
    ] as const) {
      members.set(index, has);
      if (has) expected.add(index);
      else expected.delete(index);
      const all = Array.from({ length: members.size }, (_, n) => members.nth(n));
      expect(all.sort()).toEqual([...expected].sort());
    }
  }
});

it('repeats are folded', () => {
  const families = ['a', 'b', 'c', 'b', 'c', 'b', 'c', 'd', 'd'];
  expect(foldedText(families)).toBe('a (b c)\u00d73 (d)\u00d72');
  expect(collapsed(families)).toEqual(['a', 'b', 'c', 'd']);
  expect(collapsed(['x', 'a', 'a', 'x', 'a'])).toEqual(['x', 'a']);
});

it('each chart is told of its own steps: kind, index and domain', () => {
  const setup = setupFor('lifecycle', { ...REAL, domains: 2 });
  const at = new Map<string, string>();
  const kinds = new Set<string>();
  runOnce(setup, {
    seed: 2,
    run: 1,
    steps: 1500,
    onStep: (one, before, label, after, index, domain) => {
      const id = `${one.kind} ${index ?? ''} of ${domain}`;
      expect(one.families[label.type]).toBeDefined();
      // What a chart was left in is what it is found in.
      expect(at.get(id) ?? before.key).toBe(before.key);
      at.set(id, after.key);
      kinds.add(one.kind);
    },
  });
  expect([...at.keys()].filter((id) => id.startsWith('section ')).length).toBeGreaterThan(3);
  expect([...at.keys()].some((id) => id.endsWith('of 1'))).toBe(true);
  expect(kinds.size).toBeGreaterThan(10);
});
