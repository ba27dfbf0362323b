import { mutant } from '../mutant.ts';
import { v1c } from '../variants/v1c.ts';

export const conflictCheckedLate = mutant({
  id: 'conflict-checked-late',
  base: v1c,
  summary: 'add looks for a conflict after it has made the section',
  change: { conflictFirst: false },
  reference: '"memory hotadd fixes: enhance collision check" (2006)',
  caughtBy: 'I-32',
});
