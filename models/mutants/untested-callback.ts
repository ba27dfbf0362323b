import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const untestedCallback = mutant({
  id: 'untested-callback',
  base: lifecycle,
  summary: 'every onlined page goes on the balloon list, backed or not',
  change: { callback: 'balloon' },
  reference: 'linux drivers/xen/balloon.c xen_online_page, window W3d',
  caughtBy: 'I-10',
});
