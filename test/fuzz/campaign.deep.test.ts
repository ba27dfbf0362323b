/** Longer campaigns: every variant, at the sizes of a terabyte, several guests on one host; all reachable families occur. */
import { describe, expect, it } from 'vitest';
import { variants } from '../../models/variants/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { knownAs, whyNever } from '../../src/cli/fuzz/known.ts';
import { setupFor } from '../../src/cli/fuzz/task.ts';
import { tally } from '../../src/fuzz/campaign.ts';
import { REAL } from './fuzzed.ts';

const SIZES = [
  { name: '64 sections', size: REAL, runs: 40 },
  { name: '8192 sections', size: { ...REAL, sections: 8192 }, runs: 6 },
  { name: '4 domains', size: { ...REAL, domains: 4 }, runs: 6 },
];

const campaign = (id: string, size: typeof REAL, runs: number) =>
  tally(setupFor(id, size), {
    seed: 2010,
    steps: 3000,
    runs: Array.from({ length: runs }, (_, run) => run),
    clock: () => 0,
    stop: () => false,
  });

describe.each(SIZES)('$name', ({ size, runs }) => {
  it.each([...variants, ...mutants].map(({ id }) => id))(
    '%s',
    (id) => {
      const { breaches } = campaign(id, size, runs);
      expect(breaches.filter((breach) => knownAs(id, breach.id) === undefined)).toEqual([]);
    },
    600_000,
  );
});

it.each(variants.map(({ id }) => id))(
  'no family of %s that can be taken stays at zero',
  (id) => {
    const { families } = campaign(id, REAL, 250);
    const taken = new Set(Object.keys(families));
    const never = Object.keys(setupFor(id, REAL).parts.sampler.families).filter(
      (family) => !taken.has(family),
    );
    expect(never.filter((family) => whyNever(id, family, taken) === undefined)).toEqual([]);
  },
  600_000,
);
