/**
 * Which of several guarded moves a label takes, read from the machine that XState runs: the first whose guard holds.
 */
import type { Label } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';

interface Transition {
  readonly guard?: unknown;
}
interface Node {
  readonly transitions: ReadonlyMap<string, readonly Transition[]>;
}

export interface Choice {
  /** From 0; undefined where every guard refuses. */
  readonly taken: number | undefined;
  readonly moves: number;
}

/** Undefined where the state does not speak of the family, or has one move without a guard. */
export function choiceOf(from: Stepped, label: Label): Choice | undefined {
  const nodes = (from.snapshot as unknown as { readonly _nodes: readonly Node[] })._nodes;
  const moves = nodes.flatMap((node) => node.transitions.get(label.type) ?? []);
  if (moves.length === 0 || (moves.length === 1 && moves[0]?.guard === undefined)) return undefined;
  const taken = moves.findIndex(
    ({ guard }) =>
      typeof guard !== 'function' ||
      (guard as (args: object, params: undefined) => boolean)(
        { context: from.context, event: label },
        undefined,
      ),
  );
  return { taken: taken < 0 ? undefined : taken, moves: moves.length };
}

/** `balloon: asleep ? idle.timer #2`, or `… refused`. */
export const guardText = (kind: string, from: string, family: string, taken: number | undefined): string =>
  `${kind}: ${from} ? ${family} ${taken === undefined ? 'refused' : `#${taken + 1}`}`;
