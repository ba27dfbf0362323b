import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const unalignedAddAccepted = mutant({
  id: 'unaligned-add-accepted',
  base: v3,
  summary: 'add takes what does not begin and end at a memory block',
  change: { checksAlignment: false },
  reference: '"not-aligned memory hotadd handling fix" (2006)',
  caughtBy: 'S-1',
  row: {
    scope: 'blocks',
    counts: [68_607, 455_307, 68],
    kills: { 'D-1': 15, 'D-2': 9, 'S-1': 9, 'S-2': 9 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
