import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const failedLendLeaks = mutant({
  id: 'failed-lend-leaks',
  base: v3,
  summary: 'a request for pages that fails stays counted in target_unpopulated',
  change: { settlesFailedLend: false },
  reference:
    'linux 1951fa33ec25 "xen/balloon: fix accounting in alloc_xenballooned_pages error path" (2020), window W2f',
  caughtBy: 'I-19',
  row: {
    scope: 'lent',
    counts: [221_552, 865_270, 69],
    kills: { 'I-19': 3 },
    others: {
      ...found('W3d', { 'I-9': 28, 'I-10': 22, 'I-16': 24, 'I-27': 28 }),
      ...found('lost-target', { 'D-3': 9 }),
      ...found('lent-adds', { 'C-1': 6 }),
    },
  },
});
