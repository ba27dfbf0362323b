import { v1c } from '../../models/variants/v1c.ts';
import { found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

export const retriesForEver = mutant({
  id: 'retries-for-ever',
  base: v1c,
  summary: 'failures in a row are counted and never lead to giving up',
  change: { retries: 'unlimited' },
  reference: 'linux drivers/xen/balloon.c RETRY_UNLIMITED, until a1078e821b60 (XSA-300)',
  caughtBy: 'I-40',
  row: {
    scope: 'single',
    counts: [17_370, 94_327, 64],
    kills: { 'I-37': 8, 'I-40': 7 },
    others: {
      ...found('W3d', { 'I-9': 31, 'I-10': 22, 'I-27': 35 }),
      ...found('W1d', { 'I-18': 22 }),
      ...found('W1-retry', { 'P-2': 7 }),
    },
  },
});
