/**
 * Scopes from outside: what a key may be, and what keys may be together. All problems at once, with stable codes.
 */
import { z } from 'zod';
import { ACTORS, type Scope } from '../../../models/scope.ts';
import { scopes } from '../../../models/scopes.ts';
import { fail, ok, type Place, type Problem, type Result } from '../../core/result.ts';

/** Beyond these no search ends; charts at real size are stepped, not searched. */
const SECTIONS_MAX = 16;
const PAGES_MAX = 4096;

const count = (least: number, most: number) => z.int().min(least).max(most);

const shape = {
  name: z.string().min(1).max(64),
  sections: count(1, SECTIONS_MAX),
  pagesPerSection: count(1, PAGES_MAX),
  sectionsPerBlock: count(1, SECTIONS_MAX),
  bootPages: count(0, PAGES_MAX),
  bootBallooned: count(0, PAGES_MAX),
  bootPod: count(0, PAGES_MAX),
  targets: z.array(count(1, PAGES_MAX)).min(1).max(16),
  hostPages: count(1, PAGES_MAX),
  batch: count(1, 512),
  retryLimit: count(1, 16),
  onlining: z.enum(['auto', 'hand', 'both', 'deviceFile', 'any', 'never']),
  writer: z.enum(['libxl', 'any']),
  offliner: z.boolean(),
  rival: z.boolean(),
  otherDomain: z.boolean(),
  addressable: count(0, SECTIONS_MAX).exactOptional(),
  p2mRoom: count(0, SECTIONS_MAX).exactOptional(),
  actors: z.array(z.enum(ACTORS)).min(1).exactOptional(),
} satisfies Record<keyof Scope, z.ZodType>;

const given = z.strictObject(shape).partial();

/** How the user writes a key, and where. */
export interface Written {
  readonly name: (key: string) => string;
  readonly where?: (key: string) => Place;
}

/** Changes the keys that `data` has; `data` is whatever came from outside. */
export function scopeFrom(base: Scope, data: unknown, written: Written): Result<Scope> {
  const parsed = given.safeParse(data);
  const issues = parsed.success ? [] : parsed.error.issues;
  const bad = new Set(issues.map(({ path }) => path[0]));
  const usable = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  const known = usable.filter(([key]) => key in shape && !bad.has(key));
  const scope = { ...base, ...Object.fromEntries(known) } as Scope;
  const problems = [
    ...issues.flatMap((issue) => problemsOf(issue, data, written)),
    ...contradictions(scope, bad, written),
  ];
  return problems.length > 0 ? fail(...problems) : ok(renamed(scope));
}

type Issue = z.core.$ZodIssue;

const CODES: Readonly<Record<string, string>> = {
  unrecognized_keys: 'SCOPE_KEY_UNKNOWN',
  invalid_type: 'SCOPE_TYPE',
  too_small: 'SCOPE_RANGE',
  too_big: 'SCOPE_RANGE',
};

const placed = ({ where }: Written, key: string): Pick<Problem, 'where'> =>
  where === undefined ? {} : { where: where(key) };

function problemsOf(issue: Issue, data: unknown, written: Written): Problem[] {
  const code = CODES[issue.code] ?? 'SCOPE_VALUE';
  if (issue.code === 'unrecognized_keys') {
    const expected = Object.keys(shape).join(' ');
    return issue.keys.map((key) => ({
      code,
      message: `a scope has no ${key}`,
      ...placed(written, key),
      expected,
    }));
  }
  const key = issue.path[0] === undefined ? undefined : String(issue.path[0]);
  const item = issue.path[1] === undefined ? '' : `[${String(issue.path[1])}]`;
  const message = `${key === undefined ? 'this' : written.name(key)}${item} is not usable`;
  const value = issue.path.reduce<unknown>(
    (of, step) => (of as Record<PropertyKey, unknown> | undefined)?.[step],
    data,
  );
  const got = JSON.stringify(value) ?? 'nothing';
  return [{ code, message, ...placed(written, key ?? ''), expected: expectation(issue), got }];
}

const NAMES: Readonly<Record<string, string>> = {
  int: 'an integer',
  number: 'an integer',
  boolean: 'true or false',
};

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return NAMES[issue.expected] ?? `${issue.expected}`;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

interface Rule {
  readonly code: string;
  /** The first is where the problem is shown. */
  readonly keys: readonly [keyof Scope, ...(keyof Scope)[]];
  readonly isBroken: (scope: Scope) => boolean;
  readonly message: string;
}

const RULES: readonly Rule[] = [
  {
    code: 'SCOPE_BLOCKS',
    keys: ['sectionsPerBlock', 'sections'],
    isBroken: (s) => s.sections % s.sectionsPerBlock !== 0,
    message: 'the sections are not whole blocks',
  },
  {
    code: 'SCOPE_BOOT',
    keys: ['bootBallooned', 'bootPages'],
    isBroken: (s) => s.bootBallooned > s.bootPages,
    message: 'more boot pages are ballooned than there are',
  },
  {
    code: 'SCOPE_POD',
    keys: ['bootPod', 'bootPages', 'bootBallooned'],
    isBroken: (s) => s.bootPod > 0 && s.bootPod > s.bootPages - s.bootBallooned,
    message: 'more boot pages are to be filled on demand than are in use',
  },
  {
    code: 'SCOPE_TARGETS',
    keys: ['targets'],
    isBroken: ({ targets }) => targets.some((pages, at) => at > 0 && pages <= (targets[at - 1] ?? 0)),
    message: 'targets do not ascend',
  },
  {
    code: 'SCOPE_HOST',
    keys: ['hostPages', 'bootPages', 'bootBallooned', 'bootPod'],
    isBroken: (s) => s.hostPages < s.bootPages - s.bootBallooned - s.bootPod,
    message: 'the host has fewer frames than the domain at boot',
  },
];

/** Those of these codes that the scope breaks. */
export const rulesBroken = (
  scope: Scope,
  codes: readonly string[],
): readonly Pick<Rule, 'code' | 'message'>[] =>
  RULES.filter(({ code, isBroken }) => codes.includes(code) && isBroken(scope));

/** What no key shows by itself. Keys that are wrong by themselves are not judged again. */
function contradictions(scope: Scope, bad: ReadonlySet<unknown>, written: Written): Problem[] {
  return RULES.flatMap(({ code, keys, isBroken, message }) => {
    if (keys.some((key) => bad.has(key)) || !isBroken(scope)) return [];
    const got = keys.map((key) => `${written.name(key)} ${String(scope[key])}`).join(', ');
    return [{ code, message, ...placed(written, keys[0]), got }];
  });
}

/** A scope with the bounds of a preset is that preset; a preset's name on other bounds would mislead. */
function renamed(scope: Scope): Scope {
  const bounds = (of: Scope): string =>
    JSON.stringify(Object.keys(shape).map((key) => (key === 'name' ? '' : of[key as keyof Scope])));
  const preset = scopes.find((one) => bounds(one) === bounds(scope));
  if (preset !== undefined) return preset;
  return scopes.some(({ name }) => name === scope.name) ? { ...scope, name: `${scope.name}-changed` } : scope;
}
