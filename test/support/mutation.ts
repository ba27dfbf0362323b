/** In which scope each mutant is judged. */
import type { Mutant } from '../../models/mutant.ts';
import type { Scope } from '../../models/scope.ts';
import { blocks, onDemand, pair, single } from '../../models/scopes.ts';
import { outcome } from './explored.ts';

const SCOPES: Readonly<Record<string, Scope>> = { 'mutex-held-over-add': pair, 'half-blocks-added': blocks };
const POD = ['init-balloon-not-awaited', 'hvm-ballooned-boot', 'debt-not-paid', 'surplus-kept'];

export const scopeOf = ({ id }: Mutant): Scope => SCOPES[id] ?? (POD.includes(id) ? onDemand : single);

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
