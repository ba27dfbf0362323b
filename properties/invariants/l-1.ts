import { begunGoesOn, calm, hints, timers } from '../fairness.ts';
import { everywhere, type Property } from '../property.ts';

export const noBusyLoop: Property = {
  id: 'L-1',
  title: 'no busy loop',
  statement: 'The driver does not wake again and again without a delay or a poll in between.',
  at: 'temporal',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'balloon_thread_cond' }],
  witness: ['hotplug.done', 'hotplug.queued'],
  appliesTo: everywhere,
  watch: {
    kind: 'temporal',
    takes: hints,
    without: [...timers, 'work.delay'],
    fairness: { quiet: calm, groups: begunGoesOn },
  },
};
