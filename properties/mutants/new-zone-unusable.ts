import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const newZoneUnusable = mutant({
  id: 'new-zone-unusable',
  base: v3,
  summary: 'the allocator looks only at zones that had free memory when its lists were built',
  change: { zoneLists: 'managed' },
  reference:
    '"xen/balloon: fix page onlining when populating new zone" and mm/page_alloc.c build_zonerefs_node (2022), fixes 9e2369c06c8a',
  caughtBy: 'Z-2',
  row: {
    scope: 'zones',
    counts: [277_686, 1_190_706, 66],
    kills: { 'Z-2': 15 },
    others: {
      ...found('W3d', { 'I-9': 22, 'I-10': 20, 'I-16': 21, 'I-27': 24 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
