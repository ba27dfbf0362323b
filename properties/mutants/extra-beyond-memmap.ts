import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingReserved } from '../catalog/shared.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const extraBeyondMemmap = mutant({
  id: 'extra-beyond-memmap',
  base: lifecycle,
  summary: 'boot memory without descriptors of pages is put on the balloon list',
  change: { clipsBootList: false },
  reference: 'linux 199ddd37efa and 67df1dfe960 (2010)',
  caughtBy: 'I-14',
  row: {
    scope: 'boot-single',
    counts: [2_322, 12_105, 20],
    kills: { 'I-14': 0 },
    others: {
      ...nothingReserved,
      ...each(vacuous, 'I-3'),
    },
  },
});
