import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const currentNotCounted = mutant({
  id: 'current-not-counted',
  base: lifecycle,
  summary: 'current_pages does not grow with the populated run',
  change: { countCurrent: false },
  reference: 'the 2010 proposal counts nothing (window list of V0)',
  caughtBy: 'I-24',
});
