/**
 * A run that the page shows, read back from the folder that `check` left (its verdict.json).
 */
import { z } from 'zod';
import type { RunReport } from '../../../reports/run-report.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { CHECK_SCHEMA } from '../../core/run-report.ts';
import type { Files } from '../io.ts';

const of = { variant: z.string(), form: z.string(), scope: z.string() };
const n = z.number();
const sheet = z.record(z.string(), n);
const label = z.looseObject({ type: z.string() });

const verdict = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('holds') }),
  z.object({ kind: z.literal('violated'), trace: z.array(label), violating: n, loopFrom: n.optional() }),
  z.object({ kind: z.literal('vacuous'), witness: z.string() }),
  z.object({ kind: z.literal('bounded'), limit: z.string() }),
]);

const search = z.looseObject({
  ...of,
  bounds: z.record(z.string(), z.unknown()),
  states: n,
  transitions: n,
  depth: n,
  limit: z.string().optional(),
  neverTaken: z.array(z.object({ family: z.string(), why: z.string().optional() })),
  seconds: n.default(0),
});

const found = z.looseObject({
  ...of,
  property: z.string(),
  title: z.string(),
  statement: z.string(),
  at: z.string(),
  verdict,
  standing: z.enum(['expected', 'unexpected', 'inconclusive']),
  finding: z.string().optional(),
  reproduce: z.string(),
  trace: z
    .looseObject({
      labels: z.array(label),
      start: sheet,
      loopFrom: n.optional(),
      broken: z.array(z.string()),
    })
    .optional(),
});

const deviation = z.object({
  code: z.string(),
  variant: z.string(),
  form: z.string(),
  scope: z.string(),
  message: z.string(),
});

const shape = z.looseObject({
  schema: z.literal(CHECK_SCHEMA),
  searches: z.array(search),
  cases: z.array(found),
  deviations: z.array(deviation),
  reproduce: z.string(),
});

/** Longer lists of what is wrong with a file help nobody. */
const ISSUES_MAX = 5;

/** Fails with RUN_NO_FILE, RUN_NOT_JSON or RUN_SHAPE. */
export function readRun(folder: string, files: Pick<Files, 'exists' | 'read'>): Result<RunReport> {
  const path = `${folder.replace(/\/+$/, '')}/verdict.json`;
  if (!files.exists(path))
    return fail({
      code: 'RUN_NO_FILE',
      message: `there is no ${path}`,
      expected: 'the folder of a run of ballast check, for example reports/generated/latest',
    });
  let data: unknown;
  try {
    data = JSON.parse(files.read(path));
  } catch (error) {
    const message = error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
    return fail({ code: 'RUN_NOT_JSON', message: `${path}: ${message}` });
  }
  const parsed = shape.safeParse(data);
  if (parsed.success) return ok(parsed.data as unknown as RunReport);
  return fail(
    ...parsed.error.issues.slice(0, ISSUES_MAX).map((issue) => ({
      code: 'RUN_SHAPE',
      message: `${path}: ${issue.path.join('.')}: ${issue.message}`,
      expected: `a file of schema ${CHECK_SCHEMA}`,
    })),
  );
}
