import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const e820GapAsPci = mutant({
  id: 'e820-gap-as-pci',
  base: lifecycle,
  summary: 'boot memory without frames looks free in the memory map',
  change: { marksBootGap: false },
  reference:
    'linux 96587057018, xen/setup: Inhibit resource API from using System RAM E820 gaps as PCI mem gaps (2011)',
  caughtBy: 'I-2',
  row: {
    scope: 'boot-single',
    counts: [37_404, 266_808, 50],
    kills: { 'I-2': 1 },
  },
});
