import { v3 } from '../../models/variants/v3.ts';
import { each, found, vacuous } from '../expectation.ts';
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
      ...each(
        vacuous,
        'I-2',
        'I-5',
        'I-7',
        'I-8',
        'I-12',
        'I-16',
        'I-28',
        'I-32',
        'D-1',
        'D-2',
        'C-1',
        'P-2',
        'S-1',
        'S-2',
      ),
    },
  },
});
