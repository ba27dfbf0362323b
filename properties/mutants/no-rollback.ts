import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const noRollback = mutant({
  id: 'no-rollback',
  base: lifecycle,
  summary: 'a failed add leaves its frames and its reservation',
  change: { rollbackOnAddFailure: false },
  reference: 'patch of 2010-07-27: failure of add or online',
  caughtBy: 'I-27',
  row: {
    scope: 'single',
    counts: [9_837, 51_126, 42],
    kills: { 'I-24': 11, 'I-27': 11 },
  },
});
