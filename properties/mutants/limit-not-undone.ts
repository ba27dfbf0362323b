import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const limitNotUndone = mutant({
  id: 'limit-not-undone',
  base: lifecycle,
  summary: 'a mem-set or mem-max that fails after its hypercall leaves the limit where it put it',
  change: { undoesLimit: false },
  reference: 'xen tools/libs/light/libxl_mem.c libxl_set_memory_target (every version read)',
  caughtBy: 'I-35',
  row: {
    scope: 'libxl',
    counts: [125_736, 605_088, 49],
    kills: { 'I-35': 2, 'T-2': 4 },
  },
});
