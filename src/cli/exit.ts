/**
 * Exit codes (design §7).
 */
import type { RunReport } from '../../reports/run-report.ts';

export const EXIT = {
  expected: 0,
  unexpected: 1,
  inconclusive: 2,
  usage: 64,
  badInput: 65,
  missingProgram: 69,
  internal: 70,
  interrupted: 75,
} as const;
export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Interrupted before all; then what was not expected; then what was not decided. */
export function exitOf(report: RunReport): Exit {
  const { cases, deviations } = report;
  if (cases.some(({ verdict }) => verdict.kind === 'bounded' && verdict.limit === 'interrupted'))
    return EXIT.interrupted;
  if (deviations.length > 0 || cases.some(({ standing }) => standing === 'unexpected'))
    return EXIT.unexpected;
  return cases.some(({ standing }) => standing === 'inconclusive') ? EXIT.inconclusive : EXIT.expected;
}
