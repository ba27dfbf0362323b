import { v3 } from '../../models/variants/v3.ts';
import { lost } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const addReachUnchecked = mutant({
  id: 'add-reach-unchecked',
  base: v3,
  summary: 'add does not ask whether a run can be addressed',
  change: { addChecksReach: false },
  reference:
    'linux mm/memory_hotplug.c since 5.12: `mhp_range_allowed` is asked where add makes the resource itself, and in `__add_pages` by a VM_BUG_ON alone (finding beyond-addresses)',
  caughtBy: 'I-13',
  row: {
    scope: 'address-limit',
    counts: [26_523, 92_223, 42],
    kills: { 'I-13': 7 },
    others: lost(7),
  },
});
