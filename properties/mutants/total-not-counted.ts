import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const totalNotCounted = mutant({
  id: 'total-not-counted',
  base: lifecycle,
  summary: 'total_pages does not grow with the added run',
  change: { countTotal: false },
  reference: 'xen/balloon: rationalize memory hotplug stats (2015)',
  caughtBy: 'I-16',
  row: {
    scope: 'single',
    counts: [9_846, 51_141, 42],
    kills: { 'I-16': 16 },
  },
});
