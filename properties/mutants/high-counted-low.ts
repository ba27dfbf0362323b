import { pv32 } from '../../models/forms/pv.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const highCountedLow = mutant({
  id: 'high-counted-low',
  base: v2,
  form: pv32,
  summary: 'a page without a direct map is counted in balloon_low',
  change: { countsHigh: false },
  reference: 'linux drivers/xen/balloon.c `balloon_append`: PageHighMem decides which counter it is',
  caughtBy: 'I-14',
  row: {
    scope: 'single',
    counts: [18_159, 101_435, 38],
    kills: { 'I-14': 10 },
    others: found('W3d', { 'I-10': 20, 'I-16': 23 }),
  },
});
