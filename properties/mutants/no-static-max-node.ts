import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const noStaticMaxNode = mutant({
  id: 'no-static-max-node',
  base: v3,
  summary: 'without static-max in xenstore every later target is off by a stale difference',
  change: { readsTarget: 'offByOne' },
  reference: '"xen/balloon: Support xend-based toolstack take two" (2020)',
  caughtBy: 'I-39',
  row: {
    scope: 'single',
    counts: [33_138, 195_039, 46],
    kills: { 'I-39': 2 },
    others: { ...found('W3d', { 'I-10': 29, 'I-16': 31 }), ...found('lost-target', { 'D-3': 7 }) },
  },
});
