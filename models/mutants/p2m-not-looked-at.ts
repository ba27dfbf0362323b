import { mutant } from '../mutant.ts';
import { v3Patched } from '../variants/v3-patched.ts';

export const p2mNotLookedAt = mutant({
  id: 'p2m-not-looked-at',
  base: v3Patched,
  summary: 'the online-page callback lists every page, with a frame or without',
  change: { callback: 'balloon' },
  reference: 'linux drivers/xen/balloon.c xen_online_page, W3d; seen on real guests',
  caughtBy: 'I-31',
});
