import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const claimLate = mutant({
  id: 'claim-late',
  base: lifecycle,
  summary: 'look for a gap, populate, and let add claim it',
  change: { claimFirst: false },
  reference: 'the order of the 2010 proposal, windows W0a and W0b',
  caughtBy: 'I-3',
  row: {
    scope: 'single',
    counts: [8_928, 47_226, 42],
    kills: { 'I-2': 6, 'I-3': 5 },
  },
});
