/**
 * What the charts say, whether or not anything reaches it: every move of every state, read from the machines.
 */
import type { ModelChart } from '../core/chart.ts';
import { coverKind } from './kinds.ts';

export interface SpecMove {
  readonly from: string;
  readonly family: string;
  /** From 0. */
  readonly move: number;
  readonly to: string;
  /** One of several moves, or one with a guard: which was taken is worth knowing. */
  readonly isChoice: boolean;
}

export interface SpecChart {
  readonly kind: string;
  readonly actor: string;
  readonly initial: string;
  readonly states: readonly string[];
  readonly moves: readonly SpecMove[];
}

interface Config {
  readonly initial?: string;
  readonly states?: Readonly<Record<string, { readonly on?: Readonly<Record<string, unknown>> }>>;
}

/** One entry a kind; charts of a kind differ in their index only. */
export function specOf(charts: readonly ModelChart[]): readonly SpecChart[] {
  const kinds = new Map<string, SpecChart>();
  for (const chart of charts) {
    const kind = coverKind(chart);
    if (kinds.has(kind)) continue;
    const config = chart.machine.config as Config;
    const states = Object.entries(config.states ?? {});
    kinds.set(kind, {
      kind,
      actor: chart.actor,
      initial: config.initial ?? '',
      states: states.map(([state]) => state),
      moves: states.flatMap(([from, { on }]) =>
        Object.entries(on ?? {}).flatMap(([family, given]) => movesOf(from, family, given)),
      ),
    });
  }
  return [...kinds.values()];
}

function movesOf(from: string, family: string, given: unknown): SpecMove[] {
  const list = (Array.isArray(given) ? given : [given]) as readonly {
    readonly target?: string;
    readonly guard?: unknown;
  }[];
  const isChoice = list.length > 1 || list[0]?.guard !== undefined;
  return list.map(({ target }, move) => ({ from, family, move, to: target ?? from, isChoice }));
}

/** The structural transition of a move. */
export const transitionText = (kind: string, { from, family, to }: SpecMove): string =>
  `${kind}: ${from} -${family}-> ${to}`;
