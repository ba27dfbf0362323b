import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const regionPageWrongType = mutant({
  id: 'region-page-wrong-type',
  base: lifecycle,
  summary: 'boot pages come onto the balloon list without the type of an offline page',
  change: { typesBootPages: false },
  reference: 'linux c5ad81eb0295, xen/balloon: Set pages PageOffline() in balloon_add_region() (2019)',
  caughtBy: 'S-3',
  row: {
    scope: 'boot-single',
    counts: [19_566, 109_959, 49],
    kills: { 'S-3': 0 },
  },
});
