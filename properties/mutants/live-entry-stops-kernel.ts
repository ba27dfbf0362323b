import { v3 } from '../../models/variants/v3.ts';
import { identityLost, lost } from '../catalog/shared.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const liveEntryStopsKernel = mutant({
  id: 'live-entry-stops-kernel',
  base: v3,
  summary: 'an entry that still names a frame is a BUG',
  change: { overLive: 'bugs' },
  reference:
    'linux 3.1 drivers/xen/balloon.c `increase_reservation`: BUG_ON(phys_to_machine_mapping_valid(pfn))',
  caughtBy: 'E-3',
  row: {
    scope: 'p2m',
    counts: [3_800, 16_156, 46],
    kills: { 'E-3': 38, 'D-1': 36, 'D-2': 36 },
    others: { ...lost(11), ...found('W3d', { 'I-9': 36, 'I-10': 26, 'I-16': 28 }), ...identityLost(6) },
  },
});
