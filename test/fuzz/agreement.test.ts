/**
 * At 64 sections of 32 768 pages the ledger never differs from the charts, and nothing breaks that the catalog does not know to
 * break. Every shipped variant, every mutant. fast-check draws the picks; a failure shrinks to few of them.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { variants } from '../../models/variants/all.ts';
import type { Mutant } from '../../properties/mutant.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { knownAs } from '../../src/cli/fuzz/known.ts';
import { setupFor } from '../../src/cli/fuzz/task.ts';
import { LEDGER_DIFFERS } from '../../src/fuzz/checked-run.ts';
import { pickedRun, REAL, runOf } from './fuzzed.ts';

const STEPS = 600;

/** What a mutant changes that the ledger has no fact for: there it must differ, as test/ledger/planted.test.ts says. */
const UNTOLD: readonly Mutant['field'][] = [
  ...(['wakeTest', 'shortPopulate', 'bootTarget', 'bootCurrent', 'readsTarget', 'decreaseLists'] as const),
  ...(['addReleases', 'limitBelowTot', 'setsLimit', 'limitFor', 'writerTakes'] as const),
  ...(['retries', 'hearsOnline', 'ordersLocked'] as const),
  ...(['removes', 'removesFor', 'emptiesUnder', 'releasesRemoved', 'countsRemoved'] as const),
  ...(['bindsBootLimit', 'decreaseProgresses', 'clipsBootList', 'checksMapping', 'decreaseUnmaps'] as const),
];
const told = mutants.filter(({ field }) => !UNTOLD.includes(field));

describe.each([...variants, ...told].map(({ id }) => id))('%s', (id) => {
  it('breaks only what is known, and the ledger agrees', () => {
    const setup = setupFor(id, REAL);
    let labels = 0;
    fc.assert(
      fc.property(pickedRun(STEPS), (picks) => {
        const run = runOf(setup, picks);
        labels += run.taken.length;
        const unknown = run.breaches.filter((breach) => knownAs(id, breach.id) === undefined);
        expect(unknown).toEqual([]);
      }),
      { numRuns: 2 },
    );
    expect(labels).toBeGreaterThan(STEPS / 2);
  });
});

it('a ledger that differs is never a known finding', () => {
  for (const { id } of [...variants, ...mutants]) expect(knownAs(id, LEDGER_DIFFERS)).toBeUndefined();
});

describe('several domains on one host', () => {
  it.each(['v0', 'v1c', 'v3', 'lifecycle', 'freed-frame-lost', 'release-keeps-mapping'])('%s', (id) => {
    const setup = setupFor(id, { ...REAL, domains: 3 });
    fc.assert(
      fc.property(pickedRun(STEPS), (picks) => {
        const unknown = runOf(setup, picks).breaches.filter((breach) => knownAs(id, breach.id) === undefined);
        expect(unknown).toEqual([]);
      }),
      { numRuns: 1 },
    );
  });

  it('a grant to one is gone for the others at the same moment, and comes back', () => {
    const setup = setupFor('v3', { ...REAL, domains: 2 });
    const run = runOf(setup, []);
    const free = (domain: number) => Number(run.world.domain(domain).local('hypervisor').context['free']);
    const start = free(0);
    expect(free(1)).toBe(start);
    const less = setup.parts.startFrames - 512;
    for (const label of [
      { type: 'max.set', pages: less },
      { type: 'target.set', pages: less },
      { type: 'shrink.done', pages: 512 },
      { type: 'decrease.ok', section: -1, pages: 512 },
    ])
      expect(run.take({ ...label, domain: 0 })).toBe(true);
    expect([free(0), free(1)]).toEqual([start + 512, start + 512]);
    expect(run.take({ type: 'host.take', pages: start + 512 })).toBe(true);
    expect([free(0), free(1)]).toEqual([0, 0]);
    expect(run.take({ type: 'host.give', pages: start + 513 })).toBe(false);
    expect(run.breaches).toEqual([]);
  });
});
