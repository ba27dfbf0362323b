/**
 * Failures of the past, one file each (schema `ballast.fuzz-case/1`): they run before anything new, and must do what they did.
 */

import { z } from 'zod';
import { formOf } from '../../../models/forms/all.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { FuzzedCase } from '../../../reports/fuzz.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { rerun } from '../../fuzz/rerun.ts';
import type { HostLabel } from '../../fuzz/world.ts';
import { protocolOf } from '../check/task.ts';
import type { Io } from '../io.ts';
import { setupFor } from './task.ts';

export const FUZZ_CASE_SCHEMA = 'ballast.fuzz-case/1';
export const CASE_ENDING = '.case.json';

const count = z.int().min(1);
const shape = z.strictObject({
  schema: z.literal(FUZZ_CASE_SCHEMA),
  /** A variant or a mutant. */
  variant: z.string().refine((id) => protocolOf(id) !== undefined, 'there is no such variant'),
  /** A guest form; pv-x86_64, if it does not say. */
  form: z.string().optional(),
  sections: count.max(65_536),
  pagesPerSection: count.max(2 ** 20),
  domains: count.max(16),
  /** What it breaks, ids in order; empty for a failure that is mended. */
  breaks: z.array(z.string()),
  /** How it was found. */
  found: z.string(),
  labels: z
    .array(
      z.strictObject({
        type: z.string(),
        section: z.int().optional(),
        block: z.int().optional(),
        first: z.int().optional(),
        count: z.int().optional(),
        pages: z.int().optional(),
        domain: z.int().optional(),
      }),
    )
    .min(1),
});

/** A failure by itself. */
export type FuzzCase = Omit<z.infer<typeof shape>, 'labels' | 'form'> & {
  readonly form?: string;
  readonly labels: readonly HostLabel[];
};

/** One label a line. */
export function caseText({ labels, ...head }: FuzzCase): string {
  const lines = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const rows = labels.map((label) => `    ${JSON.stringify(label)}`).join(',\n');
  return `{\n${lines.join('\n')}\n  "labels": [\n${rows}\n  ]\n}\n`;
}

/** `CASE_NOT_JSON`, `CASE_SHAPE`. */
export function readCase(text: string, file: string): Result<FuzzCase> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({ code: 'CASE_NOT_JSON', message: `${file} is not JSON` });
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) {
    const protocol = protocolOf(parsed.data.variant);
    const form = protocol === undefined ? undefined : formOf(parsed.data.form ?? pv64.id, protocol);
    return form?.ok === false ? form : ok(parsed.data as FuzzCase);
  }
  return fail(
    ...parsed.error.issues.map(
      ({ path, message }): Problem => ({
        code: 'CASE_SHAPE',
        message: `${file} ${path.join('.')}: ${message}`,
      }),
    ),
  );
}

/** Every case of a folder, run again. `given`: the folder was asked for, so it must be there. */
export function runCorpus(io: Io, folder: string, given: boolean): Result<readonly FuzzedCase[]> {
  let names: readonly string[] | undefined;
  try {
    names = io.logs.list(folder);
  } catch {
    names = undefined;
  }
  if (names === undefined)
    return given ? fail({ code: 'CORPUS_MISSING', message: `there is no folder ${folder}` }) : ok([]);
  const problems: Problem[] = [];
  const cases: FuzzedCase[] = [];
  for (const name of names.filter((one) => one.endsWith(CASE_ENDING)).sort()) {
    const read = readCase(io.files.read(`${folder}/${name}`), `${folder}/${name}`);
    if (read.ok) cases.push(runCase(`${folder}/${name}`, read.value));
    else problems.push(...read.problems);
  }
  return problems.length > 0 ? fail(...problems) : ok(cases);
}

export function runCase(file: string, one: FuzzCase): FuzzedCase {
  const again = rerun(setupFor(one.variant, one), one.labels);
  const broken = again.breaches.map(({ id }) => id);
  return {
    file,
    variant: one.variant,
    expected: one.breaks,
    broken,
    refused: again.skipped,
    asRecorded: again.skipped === 0 && broken.join() === one.breaks.join(),
  };
}
