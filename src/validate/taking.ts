/**
 * A belief takes labels; where Xen's side, of which a log shows little, is all that refuses, its limit is solved from the record.
 */
import type { Belief, Step } from './belief.ts';
import type { Action, Reading } from './mapping.ts';
import { PLENTY } from './world.ts';

/** The labels of a reading, one after the other: all the ways it can go. */
export function follow(before: Belief, reading: Reading): readonly Step[] {
  let steps: readonly Step[] = [{ ok: true, belief: before }];
  for (const action of reading)
    steps = steps.flatMap((step) => (step.ok ? perform(step.belief, action) : [step]));
  return steps;
}

/** A refusal by the hypervisor alone assumes another limit: none for a grant, what the domain has for a call that ends short. */
function perform(belief: Belief, action: Action): readonly Step[] {
  const act = (from: Belief): readonly Step[] =>
    action.kind === 'label' ? [from.take(action.label)] : action.act(from);
  const direct = act(belief);
  const blocked = direct.every(
    (step) => !step.ok && step.refused.every(({ chart }) => chart === 'hypervisor'),
  );
  if (!blocked) return direct;
  const ends = action.kind === 'label' && /\.(short|refused)$/.test(action.label.type);
  const limit = belief.take(
    { type: 'max.set', pages: ends ? belief.sum('hypervisor', 'tot') : PLENTY },
    'assumed',
  );
  return limit.ok ? act(limit.belief) : direct;
}
