import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingPopulated } from '../catalog/shared.ts';
import { mutant } from '../mutant.ts';

export const libxlOffsetWraps = mutant({
  id: 'libxl-offset-wraps',
  base: lifecycle,
  summary: 'the limit is a sum that wraps to nearly nothing',
  change: { limitFor: 'wrapped' },
  reference: 'libxl, the offset between limit and target kept through changes (2015, reverted)',
  caughtBy: 'T-1',
  row: {
    scope: 'single',
    counts: [2_328, 12_044, 19],
    kills: { 'T-1': 2 },
    others: nothingPopulated,
  },
});
