import { hvm64 } from '../forms/hvm.ts';
import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const hvmBalloonedBoot = mutant({
  id: 'hvm-ballooned-boot',
  base: lifecycle,
  summary: 'the first target is what the driver believes to have',
  change: { bootTarget: 'maximum' },
  reference: 'linux 5266b8e4445c, xen: fix booting ballooned down hvm guest (2017)',
  caughtBy: 'O-1',
  form: hvm64,
});
