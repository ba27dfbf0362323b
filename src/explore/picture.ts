/**
 * A run as the page draws it: which charts changed at each step, who owned the label, and the page ledger.
 */
import type { Scope } from '../../models/scope.ts';
import type { PageCase, PageChange, PageGeometry, PageLocal, PageStep } from '../../reports/page-data.ts';
import type { ReportedCase } from '../../reports/run-report.ts';
import { REFUSED } from '../compile/table.ts';
import { contribution } from '../compose/observation.ts';
import type { Owner, Product } from '../compose/product.ts';
import { labelText } from '../core/label.ts';
import { confirmReplay } from '../trace/replay.ts';
import type { LedgerLine } from '../trace/trace.ts';

/** Local state of every chart, in the order of the product's tables. */
export type Locals = Int32Array;

/** Each chart where it begins. */
export const startOf = (product: Product): Locals => new Int32Array(product.tables.length);

/** The state after a label (an index of the alphabet), or the owners that refuse it. */
export function stepFrom(
  product: Product,
  from: Locals,
  label: number,
): { readonly after: Locals } | { readonly refusedBy: readonly Owner[] } {
  const after = from.slice();
  const refusedBy: Owner[] = [];
  for (const owner of ownersOf(product, label)) {
    const to = tableAt(product, owner.chart).successor(from[owner.chart] ?? 0, owner.own);
    if (to === REFUSED) refusedBy.push(owner);
    else after[owner.chart] = to;
  }
  return refusedBy.length > 0 ? { refusedBy } : { after };
}

function ownersOf(product: Product, label: number): readonly Owner[] {
  const owners = product.owners[label];
  if (owners === undefined) throw new RangeError(`no label ${label}`);
  return owners;
}

export function tableAt(product: Product, chart: number): Product['tables'][number] {
  const table = product.tables[chart];
  if (table === undefined) throw new RangeError(`no chart ${chart}`);
  return table;
}

/** One chart's local state; a chart without words of its own is shown by its state's name. */
export function localAt(product: Product, chart: number, state: number): PageLocal {
  const table = tableAt(product, chart);
  const local = table.local(state);
  return {
    value: local.value,
    show: table.chart.show?.(local) ?? local.value,
    quantities: table.quantities(state),
  };
}

/** Charts that differ between two states; every chart where there is no state before. */
export function changeOf(product: Product, after: Locals, before?: Locals): PageChange {
  return Object.fromEntries(
    product.tables.flatMap((table, at) =>
      before !== undefined && before[at] === after[at]
        ? []
        : [[table.chart.id, localAt(product, at, after[at] ?? 0)]],
    ),
  );
}

function ledgerAt(
  product: Product,
  locals: Locals,
  lines: readonly LedgerLine[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    lines.map(({ name, sum }) => [
      name,
      product.tables.reduce(
        (total, table, at) => total + contribution(sum, table.chart.kind, table.quantities(locals[at] ?? 0)),
        0,
      ),
    ]),
  );
}

/** Who takes a label: the actor of its first owner. */
export function actorOf(product: Product, label: number): string {
  const [first] = ownersOf(product, label);
  return first === undefined ? '?' : tableAt(product, first.chart).chart.actor;
}

export function pageStep(
  product: Product,
  label: number,
  before: Locals,
  after: Locals,
  lines: readonly LedgerLine[],
): PageStep {
  const event = product.labels[label];
  if (event === undefined) throw new RangeError(`no label ${label}`);
  return {
    label: labelText(event),
    actor: actorOf(product, label),
    owners: ownersOf(product, label).map(({ chart, role }) => {
      const { id, actor } = tableAt(product, chart).chart;
      return { chart: id, role, actor };
    }),
    changed: changeOf(product, after, before),
    ledger: ledgerAt(product, after, lines),
  };
}

export const geometryOf = (scope: Scope): PageGeometry => ({
  sections: scope.sections,
  pagesPerSection: scope.pagesPerSection,
  sectionsPerBlock: scope.sectionsPerBlock,
  bootPages: scope.bootPages,
  hostPages: scope.hostPages,
});

/** `v3-full-I-10`, of letters that need no escape in a link. */
export const caseId = (found: {
  readonly variant: string;
  readonly scope: string;
  readonly property: string;
}): string => [found.variant, found.scope, found.property].join('-').replace(/[^A-Za-z0-9.-]+/g, '_');

/**
 * A violated case, drawn from its trace. The run is confirmed by XState before it is shown.
 * Throws where the product cannot take it: a bug of ours, or a trace of another model.
 */
export function pageCase(
  product: Product,
  found: ReportedCase,
  scope: Scope,
  lines: readonly LedgerLine[],
): PageCase {
  const labels = found.trace?.labels ?? [];
  const ids = new Map(product.labels.map((label, id) => [labelText(label), id]));
  const locals: Locals[] = [startOf(product)];
  const steps = labels.map((label, at) => {
    const text = labelText(label);
    const id = ids.get(text);
    const before = locals[at] ?? startOf(product);
    const next = id === undefined ? undefined : stepFrom(product, before, id);
    if (id === undefined || next === undefined) throw new Error(`${text} is not in the alphabet`);
    if ('refusedBy' in next) throw new Error(`step ${at + 1}, ${text}, is refused`);
    locals.push(next.after);
    return pageStep(product, id, before, next.after, lines);
  });
  confirmReplay(product, labels, locals);
  return {
    id: caseId(found),
    variant: found.variant,
    form: found.form,
    scope: found.scope,
    property: found.property,
    title: found.title,
    statement: found.statement,
    finding: found.finding,
    reproduce: found.reproduce,
    geometry: geometryOf(scope),
    start: changeOf(product, startOf(product)),
    steps,
    ...(found.fairness === undefined ? {} : { fairness: found.fairness }),
    ...(found.trace?.loopFrom === undefined ? {} : { loopFrom: found.trace.loopFrom }),
    broken: found.trace?.broken ?? [],
  };
}
