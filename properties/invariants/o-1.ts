import { onDemand, type Property } from '../property.ts';

/** A guest that lives off a cache of fewer frames than its memory map shows must shrink before it touches them all. */
export const cacheSuffices: Property = {
  id: 'O-1',
  title: 'the cache suffices',
  statement: 'A page that is touched for the first time finds a frame.',
  at: 'step',
  grounding: [
    { tree: 'xen', path: 'xen/arch/x86/mm/p2m-pod.c', symbol: 'p2m_pod_demand_populate' },
    { tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_wait_finish' },
  ],
  witness: ['touch.ok', 'touch.sweep'],
  appliesTo: onDemand,
  watch: { kind: 'step', never: ['touch.crash'] },
};
