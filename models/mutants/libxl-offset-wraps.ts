import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const libxlOffsetWraps = mutant({
  id: 'libxl-offset-wraps',
  base: lifecycle,
  summary: 'the limit is a sum that wraps to nearly nothing',
  change: { limitFor: 'wrapped' },
  reference: 'libxl, the offset between limit and target kept through changes (2015, reverted)',
  caughtBy: 'T-1',
});
