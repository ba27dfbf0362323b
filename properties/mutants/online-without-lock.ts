import { v3 } from '../../models/variants/v3.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const onlineWithoutLock = mutant({
  id: 'online-without-lock',
  base: v3,
  summary: 'add runs under mem_hotplug, which whoever writes the file `online` does not take',
  change: { addLock: 'memHotplug' },
  reference: 'the series "online/offline_pages called w.o. mem_hotplug_lock" (2018)',
  caughtBy: 'I-7',
  row: {
    scope: 'device-file',
    counts: [181_314, 764_340, 66],
    kills: { 'I-7': 8 },
    others: {
      ...found('W3d', { 'I-9': 22, 'I-10': 20, 'I-16': 21, 'I-27': 24 }),
      ...found('lost-target', { 'D-3': 7 }),
    },
  },
});
