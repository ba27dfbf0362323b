import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const onlineLies = mutant({
  id: 'online-lies',
  base: lifecycle,
  summary: 'a block whose online failed reads online',
  change: { vetoRestoresState: false },
  reference: 'check for walk_memory_resource() failure in online_pages() fd8a4221ad7 (2008)',
  caughtBy: 'I-28',
});
