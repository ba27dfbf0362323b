/**
 * A guest form: what kind of domain the driver runs in. A protocol says what the driver does, a form what it stands on.
 * Sources: linux arch/x86/include/asm/sparsemem.h, drivers/xen/balloon.c; domain builders of Xen (tools/libs/light).
 */
import type { Protocol } from './protocol.ts';

export interface Form {
  readonly id: string;
  readonly summary: string;
  /** PAGES_PER_SECTION, 4 KiB pages, at real size. */
  readonly pagesPerSection: number;
  /** Extents that one frame_list holds: a page of longs. */
  readonly batch: number;
  /** MAX_PHYSMEM_BITS: no section ends above 2^this. */
  readonly physicalBits: number;
  /** Hot-added pages are high memory: at the tail of the balloon list, counted in balloon_high. */
  readonly highmem: boolean;
  /** Adding memory moves max_pfn; the 32-bit kernel forgets to. */
  readonly addMovesRamEnd: boolean;
  /**
   * Who writes the P2M: the guest (an array of its own: `set_phys_to_machine` before add and after each populate, which can fail
   * for want of a leaf), or Xen, as part of the hypercall.
   */
  readonly p2mOwner: 'guest' | 'xen';
  /** Built with populate-on-demand where memory is below maxmem. */
  readonly pod: boolean;
  /** Frames that Xen counts for the domain and the driver never manages (video RAM, special pages), at real size. */
  readonly outside: number;
  /** Starts with pages on the balloon list (host memory map, maxmem above memory): to be run in a scope with some. */
  readonly bootBalloon: boolean;
}

/** Why a variant does not exist in a form; undefined where it does. */
export function absence({ id, kernel }: Protocol, form: Form): string | undefined {
  if (form.highmem && kernel === '5.10') return `${id}: MEMORY_HOTPLUG is for 64 bits only in its kernel`;
  if (form.id === 'pvh-x86_64' && ['2010', '3.1', '4.4'].includes(kernel))
    return `${id}: its kernel is older than PVH guests`;
  if (form.id === 'pvh-dom0' && !['5.10', 'design'].includes(kernel))
    return `${id}: its kernel is older than a PVH dom0`;
  return undefined;
}
