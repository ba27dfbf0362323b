/** One exploration per protocol and scope: a test file asks as often as it likes and pays once. */
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { onRequest, properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import type { Property } from '../../properties/property.ts';
import { runSearch, type SearchOutcome, type SearchTask } from '../../src/check/run-search.ts';
import { composeProduct, type Product } from '../../src/compose/product.ts';
import type { Model } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import type { CaseReport } from '../../src/core/run-report.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { type Exploration, explore, type SearchOptions } from '../../src/search/search.ts';

export interface Explored {
  readonly protocol: Protocol;
  readonly form: Form;
  readonly scope: Scope;
  readonly model: Model;
  readonly product: Product;
  readonly found: Exploration;
  /** Those that speak about the protocol; `found.violations` has one entry for each. */
  readonly properties: readonly Property[];
}

const known = new Map<string, unknown>();

function remembered<T>(key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key) as T;
}

export const applicable = (protocol: Protocol, scope: Scope): readonly Property[] =>
  properties.filter(({ appliesTo }) => appliesTo(protocol, scope));

export function productOf(protocol: Protocol, scope: Scope, form: Form = pv64): Product {
  return expectOk(composeProduct(guestModel(protocol, form, scope)), `${protocol.id} is within the fragment`);
}

export function explored(protocol: Protocol, scope: Scope, form: Form = pv64): Explored {
  return remembered(`explored ${protocol.id} ${form.id} ${scope.name}`, () => {
    const own = applicable(protocol, scope);
    const product = productOf(protocol, scope, form);
    const found = explore(
      product,
      own.map(({ watch }) => watch),
    );
    return {
      protocol,
      form,
      scope,
      model: guestModel(protocol, form, scope),
      product,
      found,
      properties: own,
    };
  });
}

export function taskOf(protocol: Protocol, scope: Scope, form: Form = pv64): SearchTask {
  return {
    variant: protocol.id,
    form: form.id,
    scope,
    model: guestModel(protocol, form, scope),
    properties: applicable(protocol, scope),
    ledger: ledgerLines,
    clock: () => 0,
  };
}

/** The same through the front door, with verdicts and replayed traces. */
export function outcome(
  protocol: Protocol,
  scope: Scope,
  options: SearchOptions = {},
  form: Form = pv64,
): SearchOutcome {
  return remembered(`outcome ${protocol.id} ${form.id} ${scope.name}`, () =>
    expectOk(
      runSearch(taskOf(protocol, scope, form), options),
      `${protocol.id} breaks no rule of the product`,
    ),
  );
}

/** The properties on request: temporal ones cost a walk of their own. */
export function requestedTask(protocol: Protocol, scope: Scope, form: Form = pv64): SearchTask {
  const own = onRequest.filter(({ appliesTo }) => appliesTo(protocol, scope));
  return { ...taskOf(protocol, scope, form), properties: own };
}

export function requestedOutcome(protocol: Protocol, scope: Scope, form: Form = pv64): SearchOutcome {
  return remembered(`on request ${protocol.id} ${form.id} ${scope.name}`, () =>
    expectOk(runSearch(requestedTask(protocol, scope, form)), `${protocol.id} breaks no rule of the product`),
  );
}

/** The case of one property; throws where the property has no row. */
export function caseOf(protocol: Protocol, scope: Scope, id: string, form: Form = pv64): CaseReport {
  const isOnRequest = onRequest.some((one) => one.id === id);
  const { cases } = isOnRequest ? requestedOutcome(protocol, scope) : outcome(protocol, scope, {}, form);
  const found = cases.find(({ property }) => property === id);
  if (found === undefined) throw new Error(`${id} does not speak about ${protocol.id}`);
  return found;
}

export const verdictOf = (protocol: Protocol, scope: Scope, id: string, form: Form = pv64): Verdict =>
  caseOf(protocol, scope, id, form).verdict;
