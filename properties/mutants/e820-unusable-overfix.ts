import { v3NoHotplug } from '../../models/variants/v3-no-hotplug.ts';
import { nothingAdded } from '../catalog/shared.ts';
import { each, found, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const e820UnusableOverfix = mutant({
  id: 'e820-unusable-overfix',
  base: v3NoHotplug,
  summary: 'boot memory that has no frames yet is marked as unusable in a guest too',
  change: { keepsBootGap: false },
  reference:
    'linux f7db32c3b36, xen/e820: Don\u2019t mark balloon memory as E820_UNUSABLE when running as guest (2011)',
  caughtBy: 'T-3',
  row: {
    scope: 'boot-single',
    counts: [744, 3_824, 15],
    kills: { 'T-3': 4 },
    others: {
      ...found('W3i', { 'I-39': 4 }),
      ...found('lost-target', { 'D-3': 7 }),
      ...nothingAdded,
      ...each(
        vacuous,
        'I-2',
        'I-9',
        'I-20',
        'I-21',
        'I-22',
        'I-24',
        'I-27',
        'C-1',
        'P-1',
        'P-3',
        'S-2',
        'S-3',
      ),
    },
  },
});
