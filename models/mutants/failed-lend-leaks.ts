import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const failedLendLeaks = mutant({
  id: 'failed-lend-leaks',
  base: v3,
  summary: 'a request for pages that fails stays counted in target_unpopulated',
  change: { settlesFailedLend: false },
  reference:
    'linux 1951fa33ec25 "xen/balloon: fix accounting in alloc_xenballooned_pages error path" (2020), window W2f',
  caughtBy: 'I-19',
});
