/**
 * Toolstack: how a target reaches the guest.
 *   idle ──max.set──► capped ──target.set──► idle      libxl: limit first, then target, always both
 *          HVM filled on demand: capped ──podset.*──► ready ──target.set──► idle; where the host is out of frames the order is
 *          dropped there, and the limit stays or (`undoing`) is put back
 * A root writer of sysfs skips the limit (writer `any`, used for real logs, where either may happen).
 * Source: tools/libs/light/libxl_mem.c `libxl_set_memory_target`; linux drivers/xen/xen-balloon.c `store_target_kb`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { POD_TARGETS, podOn } from './pod.ts';

interface Toolstack {
  /** Last target written, pages. */
  readonly target: number;
  /** Limit set and not yet followed by its target; 0 when none. */
  readonly pending: number;
}

export function toolstackChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const libxl = scope.writer === 'libxl';
  const pod = podOn(form, scope);
  const writes: Handlers<Toolstack> = {
    'target.set': {
      when: (c, l) => payload(l, 'pages') === c.pending,
      set: (c) => ({ target: c.pending, pending: 0 }),
      to: 'idle',
    },
  };
  return chart<Toolstack>({
    id: 'toolstack',
    kind: 'toolstack',
    actor: 'toolstack',
    families: role('initiates', 'max.set', 'target.set', ...(pod ? POD_TARGETS : [])),
    dense: ['value', 'target', 'pending'],
    context: { target: scope.targets[0] ?? scope.bootPages, pending: 0 },
    initial: 'idle',
    states: {
      idle: {
        'max.set': libxl
          ? {
              when: (c, l) => payload(l, 'pages') !== c.target,
              set: (_, l) => ({ pending: payload(l, 'pages') }),
              to: 'capped',
            }
          : stay,
        ...(libxl ? {} : { 'target.set': { set: (_, l) => ({ target: payload(l, 'pages') }) } }),
      },
      capped: {
        // Without a lock somebody else's limit may come in between.
        ...(protocol.ordersLocked
          ? {}
          : { 'max.set': { when: (c: Toolstack, l: Label) => payload(l, 'pages') !== c.pending } }),
        ...(pod
          ? {
              ...each<Toolstack>(['podset.none', 'podset.grow'], { to: 'ready' }),
              'podset.enomem': {
                set: () => ({ pending: 0 }),
                to: protocol.undoesLimit ? 'undoing' : 'idle',
              },
            }
          : writes),
      },
      ...(pod ? { ready: writes } : {}),
      ...(pod && protocol.undoesLimit
        ? {
            undoing: {
              'max.set': { when: (c: Toolstack, l: Label) => payload(l, 'pages') === c.target, to: 'idle' },
            },
          }
        : {}),
    },
    observe: (c, value) => ({
      target: c.target,
      pending: value === 'idle' ? 0 : 1,
      pairs: libxl ? 1 : 0,
    }),
    show: (c, value) =>
      value === 'undoing'
        ? 'limit to be put back'
        : value === 'idle'
          ? `target ${c.target}`
          : `limit ${c.pending} set, target next`,
  });
}
