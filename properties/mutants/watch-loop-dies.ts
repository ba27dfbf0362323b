import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const watchLoopDies = mutant({
  id: 'watch-loop-dies',
  base: lifecycle,
  summary: 'a domain that is gone when it is to be told its target ends the manager',
  change: { managerCatches: false },
  reference: 'qmemman dd50e300 (QubesOS issue 4890, 2020)',
  caughtBy: 'B-4',
  row: {
    scope: 'building',
    counts: [11_518, 36_900, 82],
    kills: { 'B-4': 3, 'B-6': 22 },
  },
});
