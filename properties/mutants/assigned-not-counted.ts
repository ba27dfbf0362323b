import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const assignedNotCounted = mutant({
  id: 'assigned-not-counted',
  base: lifecycle,
  summary: 'what domains may still take is counted as free',
  change: { countsPromised: false },
  reference: 'planted: qubes-core-admin get_free_xen_mem subtracts assigned_but_unused',
  caughtBy: 'B-1',
  row: {
    scope: 'qmemman-building',
    counts: [51_248, 210_212, 68],
    kills: { 'B-1': 13 },
  },
});
