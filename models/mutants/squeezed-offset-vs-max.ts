import { mutant } from '../mutant.ts';
import { lifecycle } from '../variants/lifecycle.ts';

export const squeezedOffsetVsMax = mutant({
  id: 'squeezed-offset-vs-max',
  base: lifecycle,
  summary: 'the overhead of a domain is left out of its limit',
  change: { limitFor: 'less' },
  reference: 'squeezed CA-327822 (2019)',
  caughtBy: 'T-1',
});
