import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const hotplugOveradd = mutant({
  id: 'hotplug-overadd',
  base: v3,
  summary: 'what is added and not yet online is not in the count that need is taken from',
  change: { countTotal: false },
  reference:
    '"xen/balloon: rationalize memory hotplug stats" and "only hotplug additional memory if required" (2015)',
  caughtBy: 'C-1',
});
