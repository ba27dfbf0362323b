import { deed } from '../../models/guest/second-caller.ts';
import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** add builds the direct map from the P2M: an identity entry makes it map a machine address that is nobody's RAM, or a device. */
export const nothingForeignMapped: Property = {
  id: 'E-2',
  title: 'add maps nothing foreign',
  statement: 'When a section is added, each of its pages has its own frame in the P2M, or an invalid entry.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'reserve_additional_memory' },
    { tree: 'linux', path: 'arch/x86/mm/init_64.c', symbol: 'arch_add_memory' },
  ],
  witness: ['add.ok'],
  appliesTo: (_, scope) => has(scope, 'p2m'),
  watch: {
    kind: 'step',
    never: [],
    on: 'section',
    holds: (before, { type }, after) =>
      deed(type) !== 'add.ok' || before['identity'] === 0 || after['offlineEmpty'] === 0,
  },
};
