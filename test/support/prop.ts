import fc from 'fast-check';
import { it } from 'vitest';

/**
 * One property as one test: `check` must not throw for any combination of the inputs.
 * `known` holds counterexamples found before; they run first, for ever.
 * The failure ends with the command that repeats it.
 */
export function prop<T extends object>(
  name: string,
  inputs: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (input: T) => void,
  known: readonly T[] = [],
): void {
  it(name, () => {
    const property = fc.property(fc.record<T>(inputs, { noNullPrototype: true }), check);
    const details = fc.check(property, { examples: known.map((input) => [input]) });
    const report = fc.defaultReportMessage(details);
    if (report === undefined) return;
    const { seed, numRuns } = details.runConfiguration;
    const settings = [
      `FC_SEED=${seed ?? details.seed}`,
      ...(numRuns === undefined ? [] : [`FC_RUNS=${numRuns}`]),
    ];
    throw new Error(`${report}\n\nRepeat: ${settings.join(' ')} npx vitest run -t ${JSON.stringify(name)}`, {
      cause: details.failed ? details.errorInstance : undefined,
    });
  });
}
