/** Reports for the tests of formats: the sample, and the same with texts that every format must escape. */
import type { Locate } from '../../reports/places.ts';
import type { ReportedCase, RunReport } from '../../reports/run-report.ts';

/** A place for every case that has a run. */
export const somewhere: Locate = ({ trace, property }) => ({
  last: trace === undefined ? undefined : { file: `models/${property.toLowerCase()}.ts`, line: 7 },
  steps: (trace?.steps ?? []).map((_, at) =>
    at === 1 ? undefined : { file: 'models/guest/section.ts', line: at + 1 },
  ),
});

/** Every text of the report changed. */
export function reworded(report: RunReport, word: (text: string) => string): RunReport {
  const cases = report.cases.map(
    (found): ReportedCase => ({
      ...found,
      title: word(found.title),
      statement: word(found.statement),
      reproduce: word(found.reproduce),
      ...(found.trace === undefined
        ? {}
        : {
            trace: {
              ...found.trace,
              steps: found.trace.steps.map((step) => ({
                ...step,
                label: word(step.label),
                actor: word(step.actor),
              })),
              broken: found.trace.broken.map(word),
            },
          }),
    }),
  );
  const deviations = report.deviations.map((one) => ({ ...one, message: word(one.message) }));
  return { ...report, cases, deviations, reproduce: word(report.reproduce) };
}
