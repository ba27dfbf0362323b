import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const doubleListRemoval = mutant({
  id: 'double-list-removal',
  base: lifecycle,
  summary: 'a page put on the list is taken off it again by the function that counts',
  change: { decreaseLists: 0 },
  reference: '"mm/balloon_compaction: avoid duplicate page removal" (2019)',
  caughtBy: 'I-14',
  row: {
    scope: 'single',
    counts: [9_702, 51_102, 37],
    kills: { 'I-14': 20, 'I-16': 20 },
  },
});
