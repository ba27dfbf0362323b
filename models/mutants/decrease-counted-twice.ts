import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const decreaseCountedTwice = mutant({
  id: 'decrease-counted-twice',
  base: lifecycle,
  summary: 'each page given back is subtracted twice from current_pages',
  change: { decreaseCounts: 2 },
  reference: 'planted: current_pages wraps below zero',
  caughtBy: 'I-18',
});
