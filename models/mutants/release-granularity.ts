import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const releaseGranularity = mutant({
  id: 'release-granularity',
  base: lifecycle,
  summary: 'a run registered section by section is released as one, which fails',
  change: { releasesEach: false },
  reference: '"release memory regions in PAGES_PER_SECTION chunks" (2008)',
  caughtBy: 'S-2',
});
