import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingPopulated } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const setmaxmemNoop = mutant({
  id: 'setmaxmem-noop',
  base: lifecycle,
  summary: 'the limit is written to the store and never set in Xen',
  change: { setsLimit: false },
  reference: '"libxl_domain_setmaxmem: actually call xc_domain_setmaxmem" (2011)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [2_322, 12_015, 19],
    kills: { 'T-1': 2 },
    others: nothingPopulated,
  },
});
