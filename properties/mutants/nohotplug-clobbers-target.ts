import { v3NoHotplug } from '../../models/variants/v3-no-hotplug.ts';
import { nothingAdded } from '../catalog/shared.ts';
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
      ...nothingAdded,
      ...each(vacuous, 'I-2', 'C-1', 'P-1', 'S-2'),
    },
  },
});
