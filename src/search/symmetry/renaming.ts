/**
 * What a renaming of the sections does to labels and charts. Blocks are renamed along: one by one where there is one a section,
 * end for end where the sections are.
 */
import type { Product } from '../../compose/product.ts';
import { BOOT, type Label, labelText } from '../../core/label.ts';

/** Why sections cannot be renamed. */
export interface Off {
  readonly off: string;
}
export const off = (why: string): Off => ({ off: why });

/** Everything that sections are told by, and how many there are of each. */
export interface Numbers {
  readonly sections: number;
  readonly blocks: number;
}

const past = (index: number | undefined): number => (index === undefined ? 0 : index + 1);

export function numbersOf({ labels, tables }: Product): Numbers {
  const sections = labels.map(({ section, first, count = 1 }) =>
    Math.max(past(section), first === undefined ? 0 : first + count),
  );
  const named = tables.map(({ chart }) => past(chart.index));
  const blocks = labels.map(({ block }) => past(block));
  const most = Math.max(0, ...sections, ...named);
  return { sections: most, blocks: Math.max(0, ...blocks) || most };
}

export interface Renaming {
  /** Per section, its new number. */
  readonly to: readonly number[];
  /** Sections and blocks change ends. */
  readonly isMirror: boolean;
}

export const exchanged = (sections: number, at: number): Renaming => ({
  to: Array.from({ length: sections }, (_, i) => (i === at ? at + 1 : i === at + 1 ? at : i)),
  isMirror: false,
});

export const mirrored = (sections: number): Renaming => ({
  to: Array.from({ length: sections }, (_, i) => sections - 1 - i),
  isMirror: true,
});

/** The new number of one of `of` things that are numbered along with the sections; undefined where that is for nobody to say. */
function moved({ to, isMirror }: Renaming, index: number, of: number): number | undefined {
  if (index < 0) return index;
  if (of === to.length) return to[index];
  return isMirror ? of - 1 - index : undefined;
}

/** Per label, the label that it becomes. */
export function renamedLabels({ labels }: Product, of: Renaming, { blocks }: Numbers): number[] | Off {
  const ids = new Map(labels.map((label, id) => [labelText(label), id]));
  const renamed: number[] = [];
  for (const label of labels) {
    const after = renamedLabel(label, of, blocks);
    if ('off' in after) return after;
    const id = ids.get(labelText(after));
    if (id === undefined) return off(`there is ${labelText(label)}, but no ${labelText(after)}`);
    renamed.push(id);
  }
  return renamed;
}

function renamedLabel(label: Label, of: Renaming, blocks: number): Label | Off {
  const { section, block, first, count = 1 } = label;
  const after = { ...label };
  if (section !== undefined && section !== BOOT) after.section = of.to[section] as number;
  if (block !== undefined) {
    const to = moved(of, block, blocks);
    if (to === undefined) return off('a block has several sections');
    after.block = to;
  }
  if (first !== undefined) {
    const run = of.to.slice(first, first + count).sort((a, b) => a - b);
    const [least = 0] = run;
    if (run.at(-1) !== least + count - 1)
      return off(
        `${labelText(label)} names neighbours, and sections ${run.join(' and ')} are not next to each other`,
      );
    after.first = least;
  }
  return after;
}

/** Per chart, the chart that it becomes. */
export function renamedCharts({ tables }: Product, of: Renaming): number[] | Off {
  const most = new Map<string, number>();
  const ids = new Map<string, number>();
  const name = (kind: string, index: number | undefined) => `${kind}[${index ?? ''}]`;
  for (const [at, { chart }] of tables.entries()) {
    if (chart.index !== undefined)
      most.set(chart.kind, Math.max(most.get(chart.kind) ?? 0, past(chart.index)));
    const key = name(chart.kind, chart.index);
    if (ids.has(key) && chart.index !== undefined) return off(`there are two charts ${key}`);
    ids.set(key, at);
  }
  const renamed: number[] = [];
  for (const [at, { chart }] of tables.entries()) {
    const { kind, index } = chart;
    const to = index === undefined ? undefined : moved(of, index, most.get(kind) ?? 0);
    if (index !== undefined && to === undefined) return off(`there is not one ${kind} for each section`);
    const id = index === undefined ? at : ids.get(name(kind, to));
    if (id === undefined) return off(`there is no chart ${name(kind, to)}`);
    renamed.push(id);
  }
  return renamed;
}
