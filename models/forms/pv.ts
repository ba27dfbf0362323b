/** Paravirtualised guests: the P2M is an array of the guest. */
import type { Form } from '../form.ts';

/** The form that rows of the catalog mean unless they name one. */
export const pv64: Form = {
  id: 'pv-x86_64',
  summary: 'paravirtualised, 64 bits',
  pagesPerSection: 32_768,
  batch: 512,
  physicalBits: 46,
  highmem: false,
  addMovesRamEnd: true,
  p2mOwner: 'guest',
  pod: false,
  outside: 0,
  bootBalloon: false,
};

/** Sections of 512 MiB and frame lists of 1024; what is added is high memory, without a direct map. */
export const pv32: Form = {
  ...pv64,
  id: 'pv-i386-pae',
  summary: 'paravirtualised, 32 bits with PAE: hot-added memory is high memory',
  pagesPerSection: 131_072,
  batch: 1024,
  physicalBits: 36,
  highmem: true,
  addMovesRamEnd: false,
};

export const pvDom0: Form = {
  ...pv64,
  id: 'pv-dom0',
  summary: 'PV dom0: the memory map of the host, and what dom0_mem leaves out on the balloon list',
  bootBalloon: true,
};
