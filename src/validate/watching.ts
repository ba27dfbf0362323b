/**
 * Properties judged along an accepted run, at real size: the same sentences as in the exhaustive search.
 * `possible` properties need all runs and are not judged on one.
 */

import type { Property } from '../../properties/property.ts';
import { type Condition, isOfRuns, meets } from '../compose/observation.ts';
import type { Belief } from './belief.ts';
import type { Judge } from './world.ts';

/** Step properties that look at one chart's step. */
export function judgeOf(properties: readonly Property[]): Judge {
  return (chart, before, label, after) =>
    properties.flatMap(({ id, watch }) =>
      watch.kind === 'step' &&
      watch.on === chart.kind &&
      watch.holds !== undefined &&
      !watch.holds(chart.observe(before), label, chart.observe(after))
        ? [id]
        : [],
    );
}

/** Ids of properties that this belief breaks now, or broke by the labels it has just taken. */
export function brokenNow(properties: readonly Property[], belief: Belief): string[] {
  return properties.flatMap(({ id, watch }) => {
    if (watch.kind === 'step') {
      const taken = belief.trail.some(({ type }) => watch.never.includes(type));
      return taken || belief.brokenSteps.includes(id) ? [id] : [];
    }
    if (!isOfRuns(watch)) return [];
    const instances = watch.perIndex ? belief.sections.filter((index) => index >= 0) : [undefined];
    const holds = instances.every((index) =>
      watch.clauses.every((conditions) => !conditions.every((condition) => met(belief, condition, index))),
    );
    return holds ? [] : [id];
  });
}

function met(belief: Belief, condition: Condition, index: number | undefined): boolean {
  let total = 0;
  for (const [term, weight] of Object.entries(condition.sum)) {
    const [kind = '', quantity = ''] = term.split('.');
    total +=
      weight * (index === undefined ? belief.sum(kind, quantity) : belief.sumAt(kind, quantity, index));
  }
  return meets(total, condition);
}
