/**
 * High memory (32 bits with PAE): hot-added pages have no direct map, go to the tail of the balloon list and are counted in
 * balloon_high; boot memory goes to its head and is counted in balloon_low. The books chart holds the length of the list; this one
 * holds its two parts, fed by the same labels, and decides what depends on the order:
 *   a populate takes pages from the head, so a high page only when no low one is left;
 *   whoever borrows needs a page with a direct map: from the head if that is low, or else a page is given up, a low one.
 * Source: linux drivers/xen/balloon.c until 5.x `balloon_append`, `balloon_retrieve`, `alloc_xenballooned_pages`, `add_ballooned_pages`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { otherDecreases } from '../host/references.ts';
import { chart, each, type Handlers, role, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { bootBooks, ceiling, kept } from './counters.ts';

interface HighMem {
  /** balloon_low and balloon_high. */
  readonly low: number;
  readonly high: number;
  /** High pages that are counted in low. */
  readonly misfiled: number;
}

/** Whoever borrows asks for more, finding no low page: a page given up, or memory. */
const ON_NO_LOW_PAGE = ['lend.nomem', 'lend.forgo', 'userneed.none', 'userreserve.ok', 'userreserve.nogap'];

export function highmemChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const size = (l: Label) => payload(l, 'pages');
  const isHigh = (l: Label) => payload(l, 'section') !== BOOT;
  const list = (sign: 1 | -1) =>
    kept<HighMem>((c, l) => {
      const more = sign * size(l);
      if (!isHigh(l)) return { ...c, low: c.low + more };
      return protocol.countsHigh
        ? { ...c, high: c.high + more }
        : { ...c, low: c.low + more, misfiled: c.misfiled + more };
    }, ceiling(scope));
  const whenOn = (when: (c: HighMem, l: Label) => boolean, moves: ReturnType<typeof list>) =>
    moves.map((move) => ({
      ...move,
      when: (c: HighMem, l: Label) => when(c, l) && (move.when?.(c, l) ?? true),
    }));
  const observed: Handlers<HighMem> = {
    ...each<HighMem>(['decrease.ok', ...otherDecreases(form, scope), 'lend.free', 'lend.freelive'], list(1)),
    ...(protocol.callback === 'allocator' ? {} : each<HighMem>(['online.page', 'autoonline.page'], list(1))),
    ...(protocol.countsKeptPage ? each<HighMem>(['online.kept', 'autoonline.kept'], list(1)) : {}),
  };
  const noLow = (c: HighMem) => c.low === c.misfiled;
  const fromHead = (c: HighMem, l: Label) => !isHigh(l) || noLow(c) || protocol.listOrder === 'any';
  const decided: Handlers<HighMem> = {
    ...each<HighMem>(['populate.ok', 'populate.over'], whenOn(fromHead, exclusive(list(-1)))),
    ...each<HighMem>(
      ['lend.take', 'lend.live'],
      whenOn((_, l) => !isHigh(l), exclusive(list(-1))),
    ),
    'lend.inflate': whenOn((c, l) => !isHigh(l) && noLow(c), exclusive(list(1))),
    ...each<HighMem>(ON_NO_LOW_PAGE, { when: noLow }),
  };
  const families = Object.keys(observed);
  const lost = { ...each<HighMem>(families, stay), ...each<HighMem>(Object.keys(decided), stay) };
  return chart<HighMem>({
    id: 'highmem',
    kind: 'highmem',
    actor: 'driver',
    families: { ...role('observes', ...families), ...role('decides', ...Object.keys(decided)) },
    context: { low: bootBooks(protocol, scope).low, high: 0, misfiled: 0 },
    initial: 'counting',
    states: { counting: { ...observed, ...decided }, wrapped: lost, overflow: lost },
    observe: ({ low, high, misfiled }, value) => ({
      ...{ low, high },
      /** On the list, with a direct map. */
      lowLeft: low - misfiled,
      counts: 1,
      wrapped: value === 'wrapped' ? 1 : 0,
      overflow: value === 'overflow' ? 1 : 0,
    }),
    show: (c, value) => (value === 'counting' ? `low ${c.low}, high ${c.high}` : value),
  });
}

/** The last of these is an else: with a guard of its own, a guard can be put before it. */
function exclusive(moves: ReturnType<typeof kept<HighMem>>): ReturnType<typeof kept<HighMem>> {
  const earlier = moves.slice(0, -1);
  return moves.map((move) =>
    move.when === undefined
      ? { ...move, when: (c, l) => !earlier.some(({ when }) => when?.(c, l) === true) }
      : move,
  );
}
