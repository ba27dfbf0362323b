import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const unalignedAddAccepted = mutant({
  id: 'unaligned-add-accepted',
  base: v3,
  summary: 'add takes what does not begin and end at a memory block',
  change: { checksAlignment: false },
  reference: '"not-aligned memory hotadd handling fix" (2006)',
  caughtBy: 'S-1',
});
