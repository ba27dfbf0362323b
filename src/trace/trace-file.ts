/**
 * A run in a file (schema `ballast.trace/1`), read back. Everything that is wrong is said at once, with its line.
 * What the words mean (is there such a variant, such a label?) is for whoever knows the models.
 */
import { z } from 'zod';
import type { Label } from '../core/label.ts';
import { fail, ok, type Place, type Problem, type Result } from '../core/result.ts';
import { parseJsonLines } from './json-lines.ts';

const TRACE_SCHEMA = 'ballast.trace/1';

const label = z.strictObject({
  type: z.string().min(1),
  section: z.int().optional(),
  block: z.int().optional(),
  first: z.int().optional(),
  count: z.int().optional(),
  pages: z.int().optional(),
});
const ledger = z.record(z.string(), z.int());
const step = z.strictObject({
  label: z.string(),
  actor: z.string(),
  moved: z.array(z.strictObject({ chart: z.string(), from: z.string(), to: z.string() })),
  ledger,
});

/** Who runs (`variant`), how large (`bounds`), what it breaks (`property`), and the labels; the rest is for people. */
const shape = z.strictObject({
  schema: z.literal(TRACE_SCHEMA),
  variant: z.string().min(1),
  form: z.string().optional(),
  scope: z.string().optional(),
  bounds: z.record(z.string(), z.unknown()),
  property: z.string().min(1),
  statement: z.string().optional(),
  at: z.enum(['state', 'step', 'quiescent', 'possible', 'temporal']).optional(),
  finding: z.string().optional(),
  reproduce: z.string().optional(),
  broken: z.array(z.string()).optional(),
  start: ledger.optional(),
  loopFrom: z.int().min(0).optional(),
  labels: z.array(label).min(1).max(1_000_000),
  steps: z.array(step).optional(),
});

export interface TraceFile {
  readonly variant: string;
  readonly form: string | undefined;
  readonly scope: string | undefined;
  readonly bounds: Readonly<Record<string, unknown>>;
  readonly property: string;
  readonly finding: string | undefined;
  readonly labels: readonly Label[];
  /** Labels before the loop, in a lasso. */
  readonly loopFrom?: number;
  /** What the writer of the file saw, if it says. */
  readonly steps: z.infer<typeof step>[] | undefined;
  /** Where a part of the file stands. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
}

const CODES: Readonly<Record<string, string>> = {
  unrecognized_keys: 'TRACE_KEY_UNKNOWN',
  invalid_type: 'TRACE_TYPE',
  too_small: 'TRACE_RANGE',
  too_big: 'TRACE_RANGE',
};

/** `TRACE_NOT_JSON`, `TRACE_SCHEMA`, `TRACE_MISSING`, `TRACE_KEY_UNKNOWN`, `TRACE_TYPE`, `TRACE_RANGE`, `TRACE_VALUE`. */
export function readTraceFile(text: string, file: string): Result<TraceFile> {
  const json = parseJsonLines(text, file, 'TRACE_NOT_JSON');
  if (!json.ok) return json;
  const { value, lineOf } = json.value;
  const placeOf = (path: readonly PropertyKey[]): Place => ({ file, line: lineOf(path) });
  const parsed = shape.safeParse(value);
  if (!parsed.success)
    return fail(...parsed.error.issues.flatMap((issue) => problemsOf(issue, value, placeOf)));
  const { variant, form, scope, bounds, property, finding, labels, loopFrom, steps } = parsed.data;
  const lasso = loopFrom === undefined ? {} : { loopFrom };
  const of = { variant, form, scope, bounds, property, finding };
  return ok({ ...of, ...lasso, labels: labels as Label[], steps, placeOf });
}

function problemsOf(
  issue: z.core.$ZodIssue,
  value: unknown,
  placeOf: (path: readonly PropertyKey[]) => Place,
): Problem[] {
  const path = issue.path;
  const name = path.length === 0 ? 'the file' : path.map(String).join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'TRACE_KEY_UNKNOWN',
      message: `${name} may not have a key ${key}`,
      where: placeOf([...path, key]),
    }));
  const given = path.reduce<unknown>(
    (of, part) => (of as Record<PropertyKey, unknown> | undefined)?.[part],
    value,
  );
  const isSchema = path.length === 1 && path[0] === 'schema';
  const code = isSchema
    ? 'TRACE_SCHEMA'
    : given === undefined
      ? 'TRACE_MISSING'
      : (CODES[issue.code] ?? 'TRACE_VALUE');
  const got = JSON.stringify(given)?.slice(0, 80);
  return [
    {
      code,
      message: given === undefined ? `${name} is missing` : `${name} is not usable`,
      where: placeOf(path),
      expected: isSchema ? TRACE_SCHEMA : expected(issue),
      ...(got === undefined ? {} : { got }),
    },
  ];
}

function expected(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'an integer' : issue.expected;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'too_small')
    return issue.origin === 'array' ? 'at least one' : `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}
