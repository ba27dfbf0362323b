import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const winSuspendVsBalloon = mutant({
  id: 'win-suspend-vs-balloon',
  base: lifecycle,
  summary: 'the driver is not frozen before a suspend',
  change: { freezes: false },
  reference:
    'xenserver/win-xenbus 0324f14 "Make ballooning and suspending mutually exclusive operations" (2014)',
  caughtBy: 'I-26',
});
