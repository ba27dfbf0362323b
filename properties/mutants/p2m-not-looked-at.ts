import { v3Patched } from '../../models/variants/v3-patched.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const p2mNotLookedAt = mutant({
  id: 'p2m-not-looked-at',
  base: v3Patched,
  summary: 'the online-page callback lists every page, with a frame or without',
  change: { callback: 'balloon' },
  reference: 'linux drivers/xen/balloon.c xen_online_page, W3d; seen on real guests',
  caughtBy: 'I-31',
  row: {
    scope: 'single',
    counts: [29_466, 164_316, 68],
    kills: { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34, 'I-31': 22, 'I-41': 18, 'I-43': 22 },
    others: { ...found('lost-target', { 'D-3': 7 }) },
  },
});
