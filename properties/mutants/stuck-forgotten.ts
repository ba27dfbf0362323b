import { lifecycle } from '../../models/variants/lifecycle.ts';
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
    counts: [382, 966, 21],
    kills: { 'B-5': 6 },
    others: each(
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
      'P-3',
      'S-1',
    ),
  },
});
