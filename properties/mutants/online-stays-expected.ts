import { v1c } from '../../models/variants/v1c.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const onlineStaysExpected = mutant({
  id: 'online-stays-expected',
  base: v1c,
  summary: 'a page that comes online is still expected',
  change: { settlesExpected: false },
  reference: 'planted: linux 3.1 xen_online_page without its two decrements',
  caughtBy: 'I-17',
  row: {
    scope: 'single',
    counts: [27_138, 146_677, 74],
    kills: { 'I-17': 13 },
    others: { ...found('W3d', { 'I-9': 36, 'I-10': 27, 'I-27': 40 }), ...found('W1-retry', { 'P-2': 7 }) },
  },
});
