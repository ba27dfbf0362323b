import { hvm64 } from '../../models/forms/hvm.ts';
import { v2Later } from '../../models/variants/v2-4.11.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const xsa247ZeroCheck = mutant({
  id: 'xsa247-zero-check',
  base: v2Later,
  summary: 'a page of zeros pays for another though it stays mapped',
  change: { checksReclaim: false },
  reference: 'XSA-247, xen 92790672de (2017)',
  caughtBy: 'I-27',
  form: hvm64,
  row: {
    scope: 'on-demand',
    counts: [134_360, 659_321, 54],
    kills: { 'I-24': 3, 'I-27': 3 },
    others: { ...found('pod-not-awaited', { 'O-1': 3 }), ...found('set-residue', { 'T-1': 5 }) },
  },
});
