import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const noRollback = mutant({
  id: 'no-rollback',
  base: lifecycle,
  summary: 'a failed add leaves its frames and its reservation',
  change: { rollbackOnAddFailure: false },
  reference: 'patch of 2010-07-27: failure of add or online',
  caughtBy: 'I-27',
});
