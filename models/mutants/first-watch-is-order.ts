import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const firstWatchIsOrder = mutant({
  id: 'first-watch-is-order',
  base: v3,
  summary: 'the first watch event, which repeats what stands, is taken for an order',
  change: { bootTarget: 'withHole' },
  reference: '"xen/balloon: don\'t online new memory initially" (2017)',
  caughtBy: 'I-39',
});
