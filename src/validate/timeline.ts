/**
 * The time line of a real guest: each record of its log with the labels it stood for and the charts it moved, along one belief that
 * survived to the end. Beliefs that died on the way do not appear. A label that a later record revealed stands with that record.
 */
import type { ModelChart, Quantities } from '../core/chart.ts';
import { type Label, labelText } from '../core/label.ts';
import { ok, type Result } from '../core/result.ts';
import { PROBES } from '../logs/probes.ts';
import type { CallRecord } from '../logs/records.ts';
import type { LogStore } from '../logs/segments.ts';
import type { Stepped } from '../step/stepper.ts';
import { Belief, UNTOLD } from './belief.ts';
import type { Matched } from './past.ts';
import { type ValidateOptions, type Validation, validate } from './validate.ts';
import { PLENTY } from './world.ts';

/** What one chart is in. */
export interface TimelineLocal {
  readonly value: string;
  readonly show: string;
  readonly quantities: Quantities;
}

/** By chart id. */
export type TimelineChange = Readonly<Record<string, TimelineLocal>>;

export interface TimelineRecord {
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly task: string;
  /** `xenmem_reservation_increase(count 512, pfn0 0x37fff)`, or the function and what it returned. */
  readonly text: string;
  readonly labels: readonly Label[];
  /** The same as text; a section that the log does not tell reads `untold`. */
  readonly meaning: readonly string[];
  /** Charts that the record left in another state than it found them in. */
  readonly changed: TimelineChange;
}

export interface Timeline {
  readonly validation: Validation;
  /** Every chart there is one of, before the first record. Sections, blocks and slots appear when a record speaks of them. */
  readonly start: TimelineChange;
  /** Records that were matched, in order. */
  readonly records: readonly TimelineRecord[];
  /** Properties broken in every surviving belief, and the record at which this one broke them. */
  readonly breaches: readonly { readonly property: string; readonly record: number }[];
}

/** Stands for the pages on the balloon list whose section the log does not tell; negative where a batch took them from there. */
export const UNTOLD_CHART = 'section[untold]';

/** Labels that leave no record: they are put in, or solved from a refusal. */
const INFERRED: readonly string[] = ['sleep', 'mutex.drop', 'max.set'];

/** Families that records of the log stand for. */
export const familiesShown = ({ records }: Timeline): readonly string[] => [
  ...new Set(
    records.flatMap(({ labels }) =>
      labels.map(({ type }) => type).filter((family) => !INFERRED.includes(family)),
    ),
  ),
];

/** One time line for each guest whose logs are under the paths; the verdict is the validator's own. */
export function timelines(
  paths: readonly string[],
  store: LogStore,
  options: ValidateOptions,
): Result<readonly Timeline[]> {
  const found: Timeline[] = [];
  const judged = validate(paths, store, {
    ...options,
    onRuns: (runs, validation) => {
      options.onRuns?.(runs, validation);
      found.push(timelineOf(validation, runs[0] ?? []));
    },
  });
  return judged.ok ? ok(found) : judged;
}

/** Along the first surviving belief, whose ledger the validation has. */
function timelineOf(validation: Validation, run: readonly Matched[]): Timeline {
  const [first] = run;
  const start = first === undefined ? undefined : new Belief(first.belief.world);
  const records = run.map(({ record, labels, belief }, at): TimelineRecord => {
    const { file, line, seconds, task } = record;
    const before = run[at - 1]?.belief ?? start;
    const changed = before === undefined ? {} : changes(before, belief);
    return {
      file,
      line,
      seconds,
      task,
      text: recordText(record),
      labels,
      meaning: labels.map(meaningOf),
      changed,
    };
  });
  return {
    validation,
    start: start === undefined ? {} : shown(start),
    records,
    breaches: validation.breaches.map(({ property, file, line }) => ({
      property,
      record: records.findIndex((one) => one.file === file && one.line === line),
    })),
  };
}

const meaningOf = (label: Label): string =>
  label.section === UNTOLD
    ? labelText(label).replace(`section ${UNTOLD}`, 'section untold')
    : labelText(label);

/** Charts of the second belief that are in another state than in the first, or that it is the first to have. */
function changes(before: Belief, after: Belief): TimelineChange {
  const earlier = new Map([...before.charts()].map(([chart, state]) => [chart.id, state]));
  const moved = [...after.charts()].filter(([chart, state]) => earlier.get(chart.id)?.key !== state.key);
  return {
    ...Object.fromEntries(moved.map(([chart, state]) => [chart.id, localOf(chart, state)])),
    ...(before.loose === after.loose ? {} : { [UNTOLD_CHART]: untold(after.loose) }),
  };
}

const shown = (belief: Belief): TimelineChange =>
  Object.fromEntries([...belief.charts()].map(([chart, state]) => [chart.id, localOf(chart, state)]));

/** Instead of the number that stands for no limit, until a record tells one. */
const UNKNOWN = 'not known';

function localOf(chart: ModelChart, state: Stepped): TimelineLocal {
  const show = (chart.show?.(state) ?? state.value).replace(/\d{12,}/g, (n) =>
    Number(n) > PLENTY / 2 ? UNKNOWN : n,
  );
  return { value: state.value, show, quantities: chart.observe(state) };
}

/** Counted like a section, so that sums over all sections are those of the belief. */
const untold = (pages: number): TimelineLocal => ({
  value: 'untold',
  show: `${Math.abs(pages)} pages ${pages < 0 ? 'taken from' : 'on'} the list, in sections that the log does not tell`,
  quantities: { ballooned: pages, inUse: -pages },
});

const FUNCTIONS = new Map(PROBES.map((probe) => [probe.event, probe]));

/** Addresses and flags in hexadecimal, as the log has them. */
function recordText({ event, kind, fields, wide, words }: CallRecord): string {
  const probe = FUNCTIONS.get(event);
  const name = probe?.of.traces ?? event;
  if (kind === 'return') return `${name} → ${fields['ret'] ?? ''}`.trimEnd();
  const isHex = (field: string) =>
    field === 'pfn' || probe?.args.find((arg) => arg.name === field)?.type.startsWith('x') === true;
  const parts = [
    ...Object.entries(fields).map(([field, n]) => `${field} ${isHex(field) ? `0x${n.toString(16)}` : n}`),
    ...Object.entries(wide)
      .filter(([field]) => fields[field] === undefined && !(field === 'page' && 'pfn' in fields))
      .map(([field, n]) => `${field} 0x${n.toString(16)}`),
    ...Object.entries(words).map(([field, text]) => `${field} ${text}`),
  ];
  return parts.length === 0 ? name : `${name}(${parts.join(', ')})`;
}
