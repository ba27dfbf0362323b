import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const foreignOnlineCallback = mutant({
  id: 'foreign-online-callback',
  base: lifecycle,
  summary: 'the online callback drops pages of memory that somebody else added',
  change: { foreignPages: 'dropped' },
  reference: 'hv_balloon: Fallback to generic_online_page() for non-HV hot added mem (linux-hyperv, 2025)',
  caughtBy: 'A-1',
  row: {
    scope: 'dimm',
    counts: [24_480, 82_794, 46],
    kills: { 'A-1': 3, 'I-27': 4 },
  },
});
