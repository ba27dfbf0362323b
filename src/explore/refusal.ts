/**
 * Who refuses a label here, and why as far as a chart can tell: its state does not know the family, or its guard says no.
 * A guard is a function; what can be told of it is what it read, and which labels of the family it would let through.
 */
import { REFUSED } from '../compile/table.ts';
import type { Owner, Product } from '../compose/product.ts';
import { labelText } from '../core/label.ts';
import type { LiveRefusal } from './live-state.ts';
import { type Locals, tableAt } from './picture.ts';

/** Longer lists say no more. */
const OTHERS_MAX = 4;

export function refusalOf(product: Product, locals: Locals, label: number, owner: Owner): LiveRefusal {
  const table = tableAt(product, owner.chart);
  const { chart } = table;
  const at = locals[owner.chart] ?? 0;
  const local = table.local(at);
  const family = product.labels[label]?.type ?? '';
  const states = chart.machine.config.states ?? {};
  const takes = (state: string): boolean => states[state]?.on?.[family] !== undefined;
  const told = {
    chart: chart.id,
    role: owner.role,
    state: local.value,
    show: chart.show?.(local) ?? local.value,
  };
  if (!takes(local.value))
    return { ...told, why: 'state', takenIn: Object.keys(states).filter(takes), read: '', wouldTake: [] };
  const others = table.labels.flatMap((id, own) => {
    const other = product.labels[id];
    return other?.type === family && table.successor(at, own) !== REFUSED ? [labelText(other)] : [];
  });
  const read = Object.entries(local.context).map(([key, value]) => `${key} ${value}`);
  return {
    ...told,
    why: 'guard',
    takenIn: [],
    read: read.join(', '),
    wouldTake: others.slice(0, OTHERS_MAX),
  };
}
