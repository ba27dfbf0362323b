import { hvm64 } from '../../models/forms/hvm.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const initBalloonNotAwaited = mutant({
  id: 'init-balloon-not-awaited',
  base: lifecycle,
  summary: 'user space does not wait for the first shrink',
  change: { awaitsFirstShrink: false },
  reference: 'linux 2021, xen/balloon: add late_initcall_sync() for initial ballooning done',
  caughtBy: 'O-1',
  form: hvm64,
  row: {
    scope: 'on-demand',
    counts: [25_278, 104_889, 51],
    kills: { 'O-1': 3 },
  },
});
