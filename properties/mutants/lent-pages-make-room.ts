import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const lentPagesMakeRoom = mutant({
  id: 'lent-pages-make-room',
  base: lifecycle,
  summary: 'pages lent count as missing, so a section is added in their place',
  change: { countsLent: true },
  reference:
    'linux drivers/xen/balloon.c reserve_additional_memory: target_unpopulated is part of what is missing, whatever hotplug_unpopulated says',
  caughtBy: 'C-1',
  row: {
    scope: 'lent',
    counts: [34_612, 127_054, 43],
    kills: { 'C-1': 6 },
  },
});
