import { lifecycleRemembering } from '../../models/variants/lifecycle-remembering.ts';
import { mutant } from '../mutant.ts';

export const eexistFlood = mutant({
  id: 'eexist-flood',
  base: lifecycleRemembering,
  summary: 'a range that add refused as taken is asked for again at the next wake-up',
  change: { refusedRange: 'askedAgain' },
  reference:
    'dmesg \u201cxen:balloon: Cannot add additional memory (-17)\u201d, again and again (reports since 2015); drivers/xen/balloon.c reserve_additional_memory',
  caughtBy: 'P-4',

  row: {
    scope: 'single',
    counts: [10_827, 55_977, 42],
    kills: { 'P-4': 19 },
  },
});
