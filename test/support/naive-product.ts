/**
 * A product worked straight on XState (`createActor`, `can`, `transition`), sharing nothing with the engine but types.
 * Remembers per chart what it has asked, by JSON key, so that it is bearable.
 */
import { type AnyMachineSnapshot, createActor, transition } from 'xstate';
import type { Model, Quantities } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';

interface Local {
  readonly snapshot: AnyMachineSnapshot;
  readonly key: string;
  readonly quantities: Quantities;
}

/** One local state per chart, as an index into what that chart has shown so far. */
export type State = readonly number[];

export class NaiveProduct {
  readonly model: Model;
  readonly initial: State;
  private readonly locals: Local[][];
  private readonly ids: Map<string, number>[];
  private readonly known: Map<number, number>[];
  private readonly owners: number[][];

  constructor(model: Model) {
    this.model = model;
    this.locals = model.charts.map(() => []);
    this.ids = model.charts.map(() => new Map());
    this.known = model.charts.map(() => new Map());
    this.owners = model.alphabet.map((label) =>
      model.charts.flatMap((chart, at) => (label.type in chart.families && chart.owns(label) ? [at] : [])),
    );
    this.initial = model.charts.map((chart, at) => this.id(at, createActor(chart.machine).getSnapshot()));
  }

  /** All owners accept and move together, or `undefined`. */
  step(state: State, label: number, refused?: (chart: number) => void): State | undefined {
    const after = [...state];
    let observer: number | undefined;
    for (const chart of this.owners[label] ?? []) {
      const to = this.move(chart, state[chart] ?? 0, label);
      if (to < 0 && this.roleOf(chart, label) !== 'observes') return undefined;
      if (to < 0) observer ??= chart;
      after[chart] = to;
    }
    if (observer === undefined) return after;
    refused?.(observer);
    return undefined;
  }

  /** Chart by chart: state name and context. */
  keys(state: State): string[] {
    return state.map((local, chart) => this.local(chart, local).key);
  }

  quantities(state: State, chart: number): Quantities {
    return this.local(chart, state[chart] ?? 0).quantities;
  }

  /** Charts of a kind that move with this label. */
  movers(label: number, kind: string | undefined): number[] {
    return (this.owners[label] ?? []).filter((chart) => this.model.charts[chart]?.kind === kind);
  }

  private roleOf(chart: number, label: number): string | undefined {
    return this.model.charts[chart]?.families[this.model.alphabet[label]?.type ?? ''];
  }

  private local(chart: number, id: number): Local {
    const local = this.locals[chart]?.[id];
    if (local === undefined) throw new RangeError(`chart ${chart} has no local state ${id}`);
    return local;
  }

  private move(chart: number, from: number, label: number): number {
    const at = from * this.model.alphabet.length + label;
    const known = this.known[chart]?.get(at);
    if (known !== undefined) return known;
    const { snapshot } = this.local(chart, from);
    const event = this.model.alphabet[label] as Label;
    const accepted = snapshot.status === 'active' && snapshot.can(event);
    const machine = this.model.charts[chart]?.machine;
    const to =
      accepted && machine !== undefined ? this.id(chart, transition(machine, snapshot, event)[0]) : -1;
    this.known[chart]?.set(at, to);
    return to;
  }

  private id(chart: number, snapshot: AnyMachineSnapshot): number {
    const key = JSON.stringify([snapshot.value, Object.entries(snapshot.context).sort()]);
    const known = this.ids[chart]?.get(key);
    if (known !== undefined) return known;
    const id = this.locals[chart]?.length ?? 0;
    const quantities =
      this.model.charts[chart]?.observe({ value: String(snapshot.value), context: snapshot.context }) ?? {};
    this.locals[chart]?.push({ snapshot, key, quantities });
    this.ids[chart]?.set(key, id);
    return id;
  }
}

/**
 * The first violating run of exactly `length` labels in alphabet order, by trying all of them; labels as indices.
 * `ends` says whether the last label taken violates.
 */
export function firstRun(
  product: NaiveProduct,
  length: number,
  ends: (from: State, label: number, to: State) => boolean,
): number[] | undefined {
  const hopeless = new Set<string>();
  const search = (state: State, left: number): number[] | undefined => {
    const key = `${left} ${JSON.stringify(state)}`;
    if (hopeless.has(key)) return undefined;
    for (let label = 0; label < product.model.alphabet.length; label++) {
      const after = product.step(state, label);
      if (after === undefined) continue;
      if (left === 1) {
        if (ends(state, label, after)) return [label];
        continue;
      }
      const rest = search(after, left - 1);
      if (rest !== undefined) return [label, ...rest];
    }
    hopeless.add(key);
    return undefined;
  };
  return search(product.initial, length);
}
