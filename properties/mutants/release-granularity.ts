import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const releaseGranularity = mutant({
  id: 'release-granularity',
  base: lifecycle,
  summary: 'a run registered section by section is released as one, which fails',
  change: { releasesEach: false },
  reference: '"release memory regions in PAGES_PER_SECTION chunks" (2008)',
  caughtBy: 'S-2',
  row: {
    scope: 'blocks',
    counts: [13_149, 83_727, 42],
    kills: { 'S-2': 10 },
  },
});
