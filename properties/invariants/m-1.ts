import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

/** Not in the reference's list; M for migration. */
export const nothingLeftBehind: Property = {
  id: 'M-1',
  title: 'a guest arrives whole',
  statement: 'A migration ends well only where the copy names every frame that the guest\u2019s P2M names.',
  at: 'step',
  grounding: [
    { tree: 'xen', path: 'tools/libs/guest/xg_sr_save_x86_pv.c', symbol: 'x86_pv_start_of_stream' },
  ],
  witness: ['migrate.moved'],
  appliesTo: (_, scope) => has(scope, 'migrator'),
  watch: {
    kind: 'step',
    never: [],
    on: 'migrator',
    holds: (before, { type }) => type !== 'migrate.moved' || before['grown'] === 0,
  },
};
