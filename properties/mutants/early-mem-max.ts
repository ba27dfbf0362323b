import { pvh64 } from '../../models/forms/pvh.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const earlyMemMax = mutant({
  id: 'early-mem-max',
  base: lifecycle,
  summary: 'the offset of targets is what static-max is when the guest first looks',
  change: { offsetFrom: 'firstLook' },
  reference:
    'linux drivers/xen/xen-balloon.c `watch_target` (finding early-mem-max); seen on a real PVH guest',
  caughtBy: 'T-4',
  form: pvh64,
  row: {
    scope: 'early-max',
    counts: [20_971, 79_696, 50],
    kills: { 'T-4': 4, 'I-18': 4, 'I-39': 6 },
  },
});
