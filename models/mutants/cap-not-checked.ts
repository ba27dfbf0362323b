import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const capNotChecked = mutant({
  id: 'cap-not-checked',
  base: lifecycle,
  summary: 'Xen assigns beyond max_pages',
  change: { checksCap: false },
  reference: 'planted: assign_pages without its comparison',
  caughtBy: 'I-21',
});
