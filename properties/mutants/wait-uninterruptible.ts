import { v3 } from '../../models/variants/v3.ts';
import { each, found, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const waitUninterruptible = mutant({
  id: 'wait-uninterruptible',
  base: v3,
  summary: 'whoever waits for a page to borrow cannot be interrupted',
  change: { waitsInterruptibly: false },
  reference: 'linux 88a479ff6ef8 "xen/balloon: make the balloon wait interruptible" (2020), window W2e',
  caughtBy: 'D-4',
  row: {
    scope: 'lent-waiting',
    counts: [47_052, 148_916, 46],
    kills: { 'D-4': 5 },
    others: {
      ...found('lost-target', { 'D-3': 10 }),
      ...found('W3a', { 'G-1': 9 }),
      ...found('lent-adds', { 'C-1': 7 }),
      ...each(vacuous, 'I-5', 'I-10', 'I-14', 'I-18', 'I-28', 'D-2'),
    },
  },
});
