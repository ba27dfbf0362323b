import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const shortFillIgnored = mutant({
  id: 'short-fill-ignored',
  base: lifecycle,
  summary: 'a populate that fell short counts as full',
  change: { shortFill: 'ignored' },
  reference: 'the 2010 proposal, window W0c',
  caughtBy: 'I-5',
});
