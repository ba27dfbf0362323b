/** PVH guests: Xen owns the P2M, there is no device model, and the driver's numbers are off Xen's by a constant. */
import type { Form } from '../form.ts';
import { pv64 } from './pv.ts';

export const pvh64: Form = {
  ...pv64,
  id: 'pvh-x86_64',
  summary: 'PVH: Xen owns the P2M, and counts frames that the driver never sees',
  p2mOwner: 'xen',
  // A real guest (test/logs): Xen counts 16 pages above the target, and the driver 97 below it.
  outside: 113,
};

export const pvhDom0: Form = {
  ...pvh64,
  id: 'pvh-dom0',
  summary: 'PVH dom0: holes of the memory map are scratch for foreign maps',
  outside: 97,
  bootBalloon: true,
};
