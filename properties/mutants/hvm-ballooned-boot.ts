import { hvm64 } from '../../models/forms/hvm.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const hvmBalloonedBoot = mutant({
  id: 'hvm-ballooned-boot',
  base: lifecycle,
  summary: 'the first target is what the driver believes to have',
  change: { bootTarget: 'maximum' },
  reference: 'linux 5266b8e4445c, xen: fix booting ballooned down hvm guest (2017)',
  caughtBy: 'O-1',
  form: hvm64,
  row: {
    scope: 'on-demand',
    counts: [24_987, 99_538, 52],
    kills: { 'I-39': 0, 'O-1': 3 },
  },
});
