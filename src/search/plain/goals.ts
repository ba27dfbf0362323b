/**
 * Goals that must be reachable again from everywhere: backward reachability, computed from the states that are still open. They are
 * swept from the last to the first, over and over, until nothing changes; most edges lead forward, so few sweeps do. Edges are not
 * kept: for most states one or two labels have to be tried (ask.ts), and all of them only where there is no way.
 */
import type { Violation } from '../exploration.ts';
import { SWEPT } from './ask.ts';
import { CHUNK } from './memory.ts';
import type { Space } from './space.ts';
import { GOALS_A_PLANE, type Goal } from './watches.ts';

/** What a search does for goals. */
interface Host {
  /** Unknown cells of a state. */
  readonly fill: (state: number) => void;
  /** Once over all states, on all threads. */
  readonly sweep: (size: number) => void;
}

export class Goals {
  private readonly goals: readonly Goal[];
  private readonly space: Space;
  private readonly host: Host;

  constructor(goals: readonly Goal[], space: Space, host: Host) {
    this.goals = goals;
    this.space = space;
    this.host = host;
  }

  /** After a complete search: the watches whose goal some states cannot reach. `weigh` says how many states a stored one stands for. */
  judge(weigh?: (state: number) => number): { readonly watch: number; readonly violation: Violation }[] {
    const { goals, space } = this;
    const found: { watch: number; violation: Violation }[] = [];
    for (let plane = 0; GOALS_A_PLANE * plane < goals.length; plane++) {
      const some = goals.slice(GOALS_A_PLANE * plane, GOALS_A_PLANE * (plane + 1));
      while (this.sweep(some, plane));
      const bits = space.marks(plane);
      some.forEach(({ watch }, bit) => {
        const { count, first } = without(bits, 1 << bit, weigh);
        if (count > 0) found.push({ watch, violation: { state: first, label: undefined, count } });
      });
    }
    return found;
  }

  /** All states that are still open, last first; whether one can do more than was known. */
  private sweep(goals: readonly Goal[], plane: number): boolean {
    const { space, host } = this;
    const size = space.get('size');
    space.askFor(goals, plane);
    space.put('claim', 0);
    space.put('stop', 0);
    host.sweep(size);
    const swept = space.get('stop');
    if ((swept & SWEPT.unsure) !== 0) this.fillAll(goals, plane);
    space.askNoMore();
    return swept !== 0;
  }

  /** Unknown cells of states that are still open. */
  private fillAll(goals: readonly Goal[], plane: number): void {
    const { space, host } = this;
    const size = space.get('size');
    for (let from = 0; from < size; from += CHUNK) {
      const ask = () => space.program.ask(space.area, from, Math.min(size, from + CHUNK));
      for (let came = ask(); came < 0; came = ask()) {
        host.fill(from - 1 - came);
        space.askFor(goals, plane);
      }
    }
  }
}

/** States without a bit: how many, and the first of them (−1: none). A stored state may stand for several. */
function without(
  bits: Uint8Array,
  bit: number,
  weigh: (state: number) => number = () => 1,
): { readonly count: number; readonly first: number } {
  let count = 0;
  let first = -1;
  for (let state = bits.length - 1; state >= 0; state--)
    if (((bits[state] as number) & bit) === 0) {
      count += weigh(state);
      first = state;
    }
  return { count, first };
}
