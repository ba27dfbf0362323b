import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const baselineReread = mutant({
  id: 'baseline-reread',
  base: lifecycle,
  summary: 'the wait compares with a credit read after the decision',
  change: { baseline: 'sleep' },
  reference: 'linux drivers/xen/balloon.c balloon_thread, lost target',
  caughtBy: 'D-3',
});
