/**
 * Orbits on the host: the size of one, and runs through states that stand for theirs, told in the names of one run.
 */
import type { Product } from '../../compose/product.ts';
import type { Motion } from './motion.ts';
import type { Symmetry } from './symmetry.ts';

type Locals = Int32Array;

function keys({ sections, keys }: Symmetry, locals: Locals): bigint[] {
  const all = new Array<bigint>(sections).fill(0n);
  for (const [chart, shares] of keys.shares)
    for (const [section, values] of shares)
      all[section] = (all[section] ?? 0n) | (values[locals[chart] as number] ?? 0n);
  return all;
}

/** States that are the same as this one but for names, itself among them. */
export function orbitSize(symmetry: Symmetry, locals: Locals): number {
  const all = keys(symmetry, locals);
  if (symmetry.isMirror) return all.every((key, at) => key === all.at(-1 - at)) ? 1 : 2;
  const alike = new Map<bigint, number>();
  return all.reduce((size, key, at) => {
    const times = (alike.get(key) ?? 0) + 1;
    alike.set(key, times);
    return (size * (at + 1)) / times;
  }, 1);
}

/** The state that stands for the orbit, and the motions that lead to it. */
export function canonical(
  symmetry: Symmetry,
  locals: Locals,
): { readonly locals: Locals; readonly by: readonly Motion[] } {
  const by: Motion[] = [];
  let at = locals;
  const take = (n: number): void => {
    const motion = symmetry.motions[n] as Motion;
    by.push(motion);
    at = moved(symmetry, motion, at);
  };
  if (symmetry.isMirror) {
    const all = keys(symmetry, at);
    const differ = all.findIndex((key, n) => key !== all.at(-1 - n));
    if (differ >= 0 && (all[differ] as bigint) > (all.at(-1 - differ) as bigint)) take(0);
    return { locals: at, by };
  }
  for (let last = symmetry.sections - 1; last > 0; last--)
    for (let n = 0; n < last; n++) {
      const all = keys(symmetry, at);
      if ((all[n] as bigint) > (all[n + 1] as bigint)) take(n);
    }
  return { locals: at, by };
}

function moved(symmetry: Symmetry, { charts, locals }: Motion, from: Locals): Locals {
  const to = from.slice();
  for (const chart of symmetry.moved)
    to[charts[chart] as number] = (locals[chart] as Int32Array)[from[chart] as number] as number;
  return to;
}

/** The run that these labels are, each taken in a state that stands for its orbit, in names that stay the same throughout. */
export function concreteRun(product: Product, symmetry: Symmetry, labels: readonly number[]): number[] {
  let here: Locals = new Int32Array(product.tables.length);
  /** Per label, its name in the run. */
  let names = product.labels.map((_, label) => label);
  return labels.map((label) => {
    const { locals, by } = canonical(symmetry, after(product, here, label));
    const name = names[label] as number;
    here = locals;
    for (const motion of by) names = motion.labels.map((is) => names[is] as number);
    return name;
  });
}

function after({ tables, owners }: Product, from: Locals, label: number): Locals {
  const to = from.slice();
  for (const { chart, own } of owners[label] ?? [])
    to[chart] = tables[chart]?.successor(from[chart] as number, own) ?? -1;
  return to;
}
