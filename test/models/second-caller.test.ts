/** What the second caller of the reserve step does is refused, followed and judged like what the first does. */
import { expect, it } from 'vitest';
import { changed, type Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { pair } from '../../models/scopes.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { everyProperty } from '../../properties/all.ts';
import { runSearch } from '../../src/check/run-search.ts';
import { expectOk } from '../../src/core/result.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { taskOf } from '../support/explored.ts';

/** No target is beyond boot memory, so whoever adds is the second caller. */
const scope: Scope = {
  ...pair,
  name: 'second-only',
  bootPages: 2,
  targets: [1, 2],
  hostPages: 2,
  offliner: false,
  actors: ['hotplugUser'],
};

function answer(protocol: Protocol, within: Scope, id: string): Verdict {
  const task = { ...taskOf(protocol, within), properties: everyProperty().filter((one) => one.id === id) };
  const [only] = expectOk(runSearch(task), 'it breaks no rule of the product').cases;
  if (only === undefined) throw new Error(`${id} says nothing here`);
  return only.verdict;
}

const families = (verdict: Verdict): readonly string[] =>
  verdict.kind === 'violated' ? verdict.trace.map(({ type }) => type) : [];

it('half a block is not added', () => {
  const blocks = { ...scope, sectionsPerBlock: 2 };
  expect(families(answer(v3, blocks, 'I-12')).at(-1)).toBe('useradd.einval');
  expect(answer(v3, blocks, 'S-1').kind).not.toBe('violated');
});

it('entries of its run are made invalid before the add, unless the driver leaves them', () => {
  const entries: Scope = { ...scope, actors: ['hotplugUser', 'p2m'] };
  const leaves = changed(v3, 'leaves', 'entries stay', { invalidatesRun: false });
  expect(families(answer(leaves, entries, 'E-2')).at(-1)).toBe('useradd.ok');
  expect(answer(v3, entries, 'E-2').kind).not.toBe('violated');
});

it('a range that its add was refused is remembered', () => {
  const forgets = changed(v3, 'forgets', 'a refused range is asked for again', {
    refusedRange: 'askedAgain',
  });
  const run = families(answer(forgets, { ...scope, rival: true }, 'P-4'));
  expect(run.filter((family) => family === 'userreserve.ok')).toHaveLength(2);
});

it('where the mutex is held over the add, it waits in a circle with whoever onlines a block', () => {
  const both = { ...scope, targets: [2, 3], hostPages: 3 };
  expect(families(answer(v2, both, 'I-8')).at(-1)).toBe('userreserve.ok');
});
