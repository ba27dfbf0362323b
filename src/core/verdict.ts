/**
 * The answer to one case. `bounded` and `vacuous` are not passes.
 */
import { match } from 'ts-pattern';
import type { Label } from './label.ts';

export type Limit = 'states' | 'depth' | 'time' | 'memory' | 'interrupted' | 'overflow';

export type Verdict =
  | { readonly kind: 'holds' }
  /**
   * `trace` is a shortest run; for a state property its last state is the broken one, for a step its last label. For a temporal
   * one it is a lasso: shortest up to `loopFrom`, and from there the rest is taken again and again (no rest: nothing happens again).
   */
  | {
      readonly kind: 'violated';
      readonly trace: readonly Label[];
      readonly violating: number;
      readonly loopFrom?: number;
    }
  /** The antecedent was never reached, so nothing was shown. */
  | { readonly kind: 'vacuous'; readonly witness: string }
  /** The search stopped before the end of the scope. */
  | { readonly kind: 'bounded'; readonly limit: Limit };

export type VerdictKind = Verdict['kind'];

/** Exit code of one verdict: 0 as expected, 1 unexpected, 2 inconclusive and not expected (design §7). */
export function exitCode(verdict: Verdict, expected: VerdictKind | undefined): 0 | 1 | 2 {
  if (expected !== undefined && verdict.kind === expected) return 0;
  return match(verdict)
    .returnType<0 | 1 | 2>()
    .with({ kind: 'holds' }, () => (expected === undefined ? 0 : 1))
    .with({ kind: 'violated' }, () => 1)
    .with({ kind: 'vacuous' }, { kind: 'bounded' }, () => 2)
    .exhaustive();
}
