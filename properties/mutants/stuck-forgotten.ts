import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingAdded } from '../catalog/shared.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const stuckForgotten = mutant({
  id: 'stuck-forgotten',
  base: lifecycle,
  summary: 'who did not move is forgotten with the call',
  change: { forgetsStuck: true },
  reference: 'xen-api ocaml/squeezed/lib/squeeze.ml is_host_memory_unbalanced (a new Squeezer each time)',
  caughtBy: 'B-5',
  row: {
    scope: 'squeezed',
    counts: [416, 1_050, 23],
    kills: { 'B-5': 6 },
    others: { ...nothingAdded, ...each(vacuous, 'P-3') },
  },
});
