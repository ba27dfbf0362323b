/**
 * Simpler forms of labels and runs: lower sections and blocks, shorter runs of sections, fewer pages.
 */
import type { Label, PayloadKey } from '../core/label.ts';

/** The least, then less by half of the way, a quarter, … by one: whatever is found, few steps lead there. */
function lower(value: number, least: number): number[] {
  if (value <= least) return [];
  const found = [least];
  for (let by = (value - least) / 2; by >= 1; by /= 2) found.push(value - Math.floor(by));
  return [...new Set([...found, value - 1])];
}

const LEAST: readonly (readonly [PayloadKey, number])[] = [
  ['section', 0],
  ['block', 0],
  ['first', 0],
  ['count', 1],
  ['pages', 1],
];

/** Simplest first; one number changed at a time. */
export function simplerLabel<L extends Label>(label: L): readonly L[] {
  return LEAST.flatMap(([key, least]) => {
    const value = label[key];
    return value === undefined ? [] : lower(value, least).map((one): L => ({ ...label, [key]: one }));
  });
}

/** A number that stands in several labels, lowered in all of them at once: sections first, then pages of a kind. */
export function simplerRuns<L extends Label>(labels: readonly L[]): readonly (readonly L[])[] {
  return [...swapped(labels), ...fewerPages(labels)];
}

/** Two sections (their blocks and slots with them) change places. Blocks of several sections keep their numbers. */
function swapped<L extends Label>(labels: readonly L[]): (readonly L[])[] {
  const used = new Set(
    labels.flatMap(({ section, block, first }) => [section, block, first].filter((n) => n !== undefined)),
  );
  const high = [...used].filter((index) => index > 0).sort((a, b) => a - b);
  return high.flatMap((index) =>
    lower(index, 0).map((to) => {
      const swap = (n: number) => (n === index ? to : n === to ? index : n);
      return labels.map(
        (label): L => ({
          ...label,
          ...(label.section === undefined ? {} : { section: swap(label.section) }),
          ...(label.block === undefined ? {} : { block: swap(label.block) }),
          ...(label.first === undefined ? {} : { first: swap(label.first) }),
        }),
      );
    }),
  );
}

/** The same page count wherever it stands, or in the labels of one family. */
function fewerPages<L extends Label>(labels: readonly L[]): (readonly L[])[] {
  const counts = [...new Set(labels.flatMap(({ pages }) => pages ?? []))].sort((a, b) => b - a);
  return counts.flatMap((value) =>
    lower(value, 1).map((to) =>
      labels.map((label): L => (label.pages === value ? { ...label, pages: to } : label)),
    ),
  );
}
