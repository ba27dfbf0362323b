import { v3NoHotplug } from '../../models/variants/v3-no-hotplug.ts';
import { each, found, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const nohotplugClobbersTarget = mutant({
  id: 'nohotplug-clobbers-target',
  base: v3NoHotplug,
  summary: 'pages that are lent are forgotten where the target becomes what there is',
  change: { clampCountsLent: false },
  reference: 'linux c673ec61ade8, xen/balloon: fix ballooned page accounting without hotplug enabled (2019)',
  caughtBy: 'T-3',
  row: {
    scope: 'lent',
    counts: [2_334, 6_140, 28],
    kills: { 'T-3': 6 },
    others: {
      ...found('W3i', { 'I-39': 4 }),
      ...found('lost-target', { 'D-3': 9 }),
      ...each(
        vacuous,
        'I-2',
        'I-5',
        'I-7',
        'I-8',
        'I-10',
        'I-12',
        'I-14',
        'I-16',
        'I-18',
        'I-28',
        'I-32',
        'D-2',
        'C-1',
        'P-1',
        'P-2',
        'S-1',
        'S-2',
      ),
    },
  },
});
