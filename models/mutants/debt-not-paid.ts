import { hvm64 } from '../forms/hvm.ts';
import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const debtNotPaid = mutant({
  id: 'debt-not-paid',
  base: lifecycle,
  summary: 'a frame given back is freed although frames are owed',
  change: { stealsForCache: false },
  reference: 'planted: Xen takes frames from a guest that owes some into its cache',
  caughtBy: 'O-1',
  form: hvm64,
});
