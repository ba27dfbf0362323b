import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const hotplugAtEndOfRam = mutant({
  id: 'hotplug-at-end-of-ram',
  base: lifecycle,
  summary: 'the run is placed without asking iomem',
  change: { asksIomem: false },
  reference: 'xen/balloon: find non-conflicting regions to place hotplugged memory (2015)',
  caughtBy: 'I-2',
  row: {
    scope: 'single',
    counts: [18_450, 95_847, 43],
    kills: { 'I-2': 5 },
  },
});
