/**
 * The bounds in a trace file, as a scope. Unlike a scope to be searched it may be of real size, and every key must be there:
 * what a later version of Ballast fills in would not be what the run was made with.
 */
import { z } from 'zod';
import { ACTORS, type Scope } from '../../../models/scope.ts';
import { fail, ok, type Place, type Problem, type Result } from '../../core/result.ts';
import { rulesBroken } from '../check/scope-input.ts';

/** 8 TiB in sections of 128 MiB; more frames than any host has. */
const SECTIONS_MAX = 65_536;
export const PAGES_MAX = 2 ** 52;

const count = (least: number, most: number) => z.int().min(least).max(most);

const shape = {
  name: z.string().min(1).max(64),
  sections: count(1, SECTIONS_MAX),
  pagesPerSection: count(1, 2 ** 20),
  sectionsPerBlock: count(1, SECTIONS_MAX),
  bootPages: count(0, PAGES_MAX),
  bootBallooned: count(0, PAGES_MAX),
  bootPod: count(0, PAGES_MAX).default(0),
  targets: z.array(count(0, PAGES_MAX)).min(1).max(4096),
  hostPages: count(1, PAGES_MAX),
  batch: count(1, 2 ** 20),
  retryLimit: count(1, 1_000_000),
  onlining: z.enum(['auto', 'hand', 'both', 'deviceFile', 'any', 'never']),
  writer: z.enum(['libxl', 'any']),
  offliner: z.boolean(),
  rival: z.boolean(),
  otherDomain: z.boolean(),
  addressable: count(0, SECTIONS_MAX).exactOptional(),
  p2mRoom: count(0, SECTIONS_MAX).exactOptional(),
  actors: z.array(z.enum(ACTORS)).min(1).exactOptional(),
} satisfies Record<keyof Scope, z.ZodType>;

const bounds = z.strictObject(shape);

/** `SCOPE_KEY_UNKNOWN`, `SCOPE_MISSING`, `SCOPE_VALUE`, and what no bound shows by itself; all at once. */
export function scopeOfTrace(
  given: Readonly<Record<string, unknown>>,
  placeOf: (path: readonly PropertyKey[]) => Place,
): Result<Scope> {
  const parsed = bounds.safeParse(given);
  if (!parsed.success)
    return fail(...parsed.error.issues.flatMap((issue) => problemsOf(issue, given, placeOf)));
  const scope = parsed.data;
  const where = placeOf(['bounds']);
  const broken = rulesBroken(scope, ['SCOPE_BLOCKS', 'SCOPE_BOOT', 'SCOPE_POD', 'SCOPE_HOST']);
  return broken.length > 0
    ? fail(...broken.map(({ code, message }) => ({ code, message, where })))
    : ok(scope);
}

function problemsOf(
  issue: z.core.$ZodIssue,
  given: Readonly<Record<string, unknown>>,
  placeOf: (path: readonly PropertyKey[]) => Place,
): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      code: 'SCOPE_KEY_UNKNOWN',
      message: `a scope has no ${key}`,
      where: placeOf(['bounds', key]),
      expected: Object.keys(shape).join(' '),
    }));
  const key = String(issue.path[0]);
  const missing = given[key] === undefined;
  return [
    {
      code: missing ? 'SCOPE_MISSING' : 'SCOPE_VALUE',
      message: missing ? `bounds have no ${key}` : `bounds.${issue.path.map(String).join('.')} is not usable`,
      where: placeOf(['bounds', ...issue.path]),
      expected: issue.message,
      ...(missing ? {} : { got: JSON.stringify(given[key]).slice(0, 80) }),
    },
  ];
}
