import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const dlparDoubleRelease = mutant({
  id: 'dlpar-double-release',
  base: v3,
  summary: 'an error inside add releases the run, and so does the caller',
  change: { addReleases: true },
  reference: '"powerpc/pseries/memhp: Remove unbalanced dlpar_release_drc() call" (2023)',
  caughtBy: 'S-2',
});
