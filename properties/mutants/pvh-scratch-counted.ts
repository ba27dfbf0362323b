import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const pvhScratchCounted = mutant({
  id: 'pvh-scratch-counted',
  base: lifecycle,
  summary: 'ranges with nothing behind them count as current pages at boot',
  change: { bootCurrent: 'scratch' },
  reference: '"x86/xen: fix balloon target initialization for PVH dom0" (2025)',
  caughtBy: 'I-24',
  row: {
    scope: 'single',
    counts: [13_410, 72_483, 44],
    kills: { 'I-16': 0, 'I-24': 0 },
  },
});
