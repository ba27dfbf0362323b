/**
 * Newcomer: another domain, for which a privileged toolstack claims memory before it is built.
 *   alive ──claim.set──► (outstanding) ──claim.use──► (held)     claim.cancel takes the rest back
 *   alive ──newcomer.kill──► dying ──newcomer.free──► … ──newcomer.gone──► gone
 * A claim makes free memory unavailable to others. An allocation takes from it; where the page cannot then be assigned, the frame
 * goes back and the claim does not (`eaten`). Until 2025 the claim was lowered in a second step (`alloc`, `settle`). A domain that
 * dies loses its claim at once, and is given no other.
 * Source: xen/common/page_alloc.c `domain_set_outstanding_pages`, `alloc_heap_pages`; xen/common/memory.c `XENMEM_claim_pages`;
 * xen/common/domain.c `domain_kill`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

interface Newcomer {
  /** Frames promised and not given yet (outstanding_pages). */
  readonly outstanding: number;
  /** Frames it has. */
  readonly held: number;
}

const pages = (label: Label) => payload(label, 'pages');

/** Most pages that it has or is promised: a call's worth, or a quarter of the host. */
export const claimMax = (scope: Scope): number => Math.max(scope.batch, Math.floor(scope.hostPages / 4));

export function newcomerChart(protocol: Protocol, scope: Scope): ModelChart {
  const claims: Handlers<Newcomer> = {
    'claim.set': {
      when: (c, l) => c.outstanding === 0 && c.held + pages(l) <= claimMax(scope),
      set: (_, l) => ({ outstanding: pages(l) }),
    },
  };
  const given = (c: Newcomer, l: Label) => ({
    outstanding: c.outstanding - pages(l),
    held: c.held + pages(l),
  });
  const promised = (c: Newcomer, l: Label) => pages(l) <= c.outstanding;
  const uses: Handlers<Newcomer> = protocol.claimsSettledAtOnce
    ? { 'claim.use': { when: promised, set: given } }
    : { 'claim.alloc': { when: promised, to: 'settling' } };
  const states: Record<string, Handlers<Newcomer>> = {
    alive: {
      ...claims,
      ...uses,
      'claim.cancel': { when: (c, l) => pages(l) === c.outstanding, set: () => ({ outstanding: 0 }) },
      ...(protocol.claimSurvivesFailedAssign
        ? {}
        : {
            'claim.eaten': {
              when: promised,
              set: (c: Newcomer, l: Label) => ({ outstanding: c.outstanding - pages(l) }),
            },
          }),
      'newcomer.kill': { set: () => ({ outstanding: 0 }), to: 'dying' },
    },
    ...(protocol.claimsSettledAtOnce
      ? {}
      : { settling: { 'claim.settle': { when: promised, set: given, to: 'alive' } } }),
    dying: {
      ...(protocol.refusesClaimOfDying ? {} : claims),
      'newcomer.free': { when: (c, l) => pages(l) <= c.held, set: (c, l) => ({ held: c.held - pages(l) }) },
      'newcomer.gone': { when: (c) => c.held === 0, set: () => ({ outstanding: 0 }), to: 'gone' },
    },
    gone: {},
  };
  return chart<Newcomer>({
    id: 'newcomer',
    kind: 'newcomer',
    actor: 'newcomer',
    families: role(
      'initiates',
      ...new Set(Object.values(states).flatMap((handlers) => Object.keys(handlers))),
    ),
    context: { outstanding: 0, held: 0 },
    initial: 'alive',
    states,
    observe: (c) => ({ ...c }),
    show: (c, value) => `${value}, has ${c.held}, claims ${c.outstanding}`,
  });
}
