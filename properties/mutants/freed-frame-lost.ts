import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const freedFrameLost = mutant({
  id: 'freed-frame-lost',
  base: lifecycle,
  summary: 'a freed frame does not return to the heap',
  change: { returnsToHeap: false },
  reference: 'planted: free_domheap_pages forgets the heap',
  caughtBy: 'I-22',
  row: {
    scope: 'single',
    counts: [9_387, 43_734, 34],
    kills: { 'I-22': 11 },
  },
});
