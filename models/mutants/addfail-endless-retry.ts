import { mutant } from '../mutant.ts';
import { v2 } from '../variants/v2-4.4.ts';

export const addfailEndlessRetry = mutant({
  id: 'addfail-endless-retry',
  base: v2,
  summary: 'a failed add is backed off from and tried again',
  change: { addFailure: 'EAGAIN' },
  reference: '"xen/balloon: cancel ballooning if adding new memory failed" (2014)',
  caughtBy: 'P-2',
});
