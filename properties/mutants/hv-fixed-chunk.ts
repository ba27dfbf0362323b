import { lifecycle } from '../../models/variants/lifecycle.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const hvFixedChunk = mutant({
  id: 'hv-fixed-chunk',
  base: lifecycle,
  summary: 'a request is rounded up to sections, though a block is larger',
  change: { roundsTo: 'section' },
  reference: 'window W3j; linux drivers/xen/balloon.c reserve_additional_memory rounds to PAGES_PER_SECTION',
  caughtBy: 'I-12',
  row: {
    scope: 'blocks',
    counts: [11_268, 71_436, 22],
    kills: { 'I-12': 9 },
    others: {
      ...each(
        vacuous,
        'I-5',
        'I-7',
        'I-8',
        'I-10',
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
