/**
 * A trace is shown only after XState itself has run it: one actor a chart, each label sent to its owners.
 */
import { createActor } from 'xstate';
import type { Product } from '../compose/product.ts';
import { roleIn } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { stateKey } from '../step/stepper.ts';

/** Local states (as keys) of every chart after each label; entry 0 is the start. Throws where XState refuses a label: a bug of ours. */
export function replay(product: Product, trace: readonly Label[]): readonly (readonly string[])[] {
  const actors = product.tables.map(({ chart }) => createActor(chart.machine).start());
  const keys = () =>
    actors.map((actor) => {
      const { value, context } = actor.getSnapshot();
      return stateKey(typeof value === 'string' ? value : JSON.stringify(value), context);
    });
  const states = [keys()];
  trace.forEach((label, step) => {
    product.tables.forEach(({ chart }, at) => {
      if (roleIn(chart, label) === undefined) return;
      const actor = actors[at];
      if (actor === undefined || !actor.getSnapshot().can(label))
        throw new Error(`XState's ${chart.id} refuses step ${step + 1}, ${labelText(label)}`);
      actor.send(label);
    });
    states.push(keys());
  });
  for (const actor of actors) actor.stop();
  return states;
}

/** Throws unless the tables pass through the very states that XState does. */
export function confirmReplay(
  product: Product,
  trace: readonly Label[],
  locals: readonly Int32Array[],
): void {
  const states = replay(product, trace);
  states.forEach((keys, step) => {
    keys.forEach((key, chart) => {
      const table = product.tables[chart];
      const ours = table?.local(locals[step]?.[chart] ?? -1).key;
      if (ours !== key)
        throw new Error(
          `after step ${step} XState's ${table?.chart.id} is in ${key}, the table says ${ours}`,
        );
    });
  });
}
