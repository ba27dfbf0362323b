/**
 * Second borrower: somebody else who asks for a page of the balloon while a first does, waits, and gives the request up.
 * What it would get is not looked at, only the count that it keeps under balloon_mutex (target_unpopulated). The first mends that
 * count outside the mutex after a request that failed: it reads it (`fixread`) and writes it back (`fixup`), and what the second
 * has counted in between is lost.
 * Source: linux drivers/xen/balloon.c `xen_alloc_ballooned_pages` (its end: `balloon_stats.target_unpopulated -= nr_pages - pgno`).
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, lends, type Scope } from '../scope.ts';

export const hasSecondBorrower = (scope: Scope): boolean => has(scope, 'secondBorrower') && lends(scope);

/** Reading and writing the count are two steps. */
export const fixesInTwo = (protocol: Protocol, scope: Scope): boolean =>
  hasSecondBorrower(scope) && protocol.settlesFailedLend && !protocol.fixesUnderMutex;

interface SecondBorrower {
  readonly asks: number;
}

const isOne = (label: Label): boolean => payload(label, 'pages') === 1;

export function secondBorrowerChart(): ModelChart {
  return chart<SecondBorrower>({
    id: 'secondBorrower',
    kind: 'secondBorrower',
    actor: 'secondBorrower',
    families: role('initiates', 'second.ask', 'second.end'),
    context: { asks: 0 },
    initial: 'there',
    states: {
      there: {
        'second.ask': { when: (c, l) => c.asks === 0 && isOne(l), set: () => ({ asks: 1 }) },
        'second.end': { when: (c, l) => c.asks === 1 && isOne(l), set: () => ({ asks: 0 }) },
      },
    },
    observe: (c) => ({ ...c }),
    show: (c) => (c.asks === 0 ? 'idle' : 'waits for a page'),
  });
}
