import { hvm64 } from '../forms/hvm.ts';
import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const surplusKept = mutant({
  id: 'surplus-kept',
  base: lifecycle,
  summary: 'frames beyond the entries stay in the cache',
  change: { freesSurplus: false },
  reference: 'planted: Xen trims the cache to its entries after each decrease',
  caughtBy: 'O-2',
  form: hvm64,
});
