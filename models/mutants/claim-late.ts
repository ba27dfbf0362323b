import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const claimLate = mutant({
  id: 'claim-late',
  base: lifecycle,
  summary: 'look for a gap, populate, and let add claim it',
  change: { claimFirst: false },
  reference: 'the order of the 2010 proposal, windows W0a and W0b',
  caughtBy: 'I-3',
});
