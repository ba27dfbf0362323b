import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const partialPopulateHardLimit = mutant({
  id: 'partial-populate-hard-limit',
  base: v3,
  summary: 'a short populate is taken for the most that there will ever be',
  change: { shortPopulate: 'hardLimit' },
  reference: '"xen: try harder to balloon up under memory pressure" (2009)',
  caughtBy: 'P-3',
  row: {
    scope: 'single',
    counts: [31_329, 174_516, 68],
    kills: { 'P-3': 17 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
