import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const maxBelowTotRefused = mutant({
  id: 'max-below-tot-refused',
  base: lifecycle,
  summary: 'a limit below what the domain has is refused',
  change: { limitBelowTot: false },
  reference: 'xen "Allow max_pages to be set to less than tot_pages" (2010)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [12_829, 67_800, 43],
    kills: { 'T-1': 7 },
  },
});
