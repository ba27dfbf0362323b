import { onDemand, type Property } from '../property.ts';

export const cacheWithinEntries: Property = {
  id: 'O-2',
  title: 'the cache is owed',
  statement:
    'No more frames are kept for pages on demand than there are such pages, and each of them is one the guest uses.',
  at: 'state',
  grounding: [{ tree: 'xen', path: 'xen/arch/x86/mm/p2m-pod.c', symbol: 'p2m_pod_set_cache_target' }],
  witness: ['decrease.entry', 'decrease.stolen', 'decrease.surplus', 'touch.ok'],
  appliesTo: onDemand,
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [{ sum: { 'pod.cache': 1, 'pod.entries': -1 }, is: 'above', to: 0 }],
      [{ sum: { 'pod.entries': 1, 'section.onDemand': -1 }, is: 'unequal', to: 0 }],
      [{ sum: { 'pod.disordered': 1 }, is: 'above', to: 0 }],
    ],
  },
};
