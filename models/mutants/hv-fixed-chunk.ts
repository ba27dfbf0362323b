import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const hvFixedChunk = mutant({
  id: 'hv-fixed-chunk',
  base: lifecycle,
  summary: 'a request is rounded up to sections, though a block is larger',
  change: { roundsTo: 'section' },
  reference: 'window W3j; linux drivers/xen/balloon.c reserve_additional_memory rounds to PAGES_PER_SECTION',
  caughtBy: 'I-12',
});
