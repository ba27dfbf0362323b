import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const firstWatchIsOrder = mutant({
  id: 'first-watch-is-order',
  base: v3,
  summary: 'the first watch event, which repeats what stands, is taken for an order',
  change: { bootTarget: 'withHole' },
  reference: '"xen/balloon: don\'t online new memory initially" (2017)',
  caughtBy: 'I-39',
  row: {
    scope: 'single',
    counts: [29_943, 166_885, 68],
    kills: { 'I-39': 1 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-16': 24, 'I-27': 34 }),
      ...found('lost-target', { 'D-3': 5 }),
    },
  },
});
