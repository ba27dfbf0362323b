/**
 * Coverage of a tiny product by brute force: every pair of a product state and a chart's whole recent past, as texts, straight on
 * the naive product. Shares nothing with src/coverage but the way elements are written.
 */
import type { Model } from '../../src/core/chart.ts';
import { roleIn } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import { coverKind } from '../../src/coverage/kinds.ts';
import { NaiveProduct, type State } from '../support/naive-product.ts';

export interface Brute {
  readonly states: Set<string>;
  readonly transitions: Set<string>;
  readonly pairs: Set<string>;
  readonly kpaths: Set<string>;
  readonly roundtrips: Set<string>;
  /** Outcomes of guards, without refusals. */
  readonly taken: Set<string>;
  readonly productStates: number;
  readonly productTransitions: number;
}

interface Taken {
  readonly from: string;
  readonly family: string;
  readonly to: string;
}

export const emptyBrute = () => ({
  states: new Set<string>(),
  transitions: new Set<string>(),
  pairs: new Set<string>(),
  kpaths: new Set<string>(),
  roundtrips: new Set<string>(),
});

const text = (kind: string, path: readonly Taken[]): string =>
  `${kind}: ${path[0]?.from}${path.map(({ family, to }) => ` -${family}-> ${to}`).join('')}`;

/** What the last transition of a past completes. */
export function complete(
  into: ReturnType<typeof emptyBrute>,
  kind: string,
  past: readonly Taken[],
  k: number,
): void {
  const last = past.at(-1);
  if (last === undefined) return;
  into.states.add(`${kind}: ${last.to}`);
  into.transitions.add(text(kind, [last]));
  if (past.length >= 2) into.pairs.add(text(kind, past.slice(-2)));
  if (past.length >= k) into.kpaths.add(text(kind, past.slice(-k)));
  for (let from = past.length - 1; from >= 0; from--) {
    const path = past.slice(from);
    const inside = path.slice(0, -1).map(({ to }) => to);
    const isSimple = new Set(inside).size === inside.length && !inside.includes(last.to);
    if (path[0]?.from === last.to && isSimple) into.roundtrips.add(text(kind, path));
  }
}

export type { Taken };

/** Undefined where it would take too long. `memory` transitions are remembered: as many as a round trip can have. */
export function coverNaively(model: Model, k: number, memory: number, most: number): Brute | undefined {
  const product = new NaiveProduct(model);
  const found = emptyBrute();
  const states = new Set<string>();
  const transitions = new Set<string>();
  const guards = new Set<string>();
  const start = product.initial;
  for (const [chart, { kind, index }] of model.charts.entries()) {
    const name = coverKind({ kind, ...(index === undefined ? {} : { index }) });
    found.states.add(`${name}: ${controlOf(product, start, chart)}`);
    const seen = new Set<string>();
    const todo: { state: State; past: readonly Taken[] }[] = [{ state: start, past: [] }];
    for (const { state, past } of todo) {
      if (seen.size > most) return undefined;
      states.add(JSON.stringify(state));
      for (const [id, label] of model.alphabet.entries()) {
        const after = product.step(state, id, () => {});
        if (after === undefined) continue;
        transitions.add(`${JSON.stringify(state)} ${id}`);
        let next = past;
        const of = model.charts[chart];
        if (of !== undefined && roleIn(of, label) !== undefined) {
          const taken = {
            from: controlOf(product, state, chart),
            family: label.type,
            to: controlOf(product, after, chart),
          };
          next = [...past, taken].slice(-memory);
          complete(found, name, next, k);
          const outcome = chosen(of.machine.config, product.keys(state)[chart] ?? '', label);
          if (outcome !== undefined) guards.add(`${name}: ${taken.from} ? ${label.type} ${outcome}`);
        }
        const key = JSON.stringify([after, next]);
        if (seen.has(key)) continue;
        seen.add(key);
        todo.push({ state: after, past: next });
      }
    }
  }
  return { ...found, taken: guards, productStates: states.size, productTransitions: transitions.size };
}

/** The control state in a chart's key. */
export const controlOf = (product: NaiveProduct, state: State, chart: number): string =>
  (JSON.parse(product.keys(state)[chart] ?? '[""]') as [string])[0];

interface Move {
  readonly guard?: (args: { context: object; event: Label }) => boolean;
}

/** `#n` of the first move whose guard holds, read from what the chart was written as; undefined where there is no choice. */
function chosen(config: object, key: string, event: Label): string | undefined {
  const [value, context] = JSON.parse(key) as [string, [string, number][]];
  const { states } = config as { states: Record<string, { on: Record<string, readonly Move[]> }> };
  const moves = states[value]?.on[event.type] ?? [];
  if (moves.length < 2 && moves[0]?.guard === undefined) return undefined;
  const at = moves.findIndex(({ guard }) => guard?.({ context: Object.fromEntries(context), event }) ?? true);
  return at < 0 ? undefined : `#${at + 1}`;
}
