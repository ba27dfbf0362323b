import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const totalNotCounted = mutant({
  id: 'total-not-counted',
  base: lifecycle,
  summary: 'total_pages does not grow with the added run',
  change: { countTotal: false },
  reference: 'xen/balloon: rationalize memory hotplug stats (2015)',
  caughtBy: 'I-16',
});
