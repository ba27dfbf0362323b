import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const freedFrameLost = mutant({
  id: 'freed-frame-lost',
  base: lifecycle,
  summary: 'a freed frame does not return to the heap',
  change: { returnsToHeap: false },
  reference: 'planted: free_domheap_pages forgets the heap',
  caughtBy: 'I-22',
});
