import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const physmapAddUnchecked = mutant({
  id: 'physmap-add-unchecked',
  base: lifecycle,
  summary: 'a frame whose mapping failed counts as populated',
  change: { checksMapping: false },
  reference: 'xen a16cf950fc, common: guest_physmap_add_page()\u2019s return value needs checking (2021)',
  caughtBy: 'I-5',
  row: {
    scope: 'single',
    counts: [21_492, 115_455, 53],
    kills: { 'I-5': 23, 'I-16': 26, 'I-27': 24 },
  },
});
