import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const pvhScratchCounted = mutant({
  id: 'pvh-scratch-counted',
  base: lifecycle,
  summary: 'ranges with nothing behind them count as current pages at boot',
  change: { bootCurrent: 'scratch' },
  reference: '"x86/xen: fix balloon target initialization for PVH dom0" (2025)',
  caughtBy: 'I-24',
});
