import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { mutant } from '../mutant.ts';

export const blockForLess = mutant({
  id: 'block-for-less',
  base: lifecycleRemoving,
  summary: 'a whole block is given back for an order that is below by less',
  change: { removesFor: 'anyLess' },
  reference: 'planted: what is missing afterwards is added again',
  caughtBy: 'C-2',
  row: {
    scope: 'single',
    counts: [14_913, 76_119, 54],
    kills: { 'C-2': 20 },
  },
});
