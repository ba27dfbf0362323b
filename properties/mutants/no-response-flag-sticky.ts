import { lifecycle } from '../../models/variants/lifecycle.ts';
import { nothingAdded } from '../catalog/shared.ts';
import { each, vacuous } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const noResponseFlagSticky = mutant({
  id: 'no-response-flag-sticky',
  base: lifecycle,
  summary: 'a domain once taken for stuck stays so',
  change: { clearsStuck: false },
  reference: 'qmemman bf4306b8, 4bca6313 (QubesOS issue 3265, 2018)',
  caughtBy: 'B-3',
  row: {
    scope: 'squeezed',
    counts: [253, 506, 19],
    kills: { 'B-3': 7 },
    // A domain that is never asked again does not grow either.
    others: { ...nothingAdded, ...each(vacuous, 'P-3') },
  },
});
