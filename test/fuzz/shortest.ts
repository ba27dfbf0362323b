/**
 * A bug planted in the charts is found at 64 sections of 32 768 pages and shrinks to what the exhaustive search finds as the
 * shortest run in a small scope: the same families in the same order, repeats folded (a small section takes two fills, a real one
 * as many as it likes). Steps of actors that do not touch each other may stand in another order. Bugs that show in a decrease are compared where boot memory can shrink, as it can at real size.
 */
import { expect } from 'vitest';
import type { Scope } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { setupFor } from '../../src/cli/fuzz/task.ts';
import { runOnce } from '../../src/fuzz/campaign.ts';
import { collapsed } from '../../src/fuzz/collapse.ts';
import { rerunUntil } from '../../src/fuzz/rerun.ts';
import { shrink } from '../../src/trace/shrink.ts';
import { outcome } from '../support/explored.ts';
import { REAL } from './fuzzed.ts';

/** Boot memory of two pages, of which one may be asked back. */
export const shrinking: Scope = { ...single, name: 'shrinking', bootPages: 2, targets: [2, 1], hostPages: 3 };

/** Families whatever their order; that some order breaks the property is what each run shows. */
const inOrder = (families: readonly string[]): string => [...families].sort().join(' ');

/** Runs looked at for one that shrinks to the shortest: a walk that took another way round stays another way. */
const RUNS = 80;

function shortestFamilies(mutant: string, property: string, scope: Scope): readonly string[] {
  const protocol = mutants.find(({ id }) => id === mutant)?.protocol;
  if (protocol === undefined) throw new Error(`no ${mutant}`);
  const found = outcome(protocol, scope).cases.find((one) => one.property === property);
  return collapsed((found?.trace?.labels ?? []).map(({ type }) => type));
}

export function shrinksToShortest(mutant: string, property: string, scope: Scope): void {
  const shortest = shortestFamilies(mutant, property, scope);
  expect(shortest.length).toBeGreaterThan(2);
  const setup = setupFor(mutant, REAL);
  const seen: string[] = [];
  for (let run = 0; run < RUNS; run++) {
    const { breaches, labels } = runOnce(setup, { seed: 2011, run, steps: 1000 });
    const breach = breaches.find(({ id }) => id === property);
    if (breach === undefined) continue;
    const shrunk = shrink(labels.slice(0, breach.step), rerunUntil(setup, breach), { triesMax: 300 });
    const families = collapsed((shrunk?.labels ?? []).map(({ type }) => type));
    expect(families.length).toBeGreaterThanOrEqual(shortest.length);
    seen.push(inOrder(families));
    if (seen.at(-1) === inOrder(shortest)) return;
  }
  expect(seen).toContain(inOrder(shortest));
}
