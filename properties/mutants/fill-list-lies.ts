import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const fillListLies = mutant({
  id: 'fill-list-lies',
  base: lifecycle,
  summary: 'a section for foreign maps that could not be had counts as had',
  change: { tellsFailedFill: false },
  reference: 'linux "xen/unpopulated-alloc: fix error return code in fill_list()" (2021)',
  caughtBy: 'E-3',
  row: {
    scope: 'scratch',
    counts: [42_822, 157_551, 49],
    kills: { 'E-3': 3 },
  },
});
