/**
 * `ballast export rv`: monitors for the kernel's runtime verification, and the proof that they raise no false alarm.
 */
import { chart, role } from '../../../models/kit.ts';
import type { Scope } from '../../../models/scope.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { controlOf } from '../../compile/control.ts';
import { composeProduct, type Product } from '../../compose/product.ts';
import type { Model, ModelChart } from '../../core/chart.ts';
import { covers, type Label, labelText } from '../../core/label.ts';
import { expectOk } from '../../core/result.ts';
import { type Monitor, monitorOf } from '../../export/monitor.ts';
import { eventOf, MONITORS } from '../../export/monitor-events.ts';
import { explore } from '../../search/search.ts';
import { modelOf } from '../check/task.ts';

/** One monitor of each kind, projected from the charts of a product. */
export function monitorsOf({ tables, labels }: Product): readonly Monitor[] {
  return MONITORS.flatMap((kind) => {
    const table = tables.find(({ chart: { kind: of } }) => of === kind.chart);
    return table === undefined ? [] : [monitorOf(kind, controlOf(table, labels))];
  });
}

/** Whether a label is one of the block's; blocks of several sections are not told apart by section here. */
function ofBlock(label: Label, index: number, perBlock: number): boolean {
  if (label.block !== undefined) return label.block === index;
  if (label.section !== undefined) return Math.floor(label.section / perBlock) === index;
  const sections = Array.from({ length: perBlock }, (_, n) => index * perBlock + n);
  return label.first !== undefined && sections.some((section) => covers(label, section));
}

const REFUSED = 'refused';

/** The monitor as a chart that only looks on: what it would not accept leads to `refused`, and there it stays. */
function onlooker(
  monitor: Monitor,
  families: readonly string[],
  index: number,
  perBlock: number,
): ModelChart {
  const seen = families.filter((family) => eventOf(monitor.kind, family) !== undefined);
  const isBlock = monitor.kind.chart === 'block';
  const to = (state: string, family: string): string =>
    monitor.transitions.find(({ from, event }) => from === state && event === eventOf(monitor.kind, family))
      ?.to ?? REFUSED;
  const states = [...monitor.states, REFUSED].map((state) => [
    state,
    Object.fromEntries(
      seen.map((family) => [family, { to: state === REFUSED ? REFUSED : to(state, family) }]),
    ),
  ]);
  return chart<object>({
    id: `monitor[${index}]`,
    kind: 'monitor',
    actor: 'kernel',
    families: role('observes', ...seen),
    ...(isBlock ? { owns: (label: Label) => ofBlock(label, index, perBlock) } : {}),
    context: {},
    initial: monitor.initial,
    states: Object.fromEntries(states) as Record<string, Record<string, { to: string }>>,
    observe: (_, value) => ({ refused: value === REFUSED ? 1 : 0 }),
  });
}

export interface Alarm {
  /** States of the product with the monitor, all of them if `complete`. */
  readonly states: number;
  readonly complete: boolean;
  /** The shortest run that the monitor refuses, last label last; undefined if there is none. */
  readonly run: readonly Label[] | undefined;
}

/** Explores a model with the monitor looking on. `index`: which block is watched; `perBlock`: its sections. */
export function alarmOf(
  model: Model,
  monitor: Monitor,
  {
    index = 0,
    perBlock = 1,
    statesMax = 2_000_000,
  }: { index?: number; perBlock?: number; statesMax?: number } = {},
): Alarm {
  const families = [...new Set(model.alphabet.map(({ type }) => type))];
  const watched = { ...model, charts: [...model.charts, onlooker(monitor, families, index, perBlock)] };
  const product = expectOk(composeProduct(watched), 'an onlooker breaks no rule');
  const explored = explore(
    product,
    [{ kind: 'state', clauses: [[{ sum: { 'monitor.refused': 1 }, is: 'above', to: 0 }]], perIndex: false }],
    { statesMax },
  );
  const [violation] = explored.violations;
  const run = violation && explored.path(violation.state).flatMap((id) => product.labels[id] ?? []);
  return { states: explored.states, complete: explored.complete, run };
}

/** What the monitors of a variant do in a scope: no alarm of its own, and which planted bugs each would see. */
export function monitorRemarks(variant: string, form: string, scope: Scope): readonly string[] {
  const perBlock = scope.sectionsPerBlock;
  const model = (id: string): Model => modelOf({ variant: id, form, scope });
  const own = model(variant);
  const monitors = monitorsOf(expectOk(composeProduct(own), 'shipped variants obey the rules'));
  const planted = mutants.filter(({ base }) => base.id === variant);
  return monitors.flatMap((monitor) => {
    const { name, chart: kind } = monitor.kind;
    const { states, complete, run } = alarmOf(own, monitor, { perBlock });
    const verdict = run !== undefined ? `ALARM: ${shown(run)}` : complete ? 'no alarm' : 'no alarm so far';
    const caught = planted.flatMap(({ id }) => {
      const alarm = alarmOf(model(id), monitor, { perBlock });
      return alarm.run === undefined
        ? []
        : [`  sees ${id} after ${alarm.run.length} labels: ${shown(alarm.run.slice(-3))}`];
    });
    const what = kind === 'block' ? 'block 0' : 'the thread';
    return [
      `${name}: ${verdict} in ${states} states of ${variant} in ${scope.name}, watching ${what}; sees ${caught.length} of ${planted.length} bugs planted in it`,
      ...caught,
    ];
  });
}

const shown = (run: readonly Label[]): string => run.map(labelText).join(', ');
