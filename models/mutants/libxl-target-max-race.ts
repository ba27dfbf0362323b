import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const libxlTargetMaxRace = mutant({
  id: 'libxl-target-max-race',
  base: lifecycle,
  summary: 'limit and target of two orders may interleave',
  change: { ordersLocked: false },
  reference: '"tools: libxl: Take the userdata lock around maxmem changes" (2015)',
  caughtBy: 'T-1',
});
