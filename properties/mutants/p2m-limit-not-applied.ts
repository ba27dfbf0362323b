import { v3NoHotplug } from '../../models/variants/v3-no-hotplug.ts';
import { lost, nothingAdded } from '../catalog/shared.ts';
import { each, found, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const p2mLimitNotApplied = mutant({
  id: 'p2m-limit-not-applied',
  base: v3NoHotplug,
  summary: 'the P2M has room for added memory only in a build in which the balloon adds it',
  change: { p2mSizedFor: 'balloon' },
  reference:
    'linux 2b514ec72706, xen/x86: make XEN_BALLOON_MEMORY_HOTPLUG_LIMIT depend on MEMORY_HOTPLUG (2021)',
  caughtBy: 'I-13',
  row: {
    scope: 'scratch',
    counts: [651, 2_230, 14],
    kills: { 'I-13': 2, 'E-3': 3 },
    others: {
      ...found('W3i', { 'I-39': 4 }),
      ...lost(7),
      ...nothingAdded,
      ...each(vacuous, 'I-2', 'I-9', 'I-20', 'I-21', 'I-22', 'I-24', 'I-27', 'C-1', 'P-1', 'P-3', 'S-2'),
    },
  },
});
