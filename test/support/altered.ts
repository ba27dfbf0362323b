/** Counts the verdicts on altered logs. */
import fc from 'fast-check';
import { v3 } from '../../models/variants/v3.ts';
import type { LogVerdict } from '../../src/validate/validate.ts';
import { itemsOfRun, verdictOfItems } from './guest-runs.ts';
import { type EditKind, editOf } from './log-edits.ts';

export interface Tally {
  readonly verdicts: Readonly<Record<LogVerdict, number>>;
  /** What was altered and not rejected. */
  readonly survivors: readonly string[];
}

export function tallyOf(kind: EditKind, runs: readonly string[], samples: number, seed: number): Tally {
  const logs = new Map(runs.map((run) => [run, itemsOfRun(run)]));
  const verdicts = { accepted: 0, rejected: 0, ambiguous: 0 };
  const survivors: string[] = [];
  for (const { what, items } of fc.sample(editOf(kind, logs), { numRuns: samples, seed })) {
    const verdict = verdictOfItems(items, v3);
    verdicts[verdict] += 1;
    if (verdict !== 'rejected') survivors.push(`${verdict}: ${what}`);
  }
  return { verdicts, survivors };
}
