import { mutant } from '../mutant.ts';
import { v3Patched } from '../variants/v3-patched.ts';

export const keptPageCounted = mutant({
  id: 'kept-page-counted',
  base: v3Patched,
  summary: 'a page kept by the allocator is counted as ballooned',
  change: { countsKeptPage: true },
  reference: 'planted: one label for two outcomes of the callback',
  caughtBy: 'I-14',
});
