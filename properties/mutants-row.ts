/** One row of the catalog of mutants. */
import { onRequest } from './all.ts';
import { type CountedBy, type ExpectedVerdict, type SearchExpectation, violated } from './expectation.ts';

export interface MutantRow {
  readonly mutant: string;
  /** Name of a scope of models/scopes.ts. */
  readonly scope: string;
  /** By property: labels in the shortest run that breaks it. */
  readonly kills: Readonly<Record<string, number>>;
  readonly expectation: SearchExpectation;
  readonly countedBy: CountedBy;
}

/** `others`: verdicts that are not `holds` and do not kill, such as what it has from its base. */
export function row(
  mutant: string,
  scope: string,
  [states, transitions, depth]: readonly [number, number, number],
  countedBy: CountedBy,
  kills: Readonly<Record<string, number>>,
  others: Readonly<Record<string, ExpectedVerdict>> = {},
): MutantRow {
  const killed = Object.entries(kills).map(
    ([property, length]) => [property, violated(length, mutant)] as const,
  );
  const isRequested = ([property]: readonly [string, ExpectedVerdict]): boolean =>
    onRequest.some(({ id }) => id === property);
  const requested = killed.filter(isRequested);
  const usual = killed.filter((one) => !isRequested(one));
  const verdicts = { ...others, ...Object.fromEntries(usual) };
  // A planted bug may well cut off labels; nobody owes reasons for that.
  return {
    mutant,
    scope,
    kills,
    countedBy,
    expectation: {
      ...{ states, transitions, depth, verdicts, neverTaken: {} },
      ...(requested.length === 0 ? {} : { onRequest: Object.fromEntries(requested) }),
    },
  };
}
