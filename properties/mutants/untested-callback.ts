import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const untestedCallback = mutant({
  id: 'untested-callback',
  base: lifecycle,
  summary: 'every onlined page goes on the balloon list, backed or not',
  change: { callback: 'balloon' },
  reference: 'linux drivers/xen/balloon.c xen_online_page, window W3d',
  caughtBy: 'I-10',
  row: {
    scope: 'single',
    counts: [6_219, 29_649, 56],
    kills: {
      'I-9': 23,
      'I-10': 12,
      'I-16': 16,
      'I-27': 24,
      'I-41': 10,
    },
  },
});
