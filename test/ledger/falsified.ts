/** No quantity of any chart escapes the ledger: each is falsified by one, in turn, and must be noticed. */
import { realScope } from '../../models/hosts.ts';
import type { Protocol } from '../../models/protocol.ts';
import { setupOf } from '../../src/cli/fuzz/setup.ts';
import { LEDGER_DIFFERS, type Setup } from '../../src/fuzz/checked-run.ts';
import { fuzzed, REAL } from '../fuzz/fuzzed.ts';

const chartsOf = ({ parts }: Setup) =>
  [...parts.charts.fixed, ...parts.charts.indexed].map(({ chart }) => chart);

interface Quantity {
  readonly id: string;
  readonly name: string;
}

/** Of every chart of a variant at real size. */
export const quantitiesOf = (protocol: Protocol): readonly Quantity[] =>
  chartsOf(setupOf(protocol, realScope(protocol, REAL))).flatMap((chart) =>
    Object.keys(chart.observe({ value: '', context: chart.machine.config.context ?? {} })).map((name) => ({
      id: chart.id,
      name,
    })),
  );

/** Those that may be off by one without the ledger noticing. */
export const unnoticed = (protocol: Protocol): readonly Quantity[] =>
  quantitiesOf(protocol).filter(({ id, name }) => {
    // An overflow of the model ends a run; nothing is compared after it.
    if (name === 'overflow') return false;
    const setup = setupOf(protocol, realScope(protocol, REAL));
    const chart = chartsOf(setup).find((one) => one.id === id);
    if (chart === undefined) throw new Error(`no ${id}`);
    const { observe } = chart;
    Object.assign(chart, {
      observe: (local: Parameters<typeof observe>[0]) => {
        const honest = observe(local);
        return { ...honest, [name]: (honest[name] ?? 0) + 1 };
      },
    });
    return ![1, 2, 3].some((seed) => fuzzed(setup, seed, 1, 300).has(LEDGER_DIFFERS));
  });
