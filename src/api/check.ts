/** `check` as a function: one variant in one scope, exhaustively, with a verdict and a shortest run per property. */
import { formOf } from '../../models/forms/all.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Scope } from '../../models/scope.ts';
import { scopes, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { runSearch, type SearchOutcome } from '../check/run-search.ts';
import { fail, type Result } from '../core/result.ts';

export interface CheckRequest {
  /** Id of a shipped or admitted variant or mutant. */
  readonly variant: string;
  /** Id of a guest form; `pv-x86_64` by default. */
  readonly form?: string;
  /** A name of models/scopes.ts, or bounds; `single` by default. */
  readonly scope?: string | Scope;
  /** Ids; by default all that speak about the variant. */
  readonly properties?: readonly string[];
  /** Ends as `bounded` there. */
  readonly statesMax?: number;
}

/** UNKNOWN_VARIANT, UNKNOWN_FORM, FORM_ABSENT, UNKNOWN_SCOPE, UNKNOWN_PROPERTY, or the rules that a chart breaks. Takes seconds in small scopes, and does not yield. */
export function check(request: CheckRequest): Result<SearchOutcome> {
  const protocol =
    variants.find(({ id }) => id === request.variant) ??
    mutants.find(({ id }) => id === request.variant)?.protocol;
  const wanted = request.scope ?? single;
  const scope = typeof wanted === 'string' ? scopes.find(({ name }) => name === wanted) : wanted;
  const unknown = (request.properties ?? []).filter((id) => !properties.some((one) => one.id === id));
  const form = protocol === undefined ? undefined : formOf(request.form ?? pv64.id, protocol);
  const problems = [
    ...(form === undefined || form.ok ? [] : form.problems),
    ...(protocol === undefined
      ? [
          {
            code: 'UNKNOWN_VARIANT',
            message: `there is no variant ${request.variant}`,
            expected: variants.map(({ id }) => id).join(' '),
          },
        ]
      : []),
    ...(scope === undefined
      ? [
          {
            code: 'UNKNOWN_SCOPE',
            message: `there is no scope ${String(wanted)}`,
            expected: scopes.map(({ name }) => name).join(' '),
          },
        ]
      : []),
    ...unknown.map((id) => ({ code: 'UNKNOWN_PROPERTY', message: `there is no property ${id}` })),
  ];
  if (protocol === undefined || !form?.ok || scope === undefined || problems.length > 0)
    return fail(...problems);
  const { properties: only, statesMax } = request;
  return runSearch(
    {
      variant: protocol.id,
      form: form.value.id,
      scope,
      model: guestModel(protocol, form.value, scope),
      properties: properties.filter(
        (one) => one.appliesTo(protocol, scope) && (only?.includes(one.id) ?? true),
      ),
      ledger: ledgerLines,
      clock: () => 0,
    },
    statesMax === undefined ? {} : { statesMax },
  );
}
