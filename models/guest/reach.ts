/**
 * How far addresses reach: what the kernel can address (MAX_PHYSMEM_BITS), and what the P2M of a paravirtualised guest has room for.
 * Nobody is stopped there by nature: a section beyond can be registered, and added where nobody asks.
 * Source: linux arch/x86/include/asm/sparsemem.h; arch/x86/xen/p2m.c `__set_phys_to_machine` (an entry beyond the P2M can be made
 * invalid, which changes nothing; for any other `xen_alloc_p2m_entry` looks for a leaf and finds none: BUG), `xen_vmalloc_p2m_tree`
 * (its size: XEN_MEMORY_HOTPLUG_LIMIT).
 */
import type { Form } from '../form.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';

/** The section ends within what the kernel can address. */
export const isAddressable = (section: number, { addressable }: Scope): boolean =>
  addressable === undefined || section < addressable;

/** Some section of the scope does not. */
export const hasFar = ({ addressable, sections }: Scope): boolean =>
  addressable !== undefined && addressable < sections;

/** Every section of a run does. */
export const isRunAddressable = (first: number, count: number, scope: Scope): boolean =>
  isAddressable(first + count - 1, scope);

/** The guest has room for its entries, or needs none of its own. */
export function isNamed(section: number, protocol: Protocol, form: Form, { p2mRoom }: Scope): boolean {
  if (form.p2mOwner !== 'guest') return true;
  if (protocol.p2mSizedFor === 'balloon' && !protocol.hotplugs) return false;
  return p2mRoom === undefined || section < p2mRoom;
}

export const isWithinReach = (section: number, protocol: Protocol, form: Form, scope: Scope): boolean =>
  isAddressable(section, scope) && isNamed(section, protocol, form, scope);

/** The scope has a limit, or somebody who may meet one; whether the form has it is another matter. */
export const judgesReach = (scope: Scope): boolean =>
  scope.addressable !== undefined || scope.p2mRoom !== undefined || has(scope, 'scratch');

/** Some section of the scope lies beyond. */
export const hasLimit = (protocol: Protocol, form: Form, scope: Scope): boolean =>
  Array.from({ length: scope.sections }, (_, n) => n).some((n) => !isWithinReach(n, protocol, form, scope));
