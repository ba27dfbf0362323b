import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const partialPopulateHardLimit = mutant({
  id: 'partial-populate-hard-limit',
  base: v3,
  summary: 'a short populate is taken for the most that there will ever be',
  change: { shortPopulate: 'hardLimit' },
  reference: '"xen: try harder to balloon up under memory pressure" (2009)',
  caughtBy: 'P-3',
});
