import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const hotplugAtEndOfRam = mutant({
  id: 'hotplug-at-end-of-ram',
  base: lifecycle,
  summary: 'the run is placed without asking iomem',
  change: { asksIomem: false },
  reference: 'xen/balloon: find non-conflicting regions to place hotplugged memory (2015)',
  caughtBy: 'I-2',
});
