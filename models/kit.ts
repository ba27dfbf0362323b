/**
 * How a chart is written down: states, and per state what each family of label does.
 * Everything here becomes a plain XState machine; guards and updates are pure functions of context and label.
 */
import { type AnyStateMachine, assign, createMachine } from 'xstate';
import type { LocalState, ModelChart, Quantities, Role } from '../src/core/chart.ts';
import type { Label } from '../src/core/label.ts';

/** One transition: taken when `when` holds; `set` patches the context, `to` names the next state (default: stay). */
export interface Move<C> {
  readonly when?: (context: C, label: Label) => boolean;
  readonly set?: (context: C, label: Label) => Partial<C>;
  readonly to?: string;
}

/** What a state does with each family; a list is tried in order and its guards must not overlap (the last may be an else). */
export type Handlers<C> = Readonly<Record<string, Move<C> | readonly Move<C>[]>>;

export interface ChartSpec<C extends object> {
  readonly id: string;
  readonly kind: string;
  readonly index?: number;
  readonly actor: string;
  readonly families: Readonly<Record<string, Role>>;
  readonly owns?: (label: Label) => boolean;
  readonly context: C;
  /** What takes nearly any value whatever other charts do; a hint for block search, which decides nothing. */
  readonly dense?: readonly ((keyof C & string) | 'value')[];
  readonly initial: string;
  readonly states: Readonly<Record<string, Handlers<C>>>;
  readonly observe: (context: C, value: string) => Quantities;
  readonly show?: (context: C, value: string) => string;
  /** Families of a second actor that takes steps of a first: they do what the first's families do. */
  readonly also?: Readonly<Record<string, string>>;
}

/** Accepts the label and changes nothing. */
export const stay = {} as const;

/** The same handler for several families. */
export function each<C>(families: readonly string[], move: Move<C> | readonly Move<C>[]): Handlers<C> {
  return Object.fromEntries(families.map((family) => [family, move]));
}

/** The same role for several families. */
export function role(as: Role, ...families: readonly string[]): Readonly<Record<string, Role>> {
  return Object.fromEntries(families.map((family) => [family, as]));
}

/** Builds the XState machine of a spec and forgets its types (style: generics stop at `ModelChart`). */
export function chart<C extends object>(spec: ChartSpec<C>): ModelChart {
  const contextOf = (local: LocalState) => local.context as unknown as C;
  const { show } = spec;
  const whole = withSecond(spec);
  return {
    id: spec.id,
    kind: spec.kind,
    ...(spec.index === undefined ? {} : { index: spec.index }),
    actor: spec.actor,
    families: whole.families,
    owns: whole.owns ?? (() => true),
    ...(spec.dense === undefined ? {} : { dense: spec.dense }),
    machine: machineOf(whole),
    observe: (local) => spec.observe(contextOf(local), local.value),
    ...(show === undefined ? {} : { show: (local: LocalState) => show(contextOf(local), local.value) }),
  };
}

/** What the first does, the second does: it is asked, where the first initiates. */
function withSecond<C extends object>(spec: ChartSpec<C>): ChartSpec<C> {
  const { also, owns } = spec;
  if (also === undefined) return spec;
  const firstOf = new Map(Object.entries(also).map(([first, second]) => [second, first]));
  const both = <T>(of: Readonly<Record<string, T>>) => ({ ...of, ...secondOf(of, also) });
  const families = Object.entries(both(spec.families)).map(([family, as]): [string, Role] => [
    family,
    as === 'initiates' && firstOf.has(family) ? 'decides' : as,
  ]);
  const states = Object.entries(spec.states).map(([state, handlers]) => [state, both(handlers)]);
  return {
    ...spec,
    families: Object.fromEntries(families),
    ...(owns === undefined ? {} : { owns: (l) => owns({ ...l, type: firstOf.get(l.type) ?? l.type }) }),
    states: Object.fromEntries(states),
  };
}

function secondOf<T>(
  of: Readonly<Record<string, T>>,
  also: Readonly<Record<string, string>>,
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(also).flatMap(([first, second]) => {
      const same = of[first];
      return same === undefined ? [] : [[second, same] as const];
    }),
  );
}

function machineOf<C extends object>(spec: ChartSpec<C>): AnyStateMachine {
  const states = Object.fromEntries(
    Object.entries(spec.states).map(([state, handlers]) => [
      state,
      {
        on: Object.fromEntries(
          Object.entries(handlers).map(([family, moves]) => [family, transitions(moves)]),
        ),
      },
    ]),
  );
  return createMachine({
    id: spec.id,
    context: spec.context,
    initial: spec.initial,
    states,
  } as never) as AnyStateMachine;
}

/** An accepted label that changes nothing needs an action, else XState says it cannot be taken. */
const nothing = () => {};

function transitions<C>(moves: Move<C> | readonly Move<C>[]): object[] {
  const list: readonly Move<C>[] = Array.isArray(moves) ? moves : [moves as Move<C>];
  return list.map(({ when, set, to }) => ({
    ...(when === undefined
      ? {}
      : { guard: ({ context, event }: { context: C; event: Label }) => when(context, event) }),
    ...(to === undefined ? {} : { target: to }),
    actions:
      set === undefined
        ? nothing
        : assign(({ context, event }: { context: C; event: Label }) => set(context, event) as never),
  }));
}
