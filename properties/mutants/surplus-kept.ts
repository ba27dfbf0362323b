import { hvm64 } from '../../models/forms/hvm.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const surplusKept = mutant({
  id: 'surplus-kept',
  base: lifecycle,
  summary: 'frames beyond the entries stay in the cache',
  change: { freesSurplus: false },
  reference: 'planted: Xen trims the cache to its entries after each decrease',
  caughtBy: 'O-2',
  form: hvm64,
  row: {
    scope: 'on-demand',
    counts: [27_576, 111_182, 60],
    kills: { 'O-2': 4 },
  },
});
