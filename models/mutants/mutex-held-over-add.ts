import { mutant } from '../mutant.ts';
import { v3Patched } from '../variants/v3-patched.ts';

export const mutexHeldOverAdd = mutant({
  id: 'mutex-held-over-add',
  base: v3Patched,
  summary: 'balloon_mutex is held over add',
  change: { dropMutexOverAdd: false },
  reference: 'linux 4.4 drivers/xen/balloon.c, window W2a',
  caughtBy: 'D-1',
});
