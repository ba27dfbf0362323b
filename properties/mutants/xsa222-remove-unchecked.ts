import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const xsa222RemoveUnchecked = mutant({
  id: 'xsa222-remove-unchecked',
  base: lifecycle,
  summary: 'a frame is freed though its removal from the guest\u2019s map failed',
  change: { decreaseUnmaps: false },
  reference: 'XSA-222, xen a0cce6048d and b614f642c3 (2017)',
  caughtBy: 'I-10',
  row: {
    scope: 'single',
    counts: [9_846, 51_141, 42],
    kills: { 'I-9': 23, 'I-10': 19, 'I-27': 20 },
  },
});
