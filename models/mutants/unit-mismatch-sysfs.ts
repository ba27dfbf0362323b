import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const unitMismatchSysfs = mutant({
  id: 'unit-mismatch-sysfs',
  base: v3,
  summary: 'a target is written in one unit and taken in another',
  change: { readsTarget: 'otherUnit' },
  reference: '"xen: make sysfs files behave as their names suggest" (2009)',
  caughtBy: 'I-39',
});
