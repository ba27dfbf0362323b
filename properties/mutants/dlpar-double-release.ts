import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const dlparDoubleRelease = mutant({
  id: 'dlpar-double-release',
  base: v3,
  summary: 'an error inside add releases the run, and so does the caller',
  change: { addReleases: true },
  reference: '"powerpc/pseries/memhp: Remove unbalanced dlpar_release_drc() call" (2023)',
  caughtBy: 'S-2',
  row: {
    scope: 'single',
    counts: [29_790, 166_152, 68],
    kills: { 'S-2': 7 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
