/**
 * A lasso that a person can follow: the shortest way to a fair component, a loop in it that answers every demand of fairness,
 * and how each is answered.
 */
import { offered } from './fair-loops.ts';
import type { Graph } from './graph.ts';
import type { Demand, Question } from './question.ts';

/** How a loop treats one demand: a label of it is taken, or it is (somewhere, or everywhere) not offered. */
export interface Answer {
  readonly name: string;
  readonly strength: 'weak' | 'strong';
  readonly how: 'taken' | 'notOfferedOnce' | 'neverOffered';
}

export interface Loop {
  /** Label ids, from the entry back to it; none where resting there is the loop. */
  readonly labels: readonly number[];
  readonly answers: readonly Answer[];
}

/** What the walk has still to do. */
interface Errand {
  readonly isDone: (state: number, label: number) => boolean;
}

/** `inside` says which states belong to the component of the entry. */
export function loopThrough(
  graph: Graph,
  question: Question,
  entry: number,
  inside: (state: number) => boolean,
  isVisit: (state: number) => boolean,
): Loop {
  const walk = new Walk(graph, question, entry, inside);
  const { groups, takes, visits } = question;
  const taken = walk.takenInside();
  let errands: Errand[] = [
    ...(takes === undefined
      ? []
      : [{ isDone: (_: number, label: number) => label >= 0 && takes[label] === 1 }]),
    ...(visits === undefined ? [] : [{ isDone: isVisit }]),
    ...question.demands.flatMap((demand): Errand[] => {
      const answers = (label: number) => label >= 0 && ((groups[label] as number) & demand.bit) !== 0;
      const isOff = (state: number) => (offered(graph, question, state) & demand.bit) === 0;
      if (demand.strength === 'weak') return [{ isDone: (state, label) => answers(label) || isOff(state) }];
      return (taken & demand.bit) === 0 ? [] : [{ isDone: (_, label) => answers(label) }];
    }),
  ];
  errands = errands.filter(({ isDone }) => !isDone(entry, -1));
  while (errands.length > 0) {
    const passed = walk.onTo((state, label) => errands.some(({ isDone }) => isDone(state, label)));
    errands = errands.filter(({ isDone }) => !passed.some(([state, label]) => isDone(state, label)));
  }
  if (walk.here !== entry) walk.onTo((state) => state === entry);
  return {
    labels: walk.labels,
    answers: question.demands.map((demand) => answerOf(graph, question, walk, demand)),
  };
}

function answerOf(graph: Graph, question: Question, walk: Walk, { name, strength, bit }: Demand): Answer {
  const isTaken = walk.labels.some((label) => ((question.groups[label] as number) & bit) !== 0);
  const isOffered = walk.states.some((state) => (offered(graph, question, state) & bit) !== 0);
  return { name, strength, how: isTaken ? 'taken' : isOffered ? 'notOfferedOnce' : 'neverOffered' };
}

/** A walk inside one component, always by the shortest way to the next thing. */
class Walk {
  readonly labels: number[] = [];
  readonly states: number[];
  private readonly graph: Graph;
  private readonly question: Question;
  private readonly inside: (state: number) => boolean;

  constructor(graph: Graph, question: Question, entry: number, inside: (state: number) => boolean) {
    this.graph = graph;
    this.question = question;
    this.inside = inside;
    this.states = [entry];
  }

  get here(): number {
    return this.states.at(-1) as number;
  }

  /** Demands of which some transition inside the component takes a label. */
  takenInside(): number {
    const seen = new Set([this.here]);
    let mask = 0;
    for (const state of seen)
      this.steps(state, (label, target) => {
        mask |= this.question.groups[label] as number;
        seen.add(target);
      });
    return mask;
  }

  /** Walks to the nearest step that will do; returns what was passed. Throws if there is none (then it was no component). */
  onTo(willDo: (state: number, label: number) => boolean): readonly (readonly [number, number])[] {
    const from = new Map<number, readonly [number, number]>();
    const queue = [this.here];
    for (const state of queue) {
      let last: readonly [number, number] | undefined;
      this.steps(state, (label, target) => {
        if (last !== undefined) return;
        if (willDo(target, label)) last = [target, label];
        else if (!from.has(target) && target !== this.here) {
          from.set(target, [state, label]);
          queue.push(target);
        }
      });
      if (last === undefined) continue;
      const passed = [last];
      for (let at = state; at !== this.here; ) {
        const [before, label] = from.get(at) as readonly [number, number];
        passed.push([at, label]);
        at = before;
      }
      passed.reverse();
      for (const [target, label] of passed) {
        this.states.push(target);
        this.labels.push(label);
      }
      return passed;
    }
    throw new Error('a fair component in which not everything can be reached');
  }

  private steps(state: number, on: (label: number, target: number) => void): void {
    const { starts, targets, labels } = this.graph;
    for (let e = starts[state] as number; e < (starts[state + 1] as number); e++) {
      const label = labels[e] as number;
      const target = targets[e] as number;
      if (this.question.inLoop[label] === 1 && this.inside(target)) on(label, target);
    }
  }
}
