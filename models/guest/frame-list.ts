/**
 * Frame list: what a paravirtualised guest publishes of its P2M (pfn_to_mfn_list_list), for whoever saves it.
 *   right ──suspend.ok──► right (rebuilt while the guest resumes), or stale: it names the frames of before
 * Source: linux arch/x86/xen/suspend_pv.c `xen_pv_post_suspend`, arch/x86/xen/p2m.c `xen_build_mfn_list_list`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { STOPS } from '../host/migrator.ts';
import { chart, each, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';

export function frameListChart({ rebuildsFrameList }: Protocol): ModelChart {
  return chart<Record<string, never>>({
    id: 'frameList',
    kind: 'frameList',
    actor: 'guest',
    families: role('observes', ...STOPS),
    context: {},
    initial: 'right',
    states: {
      right: each<Record<string, never>>(STOPS, rebuildsFrameList ? stay : { to: 'stale' }),
      ...(rebuildsFrameList ? {} : { stale: each<Record<string, never>>(STOPS, stay) }),
    },
    observe: (_, value) => ({ stale: value === 'stale' ? 1 : 0 }),
    show: (_, value) => value,
  });
}
