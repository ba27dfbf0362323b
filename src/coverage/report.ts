/**
 * The coverage of one variant in one scope, as plain data for reports (schema `ballast.cover/1`).
 */
import { kindOf } from './kinds.ts';
import { MEASURES, type Measure, type Recording } from './recording.ts';
import { type SpecChart, transitionText } from './spec.ts';
import type { ChartTours, Tours } from './tours.ts';
import type { Universe } from './universe.ts';
import { type Tried, type Why, whyNot } from './why.ts';

export const COVER_SCHEMA = 'ballast.cover/1';

/** One chart kind (or `all`) and measure. */
export interface CoverRow {
  readonly chart: string;
  readonly measure: Measure;
  /** What the recording has of what can be covered. */
  readonly covered: number;
  /** What can be covered: all that the product reaches. */
  readonly reachable: number;
  /** What the charts could do alone. */
  readonly alone: number;
  /** What the recording has beyond that (another scope, or a real guest at real size). */
  readonly beyond: number;
}

export interface CoverSource {
  readonly recording: Recording;
  readonly rows: readonly CoverRow[];
}

export interface NeverReached {
  readonly element: string;
  readonly why: Why;
}

export interface CoverCase {
  readonly variant: string;
  readonly scope: string;
  readonly bounds: Readonly<Record<string, unknown>>;
  readonly k: number;
  readonly charts: readonly SpecChart[];
  /** The exploration first; rows of measures that were not computed are missing. */
  readonly sources: readonly CoverSource[];
  readonly product: {
    readonly complete: boolean;
    readonly states: number;
    readonly transitions: number;
    readonly pairs: number;
  };
  /** Local states and transitions: of the tables, and those that the product reaches; pairs that it reaches. */
  readonly local: {
    readonly alone: { readonly states: number; readonly transitions: number };
    readonly reached: { readonly states: number; readonly transitions: number; readonly pairs: number };
  };
  readonly bounded: readonly Measure[];
  /** Kinds of charts that alone go further than they were followed: what they can do alone is more than the rows say. */
  readonly partly: readonly string[];
  /** States, transitions and guard outcomes of the charts that the product does not reach. */
  readonly never: readonly NeverReached[];
  /** Reachable and in no real log: states, transitions and pairs; undefined without logs. */
  readonly unseen: Recording | undefined;
  readonly tours: { readonly charts: readonly ChartTours[]; readonly product: Tours } | undefined;
}

export interface CoverReport {
  readonly schema: typeof COVER_SCHEMA;
  readonly cases: readonly CoverCase[];
  readonly until: UntilReport | undefined;
  readonly reproduce: string;
}

export interface UntilReport {
  readonly condition: string;
  readonly met: boolean;
  readonly cases: readonly {
    readonly variant: string;
    readonly scope: string;
    readonly met: boolean;
    /** Known without walking: some goal lies outside what the product reaches. */
    readonly impossible: boolean;
    readonly walks: number;
    readonly labels: number;
    readonly goals: readonly {
      readonly goal: string;
      readonly met: boolean;
      readonly impossible: boolean;
      readonly missing: readonly string[];
    }[];
  }[];
}

const ALL = 'all';

/** Per kind of chart, and added up; kinds in the order of the charts. */
export function rowsOf(
  recording: Recording,
  reachable: Readonly<Record<Measure, { readonly keys: () => Iterable<string> }>>,
  universe: Universe,
  kinds: readonly string[],
  bounded: ReadonlySet<Measure>,
): CoverRow[] {
  return MEASURES.filter((measure) => !bounded.has(measure)).flatMap((measure) => {
    const can = [...reachable[measure].keys()];
    const known = new Set(can);
    const has = [...recording.by[measure].keys()];
    const row = (chart: string): CoverRow => {
      const isOf = (element: string): boolean => chart === ALL || kindOf(element) === chart;
      const of = has.filter(isOf);
      const covered = of.filter((element) => known.has(element)).length;
      return {
        chart,
        measure,
        covered,
        reachable: can.filter(isOf).length,
        alone: [...universe[measure]].filter(isOf).length,
        beyond: of.length - covered,
      };
    };
    return [...kinds, ALL].map(row);
  });
}

/** All that the charts speak of (guard outcomes: that they can show alone) and the product does not reach, with the reason. */
export function neverReached(
  charts: readonly SpecChart[],
  here: Tried,
  tried: readonly Tried[],
): NeverReached[] {
  const written = charts.flatMap(({ kind, states, moves }) => [
    ...states.map((state) => `${kind}: ${state}`),
    ...moves.map((move) => transitionText(kind, move)),
  ]);
  const able = tried.flatMap(({ alone }) => [...alone]);
  const elements = [...new Set([...written, ...able])].filter((one) => here.reached?.has(one) !== true);
  const order = charts.map(({ kind }) => kind);
  return elements
    .filter((element) => order.includes(kindOf(element)))
    .map((element) => ({ element, why: whyNot(element, here, tried) }))
    .sort((a, b) => order.indexOf(kindOf(a.element)) - order.indexOf(kindOf(b.element)));
}
