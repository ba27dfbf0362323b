import { v2 } from '../../models/variants/v2-4.4.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const addfailEndlessRetry = mutant({
  id: 'addfail-endless-retry',
  base: v2,
  summary: 'a failed add is backed off from and tried again',
  change: { addFailure: 'EAGAIN' },
  reference: '"xen/balloon: cancel ballooning if adding new memory failed" (2014)',
  caughtBy: 'P-2',
  row: {
    scope: 'single',
    counts: [28_128, 154_228, 66],
    kills: { 'P-2': 8 },
    others: { ...found('W3d', { 'I-9': 29, 'I-10': 20, 'I-16': 23, 'I-27': 33 }) },
  },
});
