import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const waitUninterruptible = mutant({
  id: 'wait-uninterruptible',
  base: v3,
  summary: 'whoever waits for a page to borrow cannot be interrupted',
  change: { waitsInterruptibly: false },
  reference: 'linux 88a479ff6ef8 "xen/balloon: make the balloon wait interruptible" (2020), window W2e',
  caughtBy: 'D-4',
});
