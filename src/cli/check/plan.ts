/**
 * From flags to searches: which variants and mutants in which scopes, and what the catalog expects of each.
 */
import { absence, type Form } from '../../../models/form.ts';
import { findForm, forms } from '../../../models/forms/all.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Scope } from '../../../models/scope.ts';
import { full, scopes, smallScope } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { everyProperty, onRequest } from '../../../properties/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import type { SearchExpectation } from '../../../properties/expectation.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import type { Property } from '../../../properties/property.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import type { Files } from '../io.ts';
import { unknownId } from '../suggest.ts';
import { type CheckFlags, flagOf, type ScopeByFlags, scopeByFlags } from './check-flags.ts';
import { scopeFromJson } from './scope-file.ts';
import { scopeFrom } from './scope-input.ts';
import { findProtocol, protocolOf, type Task } from './task.ts';

export interface Plan {
  readonly tasks: readonly Task[];
  /** Flags after `ballast check` that make the same plan. */
  readonly selection: readonly string[];
  /** Per task: flags that make that search alone. */
  readonly alone: readonly (readonly string[])[];
  /** The user pointed at something, so it is shown in full. */
  readonly isPointed: boolean;
}

/** A scope and the flags that name it. */
interface Chosen {
  readonly scope: Scope;
  readonly flags: readonly string[];
}

/** `usage` problems are about flags, the others about what a file holds. */
export type PlanFailure = {
  readonly ok: false;
  readonly isUsage: boolean;
  readonly problems: readonly Problem[];
};

export function planCheck(flags: CheckFlags, files: Files): Result<Plan> | PlanFailure {
  const ids = list(flags.variant);
  const planted = list(flags.mutant);
  const only = list(flags.property);
  const inForms = list(flags.form);
  const named = list(flags.scope);
  const known = {
    variant: variants.map(({ id }) => id),
    mutant: mutants.map(({ id }) => id),
    property: everyProperty().map(({ id }) => id),
  };
  const problems = [
    ...ids.flatMap((id) => variantProblems(id, known.mutant)),
    ...planted.filter((id) => !known.mutant.includes(id)).map((id) => unknownId('mutant', id, known.mutant)),
    ...only
      .filter((id) => !known.property.includes(id))
      .map((id) => unknownId('property', id, known.property)),
    ...formProblems(inForms, [...ids, ...planted]),
  ];
  const byFlags = scopeByFlags(flags);
  const chosen =
    named.length === 0 && byFlags.flags.length === 0 ? ok([]) : chooseScopes(named, byFlags, files);
  const isUsage = problems.length > 0 || !named.some(isFile);
  if (!chosen.ok) problems.push(...chosen.problems);
  if (problems.length > 0 || !chosen.ok) return { ok: false, isUsage, problems };
  const models = flag('models', list(flags.models));
  const pairs = pairsOf(ids, planted, chosen.value, inForms);
  const made = pairs.flatMap(({ variant, form, scope, flags: scopeFlags }) => {
    const task = taskOf(variant, form, scope, only);
    const kind = known.mutant.includes(variant) ? 'mutant' : 'variant';
    return task === undefined
      ? []
      : [{ task, flags: [...models, `--${kind} ${variant}`, ...formFlag(form), ...scopeFlags] }];
  });
  const unfit = unfitScopes(pairs, inForms);
  if (unfit.length > 0) return { ok: false, isUsage: true, problems: unfit };
  if (made.length === 0)
    return fail({
      code: 'NOTHING_TO_CHECK',
      message: `${only.join(' ')} says nothing about ${[...new Set(pairs.map(({ variant }) => variant))].join(' ')}`,
    });
  return ok({
    tasks: made.map(({ task }) => task),
    alone: made.map((one) => one.flags),
    selection: [
      ...models,
      ...flag('variant', ids),
      ...flag('mutant', planted),
      ...flag('form', inForms),
      ...flag('scope', named),
      ...byFlags.flags,
      ...flag('property', only),
    ],
    isPointed: only.length > 0,
  });
}

/** Mutants have a flag of their own; a variant with fields changed is a variant. */
function variantProblems(id: string, mutantIds: readonly string[]): readonly Problem[] {
  const found = findProtocol(id);
  if (!found.ok) return found.problems;
  const known = variants.map((variant) => variant.id);
  return mutantIds.includes(id) ? [unknownId('variant', id, known)] : [];
}

/** `--variant v0 v3` and `--variant v0,v3` are the same. */
const list = (texts: readonly string[] | undefined): string[] => [
  ...new Set((texts ?? []).flatMap((text) => text.split(',')).filter((text) => text !== '')),
];

const flag = (name: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [`--${name} ${values.join(' ')}`];

const isFile = (name: string): boolean => /\.json$/i.test(name);

function chooseScopes(
  named: readonly string[],
  byFlags: ScopeByFlags,
  files: Files,
): Result<readonly Chosen[]> {
  const problems: Problem[] = [];
  const chosen: Chosen[] = [];
  const take = (result: Result<Scope>, flags: readonly string[]): void => {
    if (result.ok) chosen.push({ scope: result.value, flags });
    else problems.push(...result.problems);
  };
  for (const name of named.length === 0 ? [full.name] : named) {
    const base = baseScope(name, files);
    const changed =
      base.ok && byFlags.flags.length > 0 ? scopeFrom(base.value, byFlags.change, { name: flagOf }) : base;
    take(changed, [`--scope ${name}`, ...byFlags.flags]);
  }
  return problems.length > 0 ? fail(...problems) : ok(chosen);
}

function baseScope(name: string, files: Files): Result<Scope> {
  const preset = scopes.find((scope) => scope.name === name);
  if (preset !== undefined) return ok(preset);
  const names = scopes.map((scope) => scope.name);
  if (!isFile(name)) return fail(unknownId('scope', name, [...names, 'a .json file']));
  if (!files.exists(name)) return fail({ code: 'SCOPE_NO_FILE', message: `there is no file ${name}` });
  return scopeFromJson(files.read(name), name);
}

/** A scope of guests that are filled on demand, with a form that was named, or goes without saying, and cannot be. */
function unfitScopes(pairs: readonly Pair[], named: readonly string[]): readonly Problem[] {
  if (named.includes(ALL_FORMS)) return [];
  return pairs
    .filter(({ form, scope }) => scope.bootPod > 0 && !form.pod)
    .map(({ variant, form, scope }) => ({
      code: 'SCOPE_FORM',
      message: `${scope.name} is a scope of guests that are filled on demand`,
      expected: forms
        .filter(({ pod }) => pod)
        .map(({ id }) => `--form ${id}`)
        .join(' or '),
      got: `${variant} in ${form.id}`,
    }));
}

interface Pair extends Chosen {
  readonly variant: string;
  readonly form: Form;
}

const ALL_FORMS = 'all';

const formFlag = ({ id }: Form): string[] => (id === pv64.id ? [] : [`--form ${id}`]);

/** Without a form: the one in which a mutant shows, or the one that goes without saying. */
function formsFor(variant: string, named: readonly string[]): readonly Form[] {
  if (named.length === 0) return [mutants.find(({ id }) => id === variant)?.form ?? pv64];
  return named.includes(ALL_FORMS) ? forms : forms.filter(({ id }) => named.includes(id));
}

/** Forms that do not exist, at all or for a variant that was named. */
function formProblems(named: readonly string[], ids: readonly string[]): readonly Problem[] {
  return named
    .filter((id) => id !== ALL_FORMS)
    .flatMap((id): readonly Problem[] => {
      const found = findForm(id);
      if (!found.ok) return found.problems;
      return ids.flatMap((variant) => {
        const protocol = protocolOf(variant);
        const why = protocol === undefined ? undefined : absence(protocol, found.value);
        return why === undefined ? [] : [{ code: 'FORM_ABSENT', message: `no form ${id}: ${why}` }];
      });
    });
}

/**
 * Without a scope the catalog says where: its default rows, and where a form has none for a variant, the rows that it has.
 * A form that a variant does not exist in is left out.
 */
function pairsOf(
  ids: readonly string[],
  planted: readonly string[],
  chosen: readonly Chosen[],
  inForms: readonly string[],
): readonly Pair[] {
  const isAll = ids.length + planted.length === 0;
  const all = isAll ? variants.map(({ id }) => id) : [...ids, ...planted];
  const pairs = all.flatMap((variant) =>
    formsFor(variant, inForms)
      .filter((form) => exists(variant, form))
      .map((form) => ({ variant, form })),
  );
  if (chosen.length > 0) return pairs.flatMap((pair) => chosen.map((one) => ({ ...pair, ...one })));
  return pairs.flatMap((pair) => scopesOf(pair, isAll).map((name) => ({ ...pair, ...preset(name) })));
}

function exists(variant: string, form: Form): boolean {
  const protocol = protocolOf(variant);
  return protocol !== undefined && absence(protocol, form) === undefined;
}

const preset = (name: string): Chosen => ({
  scope: scopes.find((scope) => scope.name === name) ?? full,
  flags: [`--scope ${name}`],
});

function scopesOf({ variant, form }: Pick<Pair, 'variant' | 'form'>, isAll: boolean): readonly string[] {
  const planted = mutants.find(({ id }) => id === variant)?.row;
  if (planted !== undefined) return [planted.scope];
  const rows = catalog.filter((row) => row.variant === variant && row.form === form.id && !row.deep);
  const byDefault = rows.filter((row) => row.default);
  const named = (form === pv64 || byDefault.length > 0 ? byDefault : rows).map(({ scope }) => scope);
  return named.length > 0 || (isAll && form === pv64)
    ? named
    : [form === pv64 ? full.name : smallScope(form).name];
}

/** Temporal properties are judged where they are named, or a row expects them. Undefined where no property speaks about the variant. */
function taskOf(variant: string, form: Form, scope: Scope, only: readonly string[]): Task | undefined {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${variant}`);
  const expectation = expectationOf(variant, form, scope);
  const isAsked = (property: Property): boolean => {
    if (only.length > 0) return only.includes(property.id);
    return !onRequest.includes(property) || expectation?.onRequest?.[property.id] !== undefined;
  };
  const ids = everyProperty()
    .filter((property) => property.appliesTo(protocol, scope) && isAsked(property))
    .map(({ id }) => id);
  if (ids.length === 0) return undefined;
  return {
    variant,
    form: form.id,
    scope,
    properties: ids,
    ...(expectation === undefined ? {} : { expectation }),
  };
}

/** A scope that carries a preset's name is that preset (scope-input.ts). */
function expectationOf(variant: string, form: Form, scope: Scope): SearchExpectation | undefined {
  const row = catalog.find(
    (one) => one.variant === variant && one.form === form.id && one.scope === scope.name,
  );
  if (row !== undefined) return row.expectation;
  return mutants.find((one) => one.id === variant && one.form === form && one.row?.scope === scope.name)?.row
    ?.expectation;
}
