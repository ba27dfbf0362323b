import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const onlineLies = mutant({
  id: 'online-lies',
  base: lifecycle,
  summary: 'a block whose online failed reads online',
  change: { vetoRestoresState: false },
  reference: 'check for walk_memory_resource() failure in online_pages() fd8a4221ad7 (2008)',
  caughtBy: 'I-28',
  row: {
    scope: 'single',
    counts: [10_557, 53_994, 42],
    kills: {
      'I-28': 12,
      'D-1': 12,
      'D-2': 12,
      'I-38': 12,
      'L-2': 12,
    },
  },
});
