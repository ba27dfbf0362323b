import { v3 } from '../../models/variants/v3.ts';
import { nothingReserved } from '../catalog/shared.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const unitMismatchSysfs = mutant({
  id: 'unit-mismatch-sysfs',
  base: v3,
  summary: 'a target is written in one unit and taken in another',
  change: { readsTarget: 'otherUnit' },
  reference: '"xen: make sysfs files behave as their names suggest" (2009)',
  caughtBy: 'I-39',
  row: {
    scope: 'single',
    counts: [2_250, 12_099, 25],
    kills: { 'I-39': 2 },
    others: {
      ...found('lost-target', { 'D-3': 12 }),
      ...nothingReserved,
    },
  },
});
