import { mutant } from '../mutant.ts';
import { v1c } from '../variants/v1c.ts';

export const onlineStaysExpected = mutant({
  id: 'online-stays-expected',
  base: v1c,
  summary: 'a page that comes online is still expected',
  change: { settlesExpected: false },
  reference: 'planted: linux 3.1 xen_online_page without its two decrements',
  caughtBy: 'I-17',
});
