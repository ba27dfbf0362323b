import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const maxpfnCountsMmio = mutant({
  id: 'maxpfn-counts-mmio',
  base: lifecycle,
  summary: 'the highest frame number counts as current pages at boot, the hole for devices and all',
  change: { bootCurrent: 'maxPfn' },
  reference: '"xen/balloon: Set balloon\'s initial state to number of existing RAM pages" (2013)',
  caughtBy: 'I-24',
  row: {
    scope: 'single',
    counts: [11_556, 64_197, 44],
    kills: { 'I-24': 0 },
  },
});
