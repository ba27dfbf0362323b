import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const virtioUnalignedEndless = mutant({
  id: 'virtio-unaligned-endless',
  base: lifecycle,
  summary: 'a page of the guest is two of Xen\u2019s, and no target is rounded to that',
  change: { pageUnit: 2 },
  reference: '"virtio_balloon: Fix endless deflation and inflation on arm64" (2023)',
  caughtBy: 'I-40',
  row: {
    scope: 'libxl',
    counts: [161_160, 652_422, 44],
    kills: { 'C-2': 19, 'I-37': 18, 'I-40': 18 },
  },
});
