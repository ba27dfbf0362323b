import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const unmappedKept = mutant({
  id: 'unmapped-kept',
  base: lifecycle,
  summary: 'a frame that could not be put into the guest’s map stays with the domain',
  change: { freesUnmapped: false },
  reference:
    'xen/common/memory.c `populate_physmap`: the way out after assign_pages gives nothing back (finding unmapped-kept)',
  caughtBy: 'I-33',
  row: {
    scope: 'tables',
    counts: [1_544, 3_462, 39],
    kills: { 'I-24': 10, 'I-27': 10, 'I-33': 5 },
  },
});
