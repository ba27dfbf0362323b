/**
 * What a memory manager of a host makes of what it sees: whose target changes next, and to what.
 *   proportional   (squeezed) what is left above everybody's minimum is shared by the width of the ranges. Whoever has to free comes
 *                  first; others are given more only when nobody has to free
 *   byPreference   (qmemman) everybody is to have what he says he needs, and of the rest a share of that size; where there is not
 *                  enough, who has more than he needs goes down to that, and the others share what is then left over
 *   borrowed       (qmemman) frames for somebody new, from those who have more than they need, by how much more
 * Source: xen-api ocaml/squeezed/lib/squeeze.ml `allocate_memory_in_proportion`, `compute_target_adjustments`, `one_iteration`;
 * qubes-core-admin qubes/qmemman/algo.py `balance`, `balance_when_enough_mem`, `balance_when_low_on_mem`, `balloon`.
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

/** A domain as a daemon sees it that asks what each needs, in frames. */
export interface Preferring {
  /** What it has, or may still take. */
  readonly actual: number;
  readonly pref: number;
  readonly max: number;
}

type Shares = readonly (number | undefined)[];

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
const need = ({ pref, actual }: Preferring): number => pref - actual;
const gives = (domain: Preferring): boolean => need(domain) < 0 || domain.actual >= domain.max;

/** New targets, by place in the list; undefined where it stays. */
export function byPreference(free: number, domains: readonly (Preferring | undefined)[]): Shares {
  const available = free - sumOf(domains.flatMap((domain) => (domain ? [need(domain)] : [])));
  return available > 0 ? whereEnough(available, domains) : whereScarce(free, domains);
}

function whereEnough(available: number, domains: readonly (Preferring | undefined)[]): Shares {
  const total = sumOf(domains.flatMap((domain) => domain?.pref ?? []));
  const shares = domains.map(
    (domain) => domain && Math.floor(domain.pref + (domain.pref * available) / total),
  );
  // What is above somebody's maximum goes to the others in equal parts.
  let left = sumOf(domains.map((domain, at) => Math.max(0, (shares[at] ?? 0) - (domain?.max ?? 0))));
  let takers = domains.filter((domain, at) => domain && (shares[at] ?? 0) <= domain.max).length;
  const capped = shares.map((share, at) => share && Math.min(share, domains[at]?.max ?? share));
  while (left > 0 && takers > 0) {
    const bonus = Math.floor(left / takers);
    left = 0;
    capped.forEach((share, at) => {
      const max = domains[at]?.max;
      if (share === undefined || max === undefined || share >= max) return;
      capped[at] = Math.min(max, share + bonus);
      if (share + bonus < max) return;
      left += share + bonus - max;
      takers--;
    });
  }
  return capped;
}

/** What those have who give is taken off what is free, not put to it: the others wait for the next time (as the code is). */
function whereScarce(free: number, domains: readonly (Preferring | undefined)[]): Shares {
  const active = domains.flatMap((domain) => domain ?? []);
  const left = free + sumOf(active.filter(gives).map((domain) => Math.min(0, need(domain))));
  const total = sumOf(active.filter((domain) => !gives(domain)).map(({ pref }) => pref));
  return domains.map((domain) => {
    if (domain === undefined) return undefined;
    if (gives(domain)) return need(domain) < 0 ? domain.pref : undefined;
    return left < 0
      ? undefined
      : Math.min(domain.max, Math.floor(domain.actual + (domain.pref * left) / total));
  });
}

/** New targets that free so many frames; undefined where nobody, or all together, can give so much. */
export function borrowed(frames: number, domains: readonly (Preferring | undefined)[]): Shares | undefined {
  const spare = (domain: Preferring | undefined) => (domain ? Math.max(0, -need(domain)) : 0);
  const available = sumOf(domains.map(spare));
  if (available < frames) return undefined;
  return domains.map((domain) =>
    domain && spare(domain) > 0 ? domain.actual - Math.ceil((spare(domain) * frames) / available) : undefined,
  );
}
