/**
 * What `cover` is given besides the models: logs of real guests, and runs in files. Bad input is 65.
 */
import { z } from 'zod';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { full } from '../../../models/scopes.ts';
import { properties } from '../../../properties/all.ts';
import type { Label } from '../../core/label.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { Recording } from '../../coverage/recording.ts';
import { recordLog, recordRuns } from '../../coverage/runs.ts';
import { validate } from '../../validate/validate.ts';
import { scopeFrom } from '../check/scope-input.ts';
import type { Io } from '../io.ts';

/** One recording a path: what every surviving belief of an accepted (or unclear) log took. A rejected log is no run of the variant. */
export function recordLogs(
  paths: readonly string[],
  protocol: Protocol,
  k: number,
  io: Io,
): Result<readonly Recording[]> {
  const problems: Problem[] = [];
  const recordings: Recording[] = [];
  for (const path of paths) {
    const options = {
      source: `log ${path.replace(/\/+$/, '').replace(/^.*\//, '')}`,
      variant: protocol.id,
      k,
    };
    const judged = validate([path], io.logs, {
      protocol,
      properties,
      onRuns: (runs, { verdict, guest, rejection }) => {
        const source = guest === 'dom0' ? options.source : `${options.source} (${guest})`;
        if (verdict === 'rejected')
          problems.push({
            code: 'COVER_LOG_REJECTED',
            message: `${path} is no run of ${protocol.id}: ${rejection?.message ?? 'rejected'}`,
            expected: `a log that ballast validate ${path} --variant ${protocol.id} accepts`,
          });
        else recordings.push(recordLog(runs, { ...options, source }));
      },
    });
    if (!judged.ok) problems.push(...judged.problems);
  }
  return problems.length > 0 ? fail(...problems) : ok(recordings);
}

const label = z.object({
  type: z.string(),
  section: z.int().optional(),
  block: z.int().optional(),
  first: z.int().optional(),
  count: z.int().optional(),
  pages: z.int().optional(),
});

const traceFile = z.object({
  schema: z.literal('ballast.trace/1'),
  variant: z.string(),
  bounds: z.record(z.string(), z.unknown()).optional(),
  labels: z.array(label),
});

/** Runs of one variant in files; others are left for another case. Each in the scope that its file names. */
export function recordTraces(
  files: readonly string[],
  protocol: Protocol,
  scope: Scope,
  k: number,
  io: Io,
): Result<readonly Recording[]> {
  const problems: Problem[] = [];
  const recordings: Recording[] = [];
  for (const file of files) {
    const found = readTrace(file, scope, io);
    if (!found.ok) problems.push(...found.problems);
    else if (found.value.variant === protocol.id) {
      const { charts } = guestModel(protocol, pv64, found.value.scope);
      const recorded = recordRuns(charts, [found.value.labels], {
        source: `trace ${file}`,
        variant: protocol.id,
        k,
      });
      if (recorded.ok) recordings.push(recorded.value);
      else problems.push(...recorded.problems.map((one) => ({ ...one, message: `${file}: ${one.message}` })));
    }
  }
  return problems.length > 0 ? fail(...problems) : ok(recordings);
}

interface TraceFile {
  readonly variant: string;
  readonly scope: Scope;
  readonly labels: readonly Label[];
}

function readTrace(file: string, fallback: Scope, io: Io): Result<TraceFile> {
  if (!io.files.exists(file)) return fail({ code: 'TRACE_NO_FILE', message: `there is no file ${file}` });
  let data: unknown;
  try {
    data = JSON.parse(io.files.read(file));
  } catch (error) {
    return fail({
      code: 'TRACE_NOT_JSON',
      message: `${file}: ${error instanceof Error ? error.message : 'no JSON'}`,
    });
  }
  const parsed = traceFile.safeParse(data);
  if (!parsed.success)
    return fail(
      ...parsed.error.issues.map(({ path, message }) => ({
        code: 'TRACE_SHAPE',
        message: `${file}: ${path.join('.') || 'the file'}: ${message}`,
        expected: 'schema ballast.trace/1',
      })),
    );
  const { variant, bounds, labels } = parsed.data;
  const scope =
    bounds === undefined ? ok(fallback) : scopeFrom(fallback, bounds, { name: (key) => `${file}: ${key}` });
  return scope.ok ? ok({ variant, scope: scope.value, labels: labels as readonly Label[] }) : scope;
}

/** Which variant each readable trace is a run of; what is wrong with the others is told when they are recorded. */
export function readTraceVariants(files: readonly string[], io: Io) {
  return files.flatMap((file) => {
    const found = readTrace(file, full, io);
    return found.ok ? [{ file, variant: found.value.variant }] : [];
  });
}
