import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

const DROPS = ['claim.cancel', 'newcomer.kill', 'newcomer.gone'];

/** Not in the reference's list as an invariant; H for host. */
export const claimsBuyFrames: Property = {
  id: 'H-1',
  title: 'claims buy frames',
  statement:
    'A claim falls only by the frames that its domain is given, unless it is cancelled or its domain dies.',
  at: 'step',
  grounding: [{ tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'assign_pages' }],
  witness: ['claim.use', 'claim.settle'],
  appliesTo: (_, scope) => has(scope, 'newcomer'),
  watch: {
    kind: 'step',
    never: [],
    on: 'newcomer',
    holds: (before, { type }, after) => {
      const spent = (before['outstanding'] ?? 0) - (after['outstanding'] ?? 0);
      return DROPS.includes(type) || spent <= 0 || spent <= (after['held'] ?? 0) - (before['held'] ?? 0);
    },
  },
};
