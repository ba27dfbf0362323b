import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const doubleListRemoval = mutant({
  id: 'double-list-removal',
  base: lifecycle,
  summary: 'a page put on the list is taken off it again by the function that counts',
  change: { decreaseLists: 0 },
  reference: '"mm/balloon_compaction: avoid duplicate page removal" (2019)',
  caughtBy: 'I-14',
});
