import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const capNotChecked = mutant({
  id: 'cap-not-checked',
  base: lifecycle,
  summary: 'Xen assigns beyond max_pages',
  change: { checksCap: false },
  reference: 'planted: assign_pages without its comparison',
  caughtBy: 'I-21',
  row: {
    scope: 'single',
    counts: [9_846, 51_177, 44],
    kills: { 'I-21': 6 },
  },
});
