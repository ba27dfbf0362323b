import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const setmaxmemNoop = mutant({
  id: 'setmaxmem-noop',
  base: lifecycle,
  summary: 'the limit is written to the store and never set in Xen',
  change: { setsLimit: false },
  reference: '"libxl_domain_setmaxmem: actually call xc_domain_setmaxmem" (2011)',
  caughtBy: 'T-1',
});
