import { hvm64 } from '../forms/hvm.ts';
import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const initBalloonNotAwaited = mutant({
  id: 'init-balloon-not-awaited',
  base: lifecycle,
  summary: 'user space does not wait for the first shrink',
  change: { awaitsFirstShrink: false },
  reference: 'linux 2021, xen/balloon: add late_initcall_sync() for initial ballooning done',
  caughtBy: 'O-1',
  form: hvm64,
});
