/**
 * Where a fair loop can be: states are struck out that lie on none, until every one left can go, among those left, to what each
 * demand asks for, and came from there. Then the states that cannot be left any more hold a fair loop, so nothing is left
 * if and only if there is none (Emerson and Lei, with strong demands as they are met here: whoever is offered one can go to where
 * it is taken).
 */
import type { Question } from '../fair/question.ts';
import { apart, type Flow, type Region, type Steps, sizeOf, union } from './regions.ts';

/** A loop goes through one of these states, or takes one of these steps. */
interface Need {
  readonly steps?: Steps;
  readonly states?: Region;
}

/** `region`: where the loop may stay; `visits`: what it must pass; `few`: so many states may be left to somebody else. */
export function trimmed(
  flow: Flow,
  question: Question,
  region: Region,
  visits: Region | undefined,
  few: number,
): Region {
  const { demands, groups, inLoop, strong, takes, weak } = question;
  const loop = flow.steps((label) => inLoop[label] === 1);
  const answers = (bit: number) =>
    flow.steps((label) => inLoop[label] === 1 && ((groups[label] as number) & bit) !== 0);
  const offers = (bit: number) => flow.offered((label) => ((groups[label] as number) & bit) !== 0);
  const needs: Need[] = [
    ...(visits === undefined ? [] : [{ states: visits }]),
    ...(takes === undefined
      ? []
      : [{ steps: flow.steps((label) => inLoop[label] === 1 && takes[label] === 1) }]),
    ...demands
      .filter(({ bit }) => (weak & bit) !== 0)
      .map(({ bit }) => ({ steps: answers(bit), states: apart(flow.reached, offers(bit)) })),
  ];
  const strict = demands
    .filter(({ bit }) => (strong & bit) !== 0)
    .map(({ bit }) => ({ steps: answers(bit), offered: offers(bit) }));
  let left = region;
  for (let size = sizeOf(left), before = -1; size !== before && size > few; size = sizeOf(left)) {
    before = size;
    for (const { states, steps } of needs) {
      const here = (taken: (region: Region, steps: Steps) => Region): Region => {
        const some = steps === undefined ? flow.nothing() : taken(left, steps);
        return states === undefined ? some : union(some, states);
      };
      left = flow.backwards(
        here((its, of) => flow.sources(its, of)),
        left,
        loop,
      );
      left = flow.forwards(
        here((its, of) => flow.targets(its, of)),
        left,
        loop,
      );
    }
    for (const { offered, steps } of strict) {
      // Whoever is offered one, and cannot go to where it is taken (or did not come from there).
      const strike = (able: Region): Region => apart(left, apart(offered, able));
      left = strike(flow.backwards(flow.sources(left, steps), left, loop));
      left = strike(flow.forwards(flow.targets(left, steps), left, loop));
    }
  }
  return left;
}

/** States that some way leads to which the premise allows. */
export function allowed(flow: Flow, { opens, spoils }: Question, initial: Region): Region {
  const opened = flow.targets(
    flow.reached,
    flow.steps((label) => opens[label] === 1),
  );
  const harmless = flow.steps((label) => spoils[label] === 0);
  return flow.forwards(union(opened, initial), flow.reached, harmless);
}
