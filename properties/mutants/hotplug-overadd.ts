import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const hotplugOveradd = mutant({
  id: 'hotplug-overadd',
  base: v3,
  summary: 'what is added and not yet online is not in the count that need is taken from',
  change: { countTotal: false },
  reference:
    '"xen/balloon: rationalize memory hotplug stats" and "only hotplug additional memory if required" (2015)',
  caughtBy: 'C-1',
  row: {
    scope: 'pair',
    counts: [176_796, 740_694, 64],
    kills: { 'C-1': 10 },
    others: {
      ...found('W3d', { 'I-9': 20, 'I-10': 18, 'I-27': 22 }),
      ...found('hotplug-overadd', { 'I-16': 8 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
