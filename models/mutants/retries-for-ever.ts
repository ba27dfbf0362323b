import { mutant } from '../mutant.ts';
import { v1c } from '../variants/v1c.ts';

export const retriesForEver = mutant({
  id: 'retries-for-ever',
  base: v1c,
  summary: 'failures in a row are counted and never lead to giving up',
  change: { retries: 'unlimited' },
  reference: 'linux drivers/xen/balloon.c RETRY_UNLIMITED, until a1078e821b60 (XSA-300)',
  caughtBy: 'I-40',
});
