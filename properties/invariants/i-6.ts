import { CRASHES } from '../../models/host/special.ts';
import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const nothingSpecialPopulated: Property = {
  id: 'I-6',
  title: 'no populate over a special entry',
  statement:
    'A translated guest populates no page whose entry is a foreign or grant map, or a device that is passed through.',
  at: 'step',
  grounding: [
    { tree: 'xen', path: 'xen/arch/x86/mm/p2m.c', symbol: 'p2m_add_page' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'increase_reservation' },
  ],
  witness: ['populate.ok', 'fill.ok'],
  appliesTo: (_, scope) => has(scope, 'special'),
  watch: { kind: 'step', never: CRASHES },
};
