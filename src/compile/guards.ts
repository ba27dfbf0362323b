/**
 * Lint: of several transitions for one label, at most one guard may be true; the last may be an explicit else.
 * XState would silently take the first.
 */
import type { Label } from '../core/label.ts';
import type { Stepped } from '../step/stepper.ts';

interface Transition {
  readonly guard?: unknown;
}
interface Node {
  readonly transitions: ReadonlyMap<string, readonly Transition[]>;
}

/** How many guarded alternatives of this label are true together in this local state (an unguarded last one is an else). */
export function trueGuards(from: Stepped, label: Label): number {
  const nodes = (from.snapshot as unknown as { _nodes: readonly Node[] })._nodes;
  let most = 0;
  for (const node of nodes) {
    const all = node.transitions.get(label.type) ?? [];
    // Nothing behind an unguarded alternative can ever be taken.
    if (all.slice(0, -1).some(({ guard }) => guard === undefined)) return all.length;
    const guarded = all.filter(({ guard }) => typeof guard === 'function');
    if (guarded.length < 2) continue;
    const holds = guarded.filter(({ guard }) =>
      (guard as (args: object, params: undefined) => boolean)(
        { context: from.context, event: label },
        undefined,
      ),
    );
    most = Math.max(most, holds.length);
  }
  return most;
}
