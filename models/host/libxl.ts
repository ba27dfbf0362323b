/**
 * The toolstack as libxl really is: two operations, each a hypercall and then a write to xenstore that may fail.
 *   mem-set   idle ──max.set──► capped ──store.set──► idle       limit first, then memory/target, in a transaction
 *                               capped ──store.again──► retrying ──max.set──► capped     (the transaction met another: all over again)
 *                               capped ──store.fail──► idle      (the hypercall is not undone)
 *   mem-max   idle ──memmax.set──► raising ──memmax.write──► idle   limit, then memory/static-max
 *                                  raising ──memmax.fail──► idle
 * mem-set is refused above static-max, mem-max below the target that stands. `limit` is a ghost: what the last operation that
 * succeeded has set. A tool that undoes its hypercall (`undoesLimit`; none does) sets that again (`undoing`).
 * The guest hears of a target through a watch, which says only that something was written (`xenstore`): of several writes
 * it may see the last alone.
 * Source: xen tools/libs/light/libxl_mem.c `libxl_domain_setmaxmem`, `libxl_set_memory_target`; linux
 * drivers/xen/xen-balloon.c `watch_target`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { looksFirst } from '../guest/first-look.ts';
import { chart, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

interface Libxl {
  /** memory/target and memory/static-max. */
  readonly stored: number;
  readonly staticMax: number;
  readonly limit: number;
  /** What the operation in hand is about; 0 where there is none. */
  readonly pending: number;
  /** Last target that the guest was told. */
  readonly target: number;
}

const pages = (label: Label) => payload(label, 'pages');

export function libxlChart(protocol: Protocol, scope: Scope): ModelChart {
  const start = scope.targets[0] ?? scope.bootPages;
  const begun = (_: Libxl, l: Label) => ({ pending: pages(l) });
  const isPending = (c: Libxl, l: Label) => pages(l) === c.pending;
  const failed = protocol.undoesLimit ? { to: 'undoing' } : { set: () => ({ pending: 0 }), to: 'idle' };
  const told: Handlers<Libxl> = {
    'target.set': { set: (_, l) => ({ target: pages(l) }) },
    ...(looksFirst(scope)
      ? { 'look.first': { when: (c: Libxl, l: Label) => pages(l) === c.staticMax } }
      : {}),
  };
  const states: Record<string, Handlers<Libxl>> = {
    idle: {
      'max.set': { when: (c, l) => pages(l) <= c.staticMax, set: begun, to: 'capped' },
      'memmax.set': { when: (c, l) => pages(l) >= c.stored, set: begun, to: 'raising' },
    },
    capped: {
      'store.set': {
        when: isPending,
        set: (c) => ({ stored: c.pending, limit: c.pending, pending: 0 }),
        to: 'idle',
      },
      'store.again': { to: 'retrying' },
      'store.fail': failed,
    },
    retrying: { 'max.set': { when: isPending, to: 'capped' } },
    raising: {
      'memmax.write': {
        set: (c) => ({ staticMax: c.pending, limit: c.pending, pending: 0 }),
        to: 'idle',
      },
      'memmax.fail': failed,
    },
    ...(protocol.undoesLimit
      ? {
          undoing: {
            'max.set': { when: (c, l) => pages(l) === c.limit, set: () => ({ pending: 0 }), to: 'idle' },
          },
        }
      : {}),
  };
  return chart<Libxl>({
    id: 'toolstack',
    kind: 'toolstack',
    actor: 'toolstack',
    families: {
      ...role('initiates', ...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers)))),
      ...role('observes', 'target.set'),
      ...(looksFirst(scope) ? role('decides', 'look.first') : {}),
    },
    dense: ['value', 'stored', 'limit', 'pending', 'target'],
    context: {
      stored: start,
      staticMax: looksFirst(scope) ? start : Math.max(...scope.targets),
      limit: start,
      pending: 0,
      target: start,
    },
    initial: 'idle',
    states: Object.fromEntries(
      Object.entries(states).map(([state, handlers]) => [state, { ...handlers, ...told }]),
    ),
    observe: (c, value) => ({
      target: c.target,
      pending: value === 'idle' ? 0 : 1,
      pairs: 0,
      stored: c.stored,
      staticMax: c.staticMax,
      limit: c.limit,
    }),
    show: (c, value) => `${value}, target ${c.stored} of ${c.staticMax} at most`,
  });
}

interface Xenstore {
  /** memory/target. */
  readonly value: number;
  /** Written since the guest last read it. */
  readonly news: number;
}

export function xenstoreChart(scope: Scope): ModelChart {
  const looks = looksFirst(scope);
  const written: Handlers<Xenstore> = { 'store.set': { set: (_, l) => ({ value: pages(l), news: 1 }) } };
  return chart<Xenstore>({
    id: 'xenstore',
    kind: 'xenstore',
    actor: 'xenstore',
    families: {
      ...role('observes', 'store.set'),
      ...role('initiates', 'target.set', ...(looks ? ['look.first'] : [])),
    },
    context: { value: scope.targets[0] ?? scope.bootPages, news: 0 },
    initial: looks ? 'unseen' : 'there',
    states: {
      // The watch fires once by itself, and what stands is then read as a target.
      ...(looks ? { unseen: { ...written, 'look.first': { set: () => ({ news: 1 }), to: 'there' } } } : {}),
      there: {
        ...written,
        'target.set': { when: (c, l) => c.news === 1 && pages(l) === c.value, set: () => ({ news: 0 }) },
      },
    },
    observe: (c, value) => ({ ...c, ...(looks ? { looked: value === 'there' ? 1 : 0 } : {}) }),
    show: (c) => `target ${c.value}${c.news === 1 ? ', not read yet' : ''}`,
  });
}
