import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const winSuspendVsBalloon = mutant({
  id: 'win-suspend-vs-balloon',
  base: lifecycle,
  summary: 'the driver is not frozen before a suspend',
  change: { freezes: false },
  reference:
    'xenserver/win-xenbus 0324f14 "Make ballooning and suspending mutually exclusive operations" (2014)',
  caughtBy: 'I-26',
  row: {
    scope: 'suspend',
    counts: [1_444, 5_954, 37],
    kills: { 'I-26': 6 },
  },
});
