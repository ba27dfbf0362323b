import { type Property, quiet } from '../property.ts';

/**
 * Judged by what the operation leaves in its own interval, so that whatever else moves meanwhile does not blur it. That total and
 * current are as before follows from I-16 and I-24, which count the pages and frames there are.
 */
export const removalLeavesNothing: Property = {
  id: 'I-42',
  title: 'removing undoes adding',
  statement:
    'At rest nothing of a section that was removed is left: no interval registered for it, and no frame where no page is.',
  at: 'quiescent',
  grounding: [
    { tree: 'linux', path: 'mm/memory_hotplug.c', symbol: 'try_remove_memory' },
    { tree: 'linux', path: 'kernel/resource.c', symbol: 'release_mem_region_adjustable' },
  ],
  witness: ['remove.begin'],
  appliesTo: ({ removes }) => removes !== 'never',
  watch: {
    kind: 'state',
    perIndex: false,
    clauses: [
      [...quiet, { sum: { 'section.claimed': 1 }, is: 'above', to: 0 }],
      [...quiet, { sum: { 'section.filled': 1 }, is: 'above', to: 0 }],
    ],
  },
};
