import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const offlineTypedPageMapped = mutant({
  id: 'offline-typed-page-mapped',
  base: lifecycle,
  summary: 'a page that is lent keeps the type of an offline page',
  change: { clearsType: false },
  reference: 'linux 0266def91377, xen/balloon: Fix mapping PG_offline pages to user space (2019)',
  caughtBy: 'S-3',
  row: {
    scope: 'lent',
    counts: [24_784, 93_812, 46],
    kills: { 'S-3': 3 },
  },
});
