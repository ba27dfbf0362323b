/**
 * Environment: actors that a scope switches on.
 *   onliner      somebody writes `online` to a block's state file
 *   offliner     somebody writes `offline`
 *   rival        takes and gives back intervals of iomem (PCI BARs, other hot-adders)
 *   otherDomain  takes and gives back host memory
 *   suspender    saves and restores the guest: one step, as nothing of the guest runs in between; frames that the P2M does not name are lost
 * Source: linux drivers/base/memory.c `state_store`; udev rules that online added memory.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import { chart, each, role, stay } from '../kit.ts';
import { blockOf, type Scope } from '../scope.ts';

interface Writer {
  /** Block being moved; 0 while idle. */
  readonly block: number;
}

export function onlinerChart(scope: Scope): ModelChart {
  const same = (c: Writer, l: Label) => payload(l, 'block') === c.block;
  const inside = (c: Writer, l: Label) => blockOf(scope, payload(l, 'section')) === c.block;
  return writer('onliner', 'online.begin', {
    ...each<Writer>(['online.page', 'online.kept'], { when: inside }),
    ...each<Writer>(['online.done', 'online.veto'], { when: same, set: () => ({ block: 0 }), to: 'idle' }),
  });
}

export function offlinerChart(): ModelChart {
  const same = (c: Writer, l: Label) => payload(l, 'block') === c.block;
  return writer(
    'offliner',
    'offline.begin',
    each<Writer>(['offline.done', 'offline.cancel'], { when: same, set: () => ({ block: 0 }), to: 'idle' }),
    { 'offline.ebusy': stay },
  );
}

function writer(
  id: string,
  begin: string,
  busy: ReturnType<typeof each<Writer>>,
  idle: ReturnType<typeof each<Writer>> = {},
): ModelChart {
  const begins = { set: (_: Writer, l: Label) => ({ block: payload(l, 'block') }), to: 'busy' };
  return chart<Writer>({
    id,
    kind: id,
    actor: id,
    families: role('initiates', begin, ...Object.keys(busy), ...Object.keys(idle)),
    context: { block: 0 },
    initial: 'idle',
    states: { idle: { [begin]: begins, ...idle }, busy },
    observe: (_, value) => ({ busy: value === 'busy' ? 1 : 0 }),
    show: (c, value) => (value === 'idle' ? 'idle' : `busy with block ${c.block}`),
  });
}

/** An actor that may always do what it does; others decide. */
function always(id: string, ...families: readonly string[]): ModelChart {
  return chart<Record<string, never>>({
    id,
    kind: id,
    actor: id,
    families: role('initiates', ...families),
    context: {},
    initial: 'there',
    states: { there: each(families, stay) },
    observe: () => ({}),
  });
}

export const rivalChart = (): ModelChart => always('rival', 'intrude', 'withdraw');
export const otherDomainChart = (): ModelChart => always('otherDomain', 'host.take', 'host.give');
export const suspenderChart = (): ModelChart => always('suspender', 'suspend.ok');
