import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const bootLimitAtRuntime = mutant({
  id: 'boot-limit-at-runtime',
  base: lifecycle,
  summary: 'memory above the limit given at boot cannot be added later',
  change: { bindsBootLimit: true },
  reference: '"mm/hotplug: Only respect mem= parameter during boot stage" (2020), fixes 357b4da50a62',
  caughtBy: 'I-36',
  row: {
    scope: 'single',
    counts: [3_780, 17_775, 23],
    kills: { 'I-36': 15 },
    others: {
      ...each(
        vacuous,
        'I-5',
        'I-7',
        'I-8',
        'I-10',
        'I-12',
        'I-14',
        'I-16',
        'I-18',
        'I-28',
        'I-32',
        'D-2',
        'P-2',
        'S-1',
      ),
    },
  },
});
