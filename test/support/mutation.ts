/** In which scope each mutant is judged. */

import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { scopes } from '../../models/scopes.ts';
import type { Mutant } from '../../properties/mutant.ts';
import type { CaseReport } from '../../src/core/run-report.ts';
import { outcome, requestedOutcome } from './explored.ts';

export function scopeOf({ id, row }: Mutant): Scope {
  const found = scopes.find(({ name }) => name === row?.scope);
  if (found === undefined) throw new Error(`no scope is named for ${id}`);
  return found;
}

/** What its row asks for as well. */
function casesOf(mutant: Mutant, protocol: Protocol): readonly CaseReport[] {
  const scope = scopeOf(mutant);
  const asked = mutant.row?.expectation.onRequest ?? {};
  const { cases } = outcome(protocol, scope, {}, mutant.form);
  if (Object.keys(asked).length === 0) return cases;
  const more = requestedOutcome(protocol, scope).cases;
  return [...cases, ...more.filter(({ property }) => asked[property] !== undefined)];
}

/** Properties that hold on the base and are violated on the mutant. */
export function killers(mutant: Mutant): readonly string[] {
  const holding = new Set(
    casesOf(mutant, mutant.base).flatMap(({ property, verdict }) =>
      verdict.kind === 'holds' ? [property] : [],
    ),
  );
  return casesOf(mutant, mutant.protocol).flatMap(({ property, verdict }) =>
    verdict.kind === 'violated' && holding.has(property) ? [property] : [],
  );
}
