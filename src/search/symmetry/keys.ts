/**
 * What each section is in a state, as one number: the local states of its own charts, and what part it plays in those that there is
 * one of (the section a job is about, say). Renaming sections takes the numbers along, and beside what no renaming touches
 * they say everything. So states are the same but for names where the numbers are the same in another order.
 */
import type { LtsTable } from '../../compile/table.ts';
import { bitsFor } from '../plain/fields.ts';
import { type Motion, moves } from './motion.ts';
import { type Off, off } from './renaming.ts';

export interface Keys {
  /** Per chart that some motion moves: per section that it says something of, per local state, its share of the number. */
  readonly shares: ReadonlyMap<number, ReadonlyMap<number, BigUint64Array>>;
}

const KEY_BITS = 64;

/** A share before it has its place: values from 0. */
interface Part {
  readonly chart: number;
  readonly section: number;
  readonly values: Int32Array;
}

/** One chart, and how many values it has: its local states, or what is left of them where a part is no matter. */
export type Sized = Pick<LtsTable, 'chart' | 'size'>;

export function keysOf(all: readonly Sized[], motions: readonly Motion[]): Keys | Off {
  const sections = (motions[0] as Motion).sections.length;
  const shares = new Map<number, Map<number, BigUint64Array>>();
  const done = new Set<number>();
  let shift = 0;
  for (const chart of all.keys()) {
    if (done.has(chart) || !motions.some((motion) => moves(motion, chart))) continue;
    const twins = [...chartsFrom(motions, chart)];
    for (const twin of twins) done.add(twin);
    const parts = twins.length > 1 ? ownParts(all, motions, twins, sections) : roles(all, motions, chart);
    if ('off' in parts) return parts;
    const width = bitsFor(
      1 + Math.max(...parts.map(({ values }) => values.reduce((a, b) => Math.max(a, b), 0))),
    );
    for (const { chart: of, section, values } of parts) {
      const placed = BigUint64Array.from(values, (value) => BigInt(value) << BigInt(shift));
      shares.set(of, (shares.get(of) ?? new Map<number, BigUint64Array>()).set(section, placed));
    }
    shift += width;
  }
  return shift > KEY_BITS ? off(`what a section is takes ${shift} bits, more than ${KEY_BITS}`) : { shares };
}

/** Charts that this one becomes. */
function chartsFrom(motions: readonly Motion[], chart: number): Set<number> {
  const seen = new Set([chart]);
  for (const at of seen) for (const { charts } of motions) seen.add(charts[at] as number);
  return seen;
}

/** Charts that there is one of for each section: local states that become each other have the same number. */
function ownParts(
  all: readonly Sized[],
  motions: readonly Motion[],
  twins: readonly number[],
  sections: number,
): Part[] | Off {
  const values = new Map(twins.map((chart) => [chart, new Int32Array(all[chart]?.size ?? 0).fill(-1)]));
  let next = 0;
  for (const chart of twins)
    for (let local = 0; local < (values.get(chart)?.length ?? 0); local++) {
      if (values.get(chart)?.[local] !== -1) continue;
      const number = next++;
      const queue = [[chart, local] as const];
      const met = new Map<number, number>();
      for (const [at, is] of queue) {
        if ((met.get(at) ?? is) !== is) return off(`${all[at]?.chart.id} tells the other sections apart`);
        if (met.has(at)) continue;
        met.set(at, is);
        (values.get(at) as Int32Array)[is] = number;
        for (const { charts, locals } of motions)
          queue.push([charts[at] as number, (locals[at] as Int32Array)[is] as number]);
      }
    }
  const kind = all[twins[0] as number]?.chart.kind;
  const alike = all.flatMap(({ chart }) => (chart.kind === kind ? (chart.index ?? 0) : []));
  const most = 1 + Math.max(...alike);
  return twins.map((chart) => {
    const index = all[chart]?.chart.index ?? 0;
    // Where there are fewer than sections, they are numbered from both ends.
    const section = 2 * index < most ? index : sections - most + index;
    return { chart, section, values: values.get(chart) as Int32Array };
  });
}

/** A chart that there is one of: sections that become each other while its local state stays play the same part in it. */
function roles(all: readonly Sized[], motions: readonly Motion[], chart: number): Part[] | Off {
  const table = all[chart];
  const size = table?.size ?? 0;
  const sections = (motions[0] as Motion).sections.length;
  const values = Array.from({ length: sections }, () => new Int32Array(size).fill(-1));
  for (const shape of shapesOf(motions, chart, size)) {
    let next = 0;
    for (const local of shape)
      for (let section = 0; section < sections; section++) {
        if (values[section]?.[local] !== -1) continue;
        const number = next++;
        const queue = [[local, section] as const];
        for (const [at, of] of queue) {
          const column = values[of] as Int32Array;
          if (column[at] !== -1) continue;
          column[at] = number;
          for (const { sections: to, locals } of motions)
            queue.push([(locals[chart] as Int32Array)[at] as number, to[of] as number]);
        }
      }
    const told = new Set(shape.map((local) => values.map((column) => column[local]).join()));
    if (told.size < shape.length)
      return off(`${table?.chart.id} holds more of the sections than what part each plays`);
  }
  return values.map((column, section) => ({ chart, section, values: column }));
}

/** Local states of one chart, those together that become each other. */
function shapesOf(motions: readonly Motion[], chart: number, size: number): number[][] {
  const seen = new Uint8Array(size);
  const shapes: number[][] = [];
  for (let local = 0; local < size; local++) {
    if (seen[local] === 1) continue;
    const shape = new Set([local]);
    for (const at of shape) {
      seen[at] = 1;
      for (const { locals } of motions) shape.add((locals[chart] as Int32Array)[at] as number);
    }
    shapes.push([...shape]);
  }
  return shapes;
}
