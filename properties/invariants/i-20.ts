import { GRANTS, RETURNS } from '../../models/host/hypervisor.ts';
import { STOPS } from '../../models/host/migrator.ts';
import type { Quantities } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { everywhere, type Property } from '../property.ts';

const grants: readonly string[] = GRANTS;
const returns: readonly string[] = RETURNS;

/** Frames that a label assigns (positive) or frees (negative). */
function moved(label: Label): number {
  if (grants.includes(label.type)) return payload(label, 'pages');
  // A page given back while somebody refers to it is freed when that reference goes.
  return returns.includes(label.type) || label.type === 'ref.drop' ? -payload(label, 'pages') : 0;
}

const grown = (before: Quantities, after: Quantities, what: string): number =>
  (after[what] ?? 0) - (before[what] ?? 0);

/** A domain that is restored is another one: it begins with what the P2M named when it was saved. */
export const extentsAreCounted: Property = {
  id: 'I-20',
  title: 'every extent counts',
  statement:
    'tot changes by exactly the frames that a populate or decrease moved (of which some may be in no map, I-33), and by nothing else.',
  at: 'step',
  grounding: [
    { tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'assign_pages' },
    { tree: 'xen', path: 'xen/common/page_alloc.c', symbol: 'free_domheap_pages' },
  ],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: everywhere,
  watch: {
    kind: 'step',
    never: [],
    on: 'hypervisor',
    holds: (before, label, after) =>
      STOPS.includes(label.type) ||
      grown(before, after, 'tot') - grown(before, after, 'unmapped') === moved(label),
  },
};
