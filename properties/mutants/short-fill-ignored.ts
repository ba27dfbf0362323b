import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const shortFillIgnored = mutant({
  id: 'short-fill-ignored',
  base: lifecycle,
  summary: 'a populate that fell short counts as full',
  change: { shortFill: 'ignored' },
  reference: 'the 2010 proposal, window W0c',
  caughtBy: 'I-5',
  row: {
    scope: 'single',
    counts: [32_796, 188_472, 45],
    kills: { 'I-5': 11, 'I-16': 17, 'I-24': 15 },
  },
});
