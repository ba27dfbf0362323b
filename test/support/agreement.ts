/** What both engines say of one variant in one scope, in one shape. */
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';
import { applicable } from './explored.ts';
import { exploreNaively } from './naive.ts';

interface Broken {
  readonly length: number;
  readonly count: number;
}

export interface Counts {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Violated properties by id; the others hold or are vacuous. */
  readonly violated: Readonly<Record<string, Broken>>;
  /** Properties of which no witness was taken. */
  readonly unwitnessed: readonly string[];
  /** Families of which no label was ever taken. */
  readonly neverTaken: readonly string[];
  readonly refusals: number;
}

/** The product is composed twice, so that the engines share nothing but the charts. */
export function countedTwice(
  protocol: Protocol,
  scope: Scope,
  form: Form = pv64,
): { readonly packed: Counts; readonly naive: Counts } {
  const properties = applicable(protocol, scope);
  const watches = properties.map(({ watch }) => watch);
  const model = guestModel(protocol, form, scope);
  const families = [...new Set(model.alphabet.map(({ type }) => type))];
  const finish = (violations: readonly (Broken | undefined)[], taken: ReadonlySet<string>) => ({
    violated: Object.fromEntries(
      properties.flatMap(({ id }, at) => {
        const broken = violations[at];
        return broken === undefined ? [] : [[id, broken] as const];
      }),
    ),
    unwitnessed: properties
      .filter(({ witness }) => !witness.some((family) => taken.has(family)))
      .map(({ id }) => id),
    neverTaken: families.filter((family) => !taken.has(family)),
  });

  const product = expectOk(composeProduct(model), `${protocol.id} is within the fragment`);
  const found = explore(product, watches);
  const fired = new Set(product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : [])));
  const lengths = found.violations.map((violation) =>
    violation === undefined
      ? undefined
      : {
          length: found.path(violation.state).length + (violation.label === undefined ? 0 : 1),
          count: violation.count,
        },
  );
  const naive = exploreNaively(guestModel(protocol, form, scope), watches);
  return {
    packed: {
      states: found.states,
      transitions: found.transitions,
      depth: found.depth,
      refusals: found.refusals.length,
      ...finish(lengths, fired),
    },
    naive: {
      states: naive.states,
      transitions: naive.transitions,
      depth: naive.depth,
      refusals: naive.refusals.size,
      ...finish(naive.violations, naive.taken),
    },
  };
}

/** One line a person can put into the catalog; shown when BALLAST_COUNTS is set. */
export function printed(
  protocol: Protocol,
  scope: Scope,
  { states, transitions, depth, ...rest }: Counts,
): void {
  if (process.env['BALLAST_COUNTS'] === undefined) return;
  const violated = Object.entries(rest.violated).map(([id, { length, count }]) => `${id} ${length}/${count}`);
  console.log(
    `${protocol.id} ${scope.name}: ${states} states, ${transitions} transitions, depth ${depth}; ` +
      `violated ${violated.join(', ') || 'none'}; unwitnessed ${rest.unwitnessed.join(', ') || 'none'}; ` +
      `never taken ${rest.neverTaken.join(', ') || 'none'}`,
  );
}
