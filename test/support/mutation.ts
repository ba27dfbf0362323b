/** In which scope each mutant is judged. */
import type { Mutant } from '../../models/mutant.ts';
import type { Scope } from '../../models/scope.ts';
import { scopes } from '../../models/scopes.ts';
import { mutantsCatalog } from '../../properties/mutants-catalog.ts';
import { outcome } from './explored.ts';

export function scopeOf({ id }: Mutant): Scope {
  const row = mutantsCatalog.find(({ mutant }) => mutant === id);
  const found = scopes.find(({ name }) => name === row?.scope);
  if (found === undefined) throw new Error(`the catalog names no scope for ${id}`);
  return found;
}

/** Properties that hold on the base and are violated on the mutant. */
export function killers(mutant: Mutant): readonly string[] {
  const scope = scopeOf(mutant);
  const holding = new Set(
    outcome(mutant.base, scope, {}, mutant.form).cases.flatMap(({ property, verdict }) =>
      verdict.kind === 'holds' ? [property] : [],
    ),
  );
  return outcome(mutant.protocol, scope, {}, mutant.form).cases.flatMap(({ property, verdict }) =>
    verdict.kind === 'violated' && holding.has(property) ? [property] : [],
  );
}
