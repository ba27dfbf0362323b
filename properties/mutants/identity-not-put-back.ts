import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const identityNotPutBack = mutant({
  id: 'identity-not-put-back',
  base: lifecycle,
  summary: 'entries of a run that is released stay invalid',
  change: { restoresIdentity: false },
  reference:
    'linux drivers/xen/balloon.c `reserve_additional_memory`: the failure path releases the interval and leaves its entries (finding identity-lost)',
  caughtBy: 'E-4',
  row: {
    scope: 'p2m',
    counts: [2_140, 8_838, 43],
    kills: { 'E-4': 6 },
  },
});
