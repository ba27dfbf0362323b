import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const stuckClippedOnce = mutant({
  id: 'stuck-clipped-once',
  base: lifecycle,
  summary: 'the limit of a domain that does not move is clipped for one look',
  change: { stuckIs: 'clippedOnce' },
  reference: 'xen-api ocaml/squeezed/lib/squeeze.ml change_host_free_memory (declared_inactive_domids)',
  caughtBy: 'B-1',
  row: {
    scope: 'building',
    counts: [29_348, 108_245, 81],
    kills: { 'B-1': 14, 'B-4': 37, 'B-5': 37, 'B-6': 10 },
  },
});
