/**
 * Gap: addresses of boot memory that has no frames yet (memory below maxmem), where the memory map does not say whose they are.
 *   domain ⇄ both (intrude, withdraw)
 * The balloon will put frames there; whoever looks for free addresses meanwhile finds them free. Where the map marks them (since 2011)
 * nobody is given any, so there is no such chart.
 * Source: linux arch/x86/xen/setup.c `xen_memory_setup`; arch/x86/kernel/e820.c `e820__setup_pci_gap`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, payload } from '../../src/core/label.ts';
import { chart, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

export const hasLooseGap = (protocol: Protocol, { bootBallooned, rival }: Scope): boolean =>
  !protocol.marksBootGap && bootBallooned > 0 && rival;

export const gapChart = (): ModelChart =>
  chart<Record<string, never>>({
    id: 'gap',
    kind: 'gap',
    actor: 'kernel',
    families: { ...role('decides', 'intrude'), ...role('observes', 'withdraw') },
    owns: (l) => payload(l, 'section') === BOOT,
    context: {},
    initial: 'domain',
    states: {
      domain: { intrude: { to: 'both' }, withdraw: stay },
      both: { withdraw: { to: 'domain' } },
    },
    observe: (_, value) => ({ holders: value === 'both' ? 2 : 1 }),
    show: (_, value) => value,
  });
