/**
 * A renaming of sections carried through every chart: which local state becomes which. Nobody declares that. A chart is
 * deterministic, so where its renamed twin takes the renamed label, both walked side by side from their first states say it; and
 * where they disagree the renaming is no symmetry, which is the check.
 */
import { type LtsTable, REFUSED } from '../../compile/table.ts';
import type { Product } from '../../compose/product.ts';
import { labelText } from '../../core/label.ts';
import { type Numbers, type Off, off, type Renaming, renamedCharts, renamedLabels } from './renaming.ts';

/** Its own inverse: sections are exchanged, or change ends. */
export interface Motion {
  readonly sections: readonly number[];
  readonly labels: readonly number[];
  readonly charts: readonly number[];
  /** Per chart, per local state: the local state of the chart that it becomes. */
  readonly locals: readonly Int32Array[];
}

/** The tables must be filled. */
export function motionOf(product: Product, of: Renaming, numbers: Numbers): Motion | Off {
  const labels = renamedLabels(product, of, numbers);
  if ('off' in labels) return labels;
  const charts = renamedCharts(product, of);
  if ('off' in charts) return charts;
  const locals: Int32Array[] = [];
  for (const [at, table] of product.tables.entries()) {
    const twin = product.tables[charts[at] as number] as LtsTable;
    const images = twinsOf(product, table, twin, labels);
    if ('off' in images) return images;
    locals.push(images);
  }
  const motion = { sections: of.to, labels, charts, locals };
  const wrong = product.tables.find((_, at) => !isUndone(motion, at));
  return wrong === undefined ? motion : off(`${wrong.chart.id} is not what it was after two renamings`);
}

/** Walks both tables at once. */
function twinsOf(
  product: Product,
  table: LtsTable,
  twin: LtsTable,
  labels: readonly number[],
): Int32Array | Off {
  const owns = table.labels.map((label) => twin.labels.indexOf(labels[label] as number));
  const stranger = owns.findIndex((own, at) => own < 0 || twin.roles[own] !== table.roles[at]);
  if (stranger >= 0 || twin.labels.length !== table.labels.length)
    return off(`${table.chart.id} and ${twin.chart.id} do not own the same labels`);
  const images = new Int32Array(table.size).fill(-1);
  images[0] = 0;
  const queue = [0];
  for (const local of queue) {
    const image = images[local] as number;
    for (let own = 0; own < owns.length; own++) {
      const to = table.successor(local, own);
      const twinTo = twin.successor(image, owns[own] as number);
      const known = to === REFUSED ? REFUSED : (images[to] as number);
      if (to !== REFUSED && twinTo !== REFUSED && known === -1) {
        images[to] = twinTo;
        queue.push(to);
      } else if (known !== twinTo)
        return differ(
          product,
          { table, local, own },
          { table: twin, local: image, own: owns[own] as number },
        );
    }
  }
  return images;
}

interface Cell {
  readonly table: LtsTable;
  readonly local: number;
  readonly own: number;
}

function differ({ labels }: Product, a: Cell, b: Cell): Off {
  const told = ({ table, local, own }: Cell): string => {
    const { chart } = table;
    const shown = (state: number) => chart.show?.(table.local(state)) ?? table.local(state).value;
    const label = labels[table.labels[own] as number];
    const to = table.successor(local, own);
    const after = to === REFUSED ? 'is refused' : `leads to ${shown(to)}`;
    return `in ${chart.id}, ${shown(local)}, ${label === undefined ? '' : labelText(label)} ${after}`;
  };
  return off(`${told(a)}; but ${told(b)}`);
}

function isUndone({ charts, locals }: Motion, chart: number): boolean {
  const back = locals[charts[chart] as number] as Int32Array;
  return (
    charts[charts[chart] as number] === chart &&
    (locals[chart] as Int32Array).every((image, local) => back[image] === local)
  );
}

/** Whether the motion does anything to this chart. */
export const moves = ({ charts, locals }: Motion, chart: number): boolean =>
  charts[chart] !== chart || (locals[chart] as Int32Array).some((image, local) => image !== local);
