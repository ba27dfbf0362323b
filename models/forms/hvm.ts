/** Fully virtualised guests: Xen owns the P2M and may fill it on demand. */
import type { Form } from '../form.ts';
import { pv32, pv64 } from './pv.ts';

const xenOwns = { p2mOwner: 'xen', pod: true } as const;

export const hvm64: Form = {
  ...pv64,
  ...xenOwns,
  id: 'hvm-x86_64',
  summary: 'fully virtualised, 64 bits; populate-on-demand where memory is below maxmem',
};

export const hvm32: Form = {
  ...pv32,
  ...xenOwns,
  id: 'hvm-i386-pae',
  summary: 'fully virtualised, 32 bits with PAE',
};
