import { v3 } from '../../models/variants/v3.ts';
import { lost, reonlined } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const hotplugRegionIdentity = mutant({
  id: 'hotplug-region-identity',
  base: v3,
  summary: 'a run keeps its identity entries until it is populated',
  change: { invalidatesRun: false },
  reference:
    'linux 3c56b3a12ce5 "xen/balloon: before adding hotplugged memory, set frames to invalid" (2015)',
  caughtBy: 'E-2',
  row: {
    scope: 'p2m',
    counts: [9_504, 40_850, 67],
    kills: { 'E-2': 7, 'I-5': 16 },
    others: { ...lost(11), ...reonlined([35, 25, 23, 19]) },
  },
});
