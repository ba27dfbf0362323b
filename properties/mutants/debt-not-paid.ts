import { hvm64 } from '../../models/forms/hvm.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const debtNotPaid = mutant({
  id: 'debt-not-paid',
  base: lifecycle,
  summary: 'a frame given back is freed although frames are owed',
  change: { stealsForCache: false },
  reference: 'planted: Xen takes frames from a guest that owes some into its cache',
  caughtBy: 'O-1',
  form: hvm64,
  row: {
    scope: 'on-demand',
    counts: [25_191, 100_445, 58],
    kills: { 'O-1': 5 },
  },
});
