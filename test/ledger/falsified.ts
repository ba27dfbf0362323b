/** No quantity of any chart escapes the ledger: each is falsified by one, in turn, and must be noticed. */
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { realScope } from '../../models/hosts.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { setupOf } from '../../src/cli/fuzz/setup.ts';
import { walk } from '../../src/fuzz/campaign.ts';
import { CheckedRun, LEDGER_DIFFERS, type Setup } from '../../src/fuzz/checked-run.ts';
import { picksOf } from '../../src/fuzz/picks.ts';
import { REAL } from '../fuzz/fuzzed.ts';

const chartsOf = ({ parts }: Setup) =>
  [...parts.charts.fixed, ...parts.charts.indexed].map(({ chart }) => chart);

interface Quantity {
  readonly id: string;
  readonly name: string;
}

/** Of every chart of a variant at real size. */
export const quantitiesOf = (
  protocol: Protocol,
  scope: Scope = realScope(protocol, pv64, REAL),
  form: Form = pv64,
): readonly Quantity[] =>
  chartsOf(setupOf(protocol, form, scope)).flatMap((chart) =>
    Object.keys(chart.observe({ value: '', context: chart.machine.config.context ?? {} })).map((name) => ({
      id: chart.id,
      name,
    })),
  );

/** Whether the ledger differs in one of so many runs of so many picks; a run ends soon after it does. */
export function isNoticed(setup: Setup, runs: number, steps: number): boolean {
  for (let run = 0; run < runs; run++) {
    const checked = new CheckedRun(setup);
    const differs = () => checked.breaches.some(({ id }) => id === LEDGER_DIFFERS);
    const [temper = 0, ...picks] = picksOf(1, run, steps + 1);
    walk(checked, temper, picks, differs);
    if (!checked.overflowed) checked.compareAll();
    if (differs()) return true;
  }
  return false;
}

/** Those that may be off by one without the ledger noticing; of charts of these ids, where given. */
export const unnoticed = (
  protocol: Protocol,
  {
    scope = realScope(protocol, pv64, REAL),
    form = pv64,
    ids,
  }: { readonly scope?: Scope; readonly form?: Form; readonly ids?: readonly string[] } = {},
): readonly Quantity[] =>
  quantitiesOf(protocol, scope, form).filter(({ id, name }) => {
    if (ids !== undefined && !ids.includes(id)) return false;
    // An overflow of the model ends a run; nothing is compared after it.
    if (name === 'overflow') return false;
    const setup = setupOf(protocol, form, scope);
    const chart = chartsOf(setup).find((one) => one.id === id);
    if (chart === undefined) throw new Error(`no ${id}`);
    const { observe } = chart;
    Object.assign(chart, {
      observe: (local: Parameters<typeof observe>[0]) => {
        const honest = observe(local);
        return { ...honest, [name]: (honest[name] ?? 0) + 1 };
      },
    });
    return !isNoticed(setup, 24, 400);
  });
