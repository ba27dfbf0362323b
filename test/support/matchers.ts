/** What tests say of verdicts. A failure prints the run. */
import { expect } from 'vitest';
import { labelText } from '../../src/core/label.ts';
import type { Verdict } from '../../src/core/verdict.ts';

declare module 'vitest' {
  interface Matchers<T> {
    readonly toHold: () => T;
    /** A shortest run of this many labels. */
    readonly toBeViolatedIn: (length: number) => T;
  }
}

function shown(verdict: Verdict): string {
  if (verdict.kind !== 'violated') return JSON.stringify(verdict);
  const steps = verdict.trace.map((label, at) => `${String(at + 1).padStart(3)}  ${labelText(label)}`);
  return [`violated in ${verdict.trace.length} by ${verdict.violating}:`, ...steps].join('\n');
}

expect.extend({
  toHold(verdict: Verdict) {
    return {
      pass: verdict.kind === 'holds',
      message: () => `expected it to hold, but it is ${shown(verdict)}`,
    };
  },
  toBeViolatedIn(verdict: Verdict, length: number) {
    return {
      pass: verdict.kind === 'violated' && verdict.trace.length === length,
      message: () => `expected a shortest run of ${length}, but it is ${shown(verdict)}`,
    };
  },
});
