/**
 * What a memory manager of a host makes of what it sees: whose target changes next, and to what.
 *   proportional   (squeezed) what is left above everybody's minimum is shared by the width of the ranges
 * Whoever has to free comes first; others are given more only when nobody has to free.
 * Source: xen-api ocaml/squeezed/lib/squeeze.ml `allocate_memory_in_proportion`, `compute_target_adjustments`, `one_iteration`.
 */

/** A domain as the manager sees it, in frames. */
export interface Managed {
  readonly actual: number;
  readonly min: number;
  /** What a share is added to: the minimum. */
  readonly base: number;
  readonly max: number;
}

/** New targets, by place in the list; undefined where it stays. */
export function proportional(
  free: number,
  goal: number,
  domains: readonly (Managed | undefined)[],
): readonly (number | undefined)[] {
  const active = domains.flatMap((domain) => domain ?? []);
  const most = free + active.reduce((sum, { actual, min }) => sum + Math.max(0, actual - min), 0);
  const range = active.reduce((sum, { min, max }) => sum + max - min, 0);
  const surplus = Math.min(Math.max(0, most - goal), range);
  const shares = domains.map(
    (domain) =>
      domain && domain.base + (range === 0 ? 0 : Math.floor((surplus * (domain.max - domain.min)) / range)),
  );
  const frees = (share: number | undefined, at: number) =>
    share !== undefined && share < (domains[at]?.actual ?? 0);
  return shares.some(frees) ? shares.map((share, at) => (frees(share, at) ? share : undefined)) : shares;
}
