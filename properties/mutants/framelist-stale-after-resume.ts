import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const framelistStaleAfterResume = mutant({
  id: 'framelist-stale-after-resume',
  base: lifecycle,
  summary: 'the published list of frames is built once, and not again after a restore',
  change: { rebuildsFrameList: false },
  reference:
    'linux fa24ba62ea2 "correctly restore pfn_to_mfn_list_list after resume", 7510ae89101 "correctly rebuild mfn list list after migration" (2009)',
  caughtBy: 'E-5',
  row: {
    scope: 'p2m-suspend',
    counts: [3_984, 12_692, 43],
    kills: { 'E-5': 2 },
  },
});
