/**
 * Structural elements: control states and transitions (from, family, to) of each kind of chart, numbered as they are met.
 * An element's identity is its text: `slot: free -reserve.ok-> driver`; a path goes on: `… -release-> free`.
 */
import type { ModelChart } from '../core/chart.ts';
import { BOOT } from '../core/label.ts';

/** The kind that coverage counts a chart under: boot memory is a section with one state, so it stands apart as `boot`. */
export const coverKind = (chart: Pick<ModelChart, 'kind' | 'index'>): string =>
  chart.index === BOOT ? 'boot' : chart.kind;

/** The kind of an element. */
export const kindOf = (element: string): string => element.slice(0, element.indexOf(':'));

export interface StructuralTransition {
  readonly from: number;
  readonly family: string;
  readonly to: number;
}

/** One kind of chart; states and transitions are numbers from here on. */
export class Kind {
  readonly name: string;
  readonly states: string[] = [];
  readonly transitions: StructuralTransition[] = [];
  private readonly stateIds = new Map<string, number>();
  private readonly transitionIds = new Map<string, number>();

  constructor(name: string) {
    this.name = name;
  }

  state(value: string): number {
    const known = this.stateIds.get(value);
    if (known !== undefined) return known;
    const id = this.states.length;
    this.states.push(value);
    this.stateIds.set(value, id);
    return id;
  }

  transition(from: string, family: string, to: string): number {
    const key = `${from} ${family} ${to}`;
    const known = this.transitionIds.get(key);
    if (known !== undefined) return known;
    const id = this.transitions.length;
    this.transitions.push({ from: this.state(from), family, to: this.state(to) });
    this.transitionIds.set(key, id);
    return id;
  }

  stateText(id: number): string {
    return `${this.name}: ${this.states[id] ?? '?'}`;
  }

  /** Transitions one after the other. */
  pathText(path: readonly number[]): string {
    let text = '';
    for (const id of path) {
      const { from, family, to } = this.at(id);
      if (text === '') text = this.stateText(from);
      text += ` -${family}-> ${this.states[to] ?? '?'}`;
    }
    return text;
  }

  at(id: number): StructuralTransition {
    const transition = this.transitions[id];
    if (transition === undefined) throw new RangeError(`${this.name} has no transition ${id}`);
    return transition;
  }
}

export class Kinds {
  private readonly kinds = new Map<string, Kind>();

  of(chart: Pick<ModelChart, 'kind' | 'index'>): Kind {
    const name = coverKind(chart);
    const known = this.kinds.get(name);
    if (known !== undefined) return known;
    const fresh = new Kind(name);
    this.kinds.set(name, fresh);
    return fresh;
  }
}

/** The states and families of a structural element's text, alternating: state, family, state … */
export function partsOf(element: string): readonly string[] {
  return element.slice(element.indexOf(':') + 2).split(/ -|-> /);
}
