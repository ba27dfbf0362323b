import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const libxlTargetMaxRace = mutant({
  id: 'libxl-target-max-race',
  base: lifecycle,
  summary: 'limit and target of two orders may interleave',
  change: { ordersLocked: false },
  reference: '"tools: libxl: Take the userdata lock around maxmem changes" (2015)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [29_538, 192_807, 44],
    kills: { 'T-1': 3 },
  },
});
