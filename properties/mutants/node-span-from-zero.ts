import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const nodeSpanFromZero = mutant({
  id: 'node-span-from-zero',
  base: lifecycle,
  summary: 'an empty zone, which begins at 0, counts when a node is computed anew',
  change: { nodeSkipsEmptyZones: false },
  reference: 'linux 656d57119326, mm/memory_hotplug: fix updating the node span (2019)',
  caughtBy: 'Z-1',
  row: {
    scope: 'zones',
    counts: [37_809, 161_313, 52],
    kills: { 'Z-1': 15 },
  },
});
