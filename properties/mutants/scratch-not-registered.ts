import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const scratchNotRegistered = mutant({
  id: 'scratch-not-registered',
  base: lifecycle,
  summary: 'a section for foreign maps is taken from a list of its own, and iomem is not told',
  change: { registersScratch: false },
  reference:
    'plants what linux drivers/xen/unpopulated-alloc.c `fill_list` prevents by its second request where the space is not iomem\u2019s own (since 5.17)',
  caughtBy: 'U-1',
  row: {
    scope: 'scratch',
    counts: [87_516, 417_582, 52],
    kills: { 'U-1': 6, 'U-2': 1 },
  },
});
