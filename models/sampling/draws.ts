/** What every drawing of pages does. */
import type { Chance } from './sampling.ts';

/** 1 … most: mostly all, or a boundary. */
export function some(most: number, batch: number, chance: Chance): number {
  if (most <= 1) return most;
  const choices = [most, most, most, 1, most - 1, Math.min(batch, most), 1 + chance.below(most)];
  return choices[chance.below(choices.length)] ?? most;
}
