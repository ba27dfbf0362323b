/**
 * Ram end: max_pfn, in sections of hot-addable space. A driver that adds at the end of RAM asks nobody else where that is.
 * On x86-64 adding memory moves it; the 32-bit kernel forgets to, so the next request is for the same place.
 * Source: linux arch/x86/mm/init_64.c `update_end_of_memory_vars`; 3.1 drivers/xen/balloon.c `reserve_additional_memory`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { chart, each, role, stay } from '../kit.ts';
import type { Scope } from '../scope.ts';
import { hasAdder } from './adder.ts';

interface RamEnd {
  /** First section after the last present one. */
  readonly end: number;
}

export function ramEndChart({ addMovesRamEnd }: Form, scope: Scope): ModelChart {
  const after = (l: Label) => payload(l, 'first') + payload(l, 'count');
  const adds = ['add.ok', ...(hasAdder(scope) ? ['dimm.add'] : [])];
  return chart<RamEnd>({
    id: 'ramEnd',
    kind: 'ramEnd',
    actor: 'kernel',
    families: { ...role('decides', 'place.ok', 'place.none'), ...role('observes', ...adds) },
    context: { end: 0 },
    initial: 'there',
    states: {
      there: {
        'place.ok': { when: (c, l) => payload(l, 'first') === c.end },
        'place.none': { when: (c, l) => c.end + payload(l, 'count') > scope.sections },
        ...each<RamEnd>(
          adds,
          addMovesRamEnd ? { set: (c, l) => ({ end: Math.max(c.end, after(l)) }) } : stay,
        ),
      },
    },
    observe: (c) => ({ ...c }),
    show: (c) => `RAM ends before section ${c.end}`,
  });
}
