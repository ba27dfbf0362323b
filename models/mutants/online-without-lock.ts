import { mutant } from '../mutant.ts';
import { v3 } from '../variants/v3.ts';

export const onlineWithoutLock = mutant({
  id: 'online-without-lock',
  base: v3,
  summary: 'add runs under mem_hotplug, which whoever writes the file `online` does not take',
  change: { addLock: 'memHotplug' },
  reference: 'the series "online/offline_pages called w.o. mem_hotplug_lock" (2018)',
  caughtBy: 'I-7',
});
