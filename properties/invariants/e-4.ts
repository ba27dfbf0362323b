import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** A paravirtualised guest maps a device by its machine address, which it takes from the P2M. */
export const devicesCanBeMapped: Property = {
  id: 'E-4',
  title: 'devices can be mapped',
  statement: 'The entries of an interval that a device holds are identity entries.',
  at: 'state',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' },
    { tree: 'linux', path: 'arch/x86/xen/p2m.c', symbol: 'get_phys_to_machine' },
  ],
  witness: ['intrude'],
  appliesTo: ({ beyondRam }, scope) => has(scope, 'p2m') && scope.rival && beyondRam === 'identity',
  watch: {
    kind: 'state',
    perIndex: true,
    clauses: [
      [
        { sum: { 'slot.rival': 1 }, is: 'above', to: 0 },
        { sum: { 'section.identity': 1 }, is: 'equal', to: 0 },
      ],
    ],
  },
};
