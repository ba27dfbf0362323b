import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const heldFrameFreed = mutant({
  id: 'held-frame-freed',
  base: lifecycle,
  summary: 'a frame is freed while another domain still refers to it',
  change: { waitsForReferences: false },
  reference:
    'xen/common/memory.c `guest_remove_page`: the frame is freed with its last reference, not with the call',
  caughtBy: 'I-20',
  row: {
    scope: 'references',
    counts: [1_312, 3_676, 41],
    kills: { 'I-20': 20, 'I-24': 21, 'I-27': 21 },
  },
});
