import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const noStaticMaxNode = mutant({
  id: 'no-static-max-node',
  base: v3,
  summary: 'without static-max in xenstore every later target is off by a stale difference',
  change: { readsTarget: 'offByOne' },
  reference: '"xen/balloon: Support xend-based toolstack take two" (2020)',
  caughtBy: 'I-39',
});
