import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const lentPagesMakeRoom = mutant({
  id: 'lent-pages-make-room',
  base: lifecycle,
  summary: 'pages lent count as missing, so a section is added in their place',
  change: { countsLent: true },
  reference:
    'linux drivers/xen/balloon.c reserve_additional_memory: target_unpopulated is part of what is missing, whatever hotplug_unpopulated says',
  caughtBy: 'C-1',
});
