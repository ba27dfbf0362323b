import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const addOnlineLockInversion = mutant({
  id: 'add-online-lock-inversion',
  base: v3,
  summary: 'onlining takes device lock, then hotplug lock; add the other way round',
  change: { writerTakes: 'deviceFirst' },
  reference: '"mm, hotplug: fix concurrent memory hot-add deadlock" (2015)',
  caughtBy: 'I-8',
  row: {
    scope: 'single',
    counts: [29_628, 165_072, 68],
    kills: { 'I-8': 8, 'D-1': 8, 'D-2': 8 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
