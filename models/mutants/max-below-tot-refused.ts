import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const maxBelowTotRefused = mutant({
  id: 'max-below-tot-refused',
  base: lifecycle,
  summary: 'a limit below what the domain has is refused',
  change: { limitBelowTot: false },
  reference: 'xen "Allow max_pages to be set to less than tot_pages" (2010)',
  caughtBy: 'T-1',
});
