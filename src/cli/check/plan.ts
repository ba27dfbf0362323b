/**
 * From flags to searches: which variants and mutants in which scopes, and what the catalog expects of each.
 */
import { mutants } from '../../../models/mutants/all.ts';
import type { Scope } from '../../../models/scope.ts';
import { full, scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { properties } from '../../../properties/all.ts';
import { PV } from '../../../properties/catalog/row.ts';
import { catalog } from '../../../properties/catalog.ts';
import type { SearchExpectation } from '../../../properties/expectation.ts';
import { mutantsCatalog } from '../../../properties/mutants-catalog.ts';
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
  const named = list(flags.scope);
  const known = {
    variant: variants.map(({ id }) => id),
    mutant: mutants.map(({ id }) => id),
    property: properties.map(({ id }) => id),
  };
  const problems = [
    ...ids.flatMap((id) => variantProblems(id, known.mutant)),
    ...planted.filter((id) => !known.mutant.includes(id)).map((id) => unknownId('mutant', id, known.mutant)),
    ...only
      .filter((id) => !known.property.includes(id))
      .map((id) => unknownId('property', id, known.property)),
  ];
  const byFlags = scopeByFlags(flags);
  const chosen =
    named.length === 0 && byFlags.flags.length === 0 ? ok([]) : chooseScopes(named, byFlags, files);
  const isUsage = problems.length > 0 || !named.some(isFile);
  if (!chosen.ok) problems.push(...chosen.problems);
  if (problems.length > 0 || !chosen.ok) return { ok: false, isUsage, problems };
  const pairs = pairsOf(ids, planted, chosen.value);
  const made = pairs.flatMap(({ variant, scope, flags: scopeFlags }) => {
    const task = taskOf(variant, scope, only);
    const kind = known.mutant.includes(variant) ? 'mutant' : 'variant';
    return task === undefined ? [] : [{ task, flags: [`--${kind} ${variant}`, ...scopeFlags] }];
  });
  if (made.length === 0)
    return fail({
      code: 'NOTHING_TO_CHECK',
      message: `${only.join(' ')} says nothing about ${[...new Set(pairs.map(({ variant }) => variant))].join(' ')}`,
    });
  const flag = (name: string, values: readonly string[]): string[] =>
    values.length === 0 ? [] : [`--${name} ${values.join(' ')}`];
  return ok({
    tasks: made.map(({ task }) => task),
    alone: made.map((one) => one.flags),
    selection: [
      ...flag('variant', ids),
      ...flag('mutant', planted),
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

interface Pair extends Chosen {
  readonly variant: string;
}

/** Without a scope the catalog says where; without a variant either, its default rows. */
function pairsOf(
  ids: readonly string[],
  planted: readonly string[],
  chosen: readonly Chosen[],
): readonly Pair[] {
  const preset = (name: string): Chosen => ({
    scope: scopes.find((scope) => scope.name === name) ?? full,
    flags: [`--scope ${name}`],
  });
  if (chosen.length > 0) {
    const all = ids.length + planted.length === 0 ? variants.map(({ id }) => id) : [...ids, ...planted];
    return all.flatMap((variant) => chosen.map((one) => ({ variant, ...one })));
  }
  const rows = catalog.filter(
    (row) => row.default && (ids.includes(row.variant) || ids.length + planted.length === 0),
  );
  const without = ids.filter((id) => !rows.some(({ variant }) => variant === id));
  return [
    ...rows.map(({ variant, scope }) => ({ variant, ...preset(scope) })),
    ...without.map((variant) => ({ variant, ...preset(full.name) })),
    ...planted.map((variant) => ({
      variant,
      ...preset(mutantsCatalog.find(({ mutant }) => mutant === variant)?.scope ?? full.name),
    })),
  ];
}

/** Undefined where none of the chosen properties speaks about the variant. */
function taskOf(variant: string, scope: Scope, only: readonly string[]): Task | undefined {
  const protocol = protocolOf(variant);
  if (protocol === undefined) throw new Error(`no variant or mutant ${variant}`);
  const ids = properties
    .filter(
      (property) => property.appliesTo(protocol, scope) && (only.length === 0 || only.includes(property.id)),
    )
    .map(({ id }) => id);
  if (ids.length === 0) return undefined;
  const expectation = expectationOf(variant, scope);
  return { variant, form: PV, scope, properties: ids, ...(expectation === undefined ? {} : { expectation }) };
}

/** A scope that carries a preset's name is that preset (scope-input.ts). */
function expectationOf(variant: string, scope: Scope): SearchExpectation | undefined {
  const row = catalog.find((one) => one.variant === variant && one.form === PV && one.scope === scope.name);
  if (row !== undefined) return row.expectation;
  return mutantsCatalog.find((one) => one.mutant === variant && one.scope === scope.name)?.expectation;
}
