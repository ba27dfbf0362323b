import { STOPS } from '../../models/host/migrator.ts';
import { has } from '../../models/scope.ts';
import type { Property } from '../property.ts';

export const publishedListIsRight: Property = {
  id: 'E-5',
  title: 'the published list is right',
  statement: 'Whenever a guest is saved, the list of frames that it publishes is that of its P2M.',
  at: 'step',
  grounding: [
    { tree: 'linux', path: 'arch/x86/xen/suspend_pv.c', symbol: 'xen_pv_post_suspend' },
    { tree: 'xen', path: 'tools/libs/guest/xg_sr_save_x86_pv.c', symbol: 'x86_pv_start_of_stream' },
  ],
  witness: STOPS,
  appliesTo: (_, scope) => has(scope, 'p2m') && has(scope, 'suspender', 'migrator'),
  watch: {
    kind: 'step',
    never: [],
    on: 'frameList',
    holds: (before) => before['stale'] === 0,
  },
};
