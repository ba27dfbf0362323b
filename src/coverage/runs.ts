/**
 * Recordings of runs: labels one after the other (a generated suite, a trace), and what a validated log stood for.
 */
import { type ModelChart, roleIn } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { fail, ok, type Result } from '../core/result.ts';
import { type Stepped, Stepper } from '../step/stepper.ts';
import { Recorder, type RecorderOptions } from './recorder.ts';
import { intersection, type Recording } from './recording.ts';

/** Steps the charts through each run, from their initial states. A label that somebody refuses is bad input, named by its place. */
export function recordRuns(
  charts: readonly ModelChart[],
  runs: readonly (readonly Label[])[],
  options: RecorderOptions,
): Result<Recording> {
  const recorder = new Recorder(options);
  const steppers = charts.map((chart) => new Stepper(chart));
  for (const [at, labels] of runs.entries()) {
    const states = steppers.map(({ initial }) => initial);
    recorder.begin(steppers.map(({ chart, initial }) => [chart, initial]));
    for (const [step, label] of labels.entries()) {
      const owners = steppers.flatMap(({ chart }, n) => (roleIn(chart, label) === undefined ? [] : [n]));
      const refusing = owners.filter((n) => !steppers[n]?.accepts(states[n] as Stepped, label));
      if (owners.length === 0 || refusing.length > 0)
        return fail({
          code: 'COVER_REFUSED',
          message: `run ${at + 1}, step ${step + 1}: ${labelText(label)} cannot be taken`,
          expected: 'a run of this variant in this scope',
          got:
            owners.length === 0 ? 'a label that no chart owns' : `refused by ${charts[refusing[0] ?? 0]?.id}`,
        });
      recorder.label(label);
      for (const n of owners) {
        const stepper = steppers[n] as Stepper;
        const before = states[n] as Stepped;
        const after = stepper.next(before, label);
        recorder.step(stepper.chart, before, label, after);
        states[n] = after;
      }
    }
  }
  return ok(recorder.recording());
}

/** What one record of a log stood for (see src/validate): its labels, and the moves of charts. */
export interface MatchedRecord {
  readonly record: { readonly file: string };
  /** Records were lost before it. */
  readonly isResumed: boolean;
  readonly labels: readonly Label[];
  readonly steps: readonly {
    readonly chart: ModelChart;
    readonly before: Stepped;
    readonly label: Label;
    readonly after: Stepped;
    readonly how: 'taken' | 'settled' | 'assumed';
  }[];
}

/**
 * What a log shows: elements that every surviving belief has. Between two files, or where it says so, records may be missing, and a page whose section
 * became known late was taken earlier: no pair reaches across either. Limits that were only assumed are not counted.
 */
export function recordLog(runs: readonly (readonly MatchedRecord[])[], options: RecorderOptions): Recording {
  const recordings = runs.map((run) => {
    const recorder = new Recorder(options);
    let file: string | undefined;
    for (const { record, isResumed, labels, steps } of run) {
      if (record.file !== file || isResumed) recorder.begin();
      file = record.file;
      const assumed = new Set(steps.filter(({ how }) => how === 'assumed').map(({ label }) => label));
      for (const label of labels) if (!assumed.has(label)) recorder.label(label);
      for (const { chart, before, label, after, how } of steps) {
        if (how === 'taken') recorder.step(chart, before, label, after);
        else {
          if (how === 'settled') recorder.alone(chart, before, label, after);
          recorder.jump(chart, after);
        }
      }
    }
    return recorder.recording();
  });
  return intersection(options.source, recordings);
}
