/**
 * Scopes from outside: a preset, a JSON file, or flags over either. All problems at once, with stable codes.
 */
import { z } from 'zod';
import type { Scope } from '../../models/scope.ts';
import { full, scopes } from '../../models/scopes.ts';
import { fail, ok, type Place, type Problem, type Result } from '../core/result.ts';

/** Beyond these no search ends; charts at real size are stepped, not searched. */
const SECTIONS_MAX = 16;
const PAGES_MAX = 4096;

const count = (least: number, most: number) => z.int().min(least).max(most);

const shape = {
  name: z.string().regex(/^[a-z0-9][a-z0-9.+=,_-]*$/i),
  sections: count(1, SECTIONS_MAX),
  pagesPerSection: count(1, PAGES_MAX),
  sectionsPerBlock: count(1, SECTIONS_MAX),
  bootPages: count(0, PAGES_MAX),
  bootBallooned: count(0, PAGES_MAX),
  targets: z.array(count(1, PAGES_MAX)).min(1).max(16),
  hostPages: count(1, PAGES_MAX),
  batch: count(1, 512),
  retryLimit: count(1, 16),
  onlining: z.enum(['auto', 'hand', 'both', 'any', 'never']),
  writer: z.enum(['libxl', 'any']),
  offliner: z.boolean(),
  rival: z.boolean(),
  otherDomain: z.boolean(),
} satisfies Record<keyof Scope, z.ZodType>;

const given = z.strictObject(shape).partial();
/** Keys of a scope that somebody gave. */
export type ScopeChange = z.infer<typeof given>;

/** A scope from a JSON text; keys that are missing are those of `full`, the name is the file's. */
export function scopeFromJson(text: string, file: string): Result<Scope> {
  const place = (line: number): Place => ({ file, line });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail({
      code: 'SCOPE_NOT_JSON',
      message,
      where: place(lineOfError(text, message)),
      expected: 'a JSON object',
    });
  }
  const name = file.replace(/^.*[/\\]/, '').replace(/\.json$/i, '');
  return scopeFrom({ ...full, name }, data, (key) => place(lineOf(text, key)));
}

/** Where a JSON syntax error is: node tells an offset into the text, or that it ends too early. */
function lineOfError(text: string, message: string): number {
  const offset = /position (\d+)/.exec(message)?.[1];
  return text.slice(0, offset === undefined ? text.length : Number(offset)).split('\n').length;
}

function lineOf(text: string, key: string): number {
  const at = text.search(new RegExp(`"${key.replace(/[^\w]/g, '.')}"\\s*:`));
  return at < 0 ? 1 : text.slice(0, at).split('\n').length;
}

/** Changes some keys of a scope; `where` says where the user wrote a key. */
export function scopeFrom(base: Scope, data: unknown, where?: (key: string) => Place): Result<Scope> {
  const parsed = given.safeParse(data);
  const problems = parsed.success
    ? []
    : parsed.error.issues.flatMap((issue) => problemsOf(issue, data, where));
  const bad = new Set(parsed.success ? [] : parsed.error.issues.map(({ path }) => path[0]));
  const usable = typeof data === 'object' && data !== null && !Array.isArray(data) ? data : {};
  const scope = {
    ...base,
    ...Object.fromEntries(Object.entries(usable).filter(([key]) => key in shape && !bad.has(key))),
  } as Scope;
  const all = [...problems, ...contradictions(scope, bad, where)];
  return all.length > 0 ? fail(...all) : ok(renamed(scope));
}

type Issue = z.core.$ZodIssue;

const CODES: Readonly<Record<string, string>> = {
  unrecognized_keys: 'SCOPE_KEY_UNKNOWN',
  invalid_type: 'SCOPE_TYPE',
  too_small: 'SCOPE_RANGE',
  too_big: 'SCOPE_RANGE',
};

function problemsOf(issue: Issue, data: unknown, where: ((key: string) => Place) | undefined): Problem[] {
  const at = (key: string): Pick<Problem, 'where'> => (where === undefined ? {} : { where: where(key) });
  const code = CODES[issue.code] ?? 'SCOPE_VALUE';
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shape).join(' ');
    return issue.keys.map((key) => ({ code, message: `a scope has no ${key}`, ...at(key), expected: known }));
  }
  const [key, item] = issue.path;
  const what = item === undefined ? String(key ?? 'a scope') : `${String(key)}[${String(item)}]`;
  const value = issue.path.reduce<unknown>(
    (of, step) => (of as Record<PropertyKey, unknown> | undefined)?.[step],
    data,
  );
  const got = JSON.stringify(value) ?? 'nothing';
  return [
    { code, message: `${what} is not usable`, ...at(String(key ?? '')), expected: expectation(issue), got },
  ];
}

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_type') return issue.expected === 'int' ? 'an integer' : `${issue.expected}`;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  return issue.message;
}

/** What no key shows by itself. Keys that are wrong by themselves are not judged again. */
function contradictions(scope: Scope, bad: ReadonlySet<unknown>, where?: (key: string) => Place): Problem[] {
  const { sections, sectionsPerBlock, bootPages, bootBallooned, targets, hostPages } = scope;
  const rules: readonly (readonly [
    keys: readonly (keyof Scope)[],
    code: string,
    isBroken: () => boolean,
    message: string,
  ])[] = [
    [
      ['sections', 'sectionsPerBlock'],
      'SCOPE_BLOCKS',
      () => sections % sectionsPerBlock !== 0,
      'sections do not fill whole blocks',
    ],
    [
      ['bootBallooned', 'bootPages'],
      'SCOPE_BOOT',
      () => bootBallooned > bootPages,
      'more boot pages are ballooned than there are',
    ],
    [
      ['targets'],
      'SCOPE_TARGETS',
      () => targets.some((pages, at) => at > 0 && pages <= (targets[at - 1] ?? 0)),
      'targets do not ascend',
    ],
    [
      ['hostPages', 'bootPages', 'bootBallooned'],
      'SCOPE_HOST',
      () => hostPages < bootPages - bootBallooned,
      'the host has fewer frames than the domain at boot',
    ],
  ];
  return rules.flatMap(([keys, code, isBroken, message]) => {
    const [key] = keys;
    if (key === undefined || keys.some((name) => bad.has(name)) || !isBroken()) return [];
    const got = keys.map((name) => `${name} ${String(scope[name])}`).join(', ');
    return [{ code, message, ...(where === undefined ? {} : { where: where(key) }), got }];
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

/** One line on a scope's bounds. */
export function boundsText(scope: Scope): string {
  const on = (
    [
      ['offliner', scope.offliner],
      ['rival', scope.rival],
      ['other domain', scope.otherDomain],
    ] as const
  ).flatMap(([name, present]) => (present ? [name] : []));
  const block = scope.sectionsPerBlock === 1 ? '' : ` in blocks of ${scope.sectionsPerBlock}`;
  const ballooned = scope.bootBallooned === 0 ? '' : ` (${scope.bootBallooned} ballooned)`;
  return [
    `${scope.sections} sections${block} of ${scope.pagesPerSection}`,
    `boot ${scope.bootPages}${ballooned}`,
    `targets ${scope.targets.join(' ')}`,
    `host ${scope.hostPages}`,
    `batch ${scope.batch}`,
    `retries ${scope.retryLimit}`,
    `onlining ${scope.onlining}`,
    `writer ${scope.writer}`,
    on.length === 0 ? 'nobody else' : `with ${on.join(', ')}`,
  ].join(', ');
}
