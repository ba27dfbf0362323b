import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingAdded } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const bootLimitAtRuntime = mutant({
  id: 'boot-limit-at-runtime',
  base: lifecycle,
  summary: 'memory above the limit given at boot cannot be added later',
  change: { bindsBootLimit: true },
  reference: '"mm/hotplug: Only respect mem= parameter during boot stage" (2020), fixes 357b4da50a62',
  caughtBy: 'I-36',
  row: {
    scope: 'single',
    counts: [3_870, 18_147, 23],
    kills: { 'I-36': 15 },
    others: nothingAdded,
  },
});
