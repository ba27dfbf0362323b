/**
 * Which states lie on a loop that fairness allows.
 * Components are taken apart: one in which a weak demand is offered everywhere and never answered holds no fair loop; from one in
 * which a strong demand is offered but never answered, the states that offer it are cut out, and the rest is looked at again
 * (Emerson and Lei). What remains can be walked round for ever, all of it.
 */
import { Components } from './components.ts';
import type { Graph } from './graph.ts';
import type { Question } from './question.ts';

/** What a component offers and takes inside itself, as bits of demands. */
interface Tally {
  readonly taken: number;
  readonly always: number;
  readonly ever: number;
  readonly hasTaken: boolean;
}

/** `into[s]` becomes the number (from 1) of the fair component of s, 0 where it is on no fair loop. Returns how many there are. */
export function fairLoops(
  graph: Graph,
  question: Question,
  candidates: Int32Array,
  isVisit: (state: number) => boolean,
  into: Int32Array,
): number {
  const region = new Int32Array(graph.states);
  const components = new Components(graph, question.inLoop);
  const waiting: Int32Array[] = [candidates];
  let regions = 0;
  let fair = 0;
  for (let members = waiting.pop(); members !== undefined; members = waiting.pop()) {
    const id = ++regions;
    for (const state of members) region[state] = id;
    const { states, ends } = components.of(members, region, id);
    let from = 0;
    for (const end of ends) {
      const own = ++regions;
      for (let n = from; n < end; n++) region[states[n] as number] = own;
      const component = { states, from, end };
      from = end;
      const { taken, always, ever, hasTaken } = tally(graph, question, component, region, own);
      if ((always & question.weak & ~taken) !== 0 || !hasTaken) continue;
      const its = states.subarray(component.from, end);
      if (question.visits !== undefined && !its.some(isVisit)) continue;
      const refused = ever & question.strong & ~taken;
      if (refused !== 0) {
        const rest = its.filter((state) => (offered(graph, question, state) & refused) === 0);
        if (rest.length > 0) waiting.push(rest);
        continue;
      }
      fair++;
      for (const state of its) into[state] = fair;
    }
  }
  return fair;
}

/** Demands of which a label is offered in this state, wherever it leads. */
export function offered({ starts, labels }: Graph, { groups }: Question, state: number): number {
  let mask = 0;
  for (let e = starts[state] as number; e < (starts[state + 1] as number); e++)
    mask |= groups[labels[e] as number] as number;
  return mask;
}

function tally(
  graph: Graph,
  question: Question,
  { states, from, end }: { readonly states: Int32Array; readonly from: number; readonly end: number },
  region: Int32Array,
  own: number,
): Tally {
  const { starts, targets, labels } = graph;
  let taken = 0;
  let always = -1;
  let ever = 0;
  let hasTaken = question.takes === undefined;
  for (let n = from; n < end; n++) {
    const state = states[n] as number;
    let here = 0;
    for (let e = starts[state] as number; e < (starts[state + 1] as number); e++) {
      const label = labels[e] as number;
      here |= question.groups[label] as number;
      if (region[targets[e] as number] !== own || question.inLoop[label] === 0) continue;
      taken |= question.groups[label] as number;
      hasTaken ||= question.takes?.[label] === 1;
    }
    always &= here;
    ever |= here;
  }
  return { taken, always, ever, hasTaken };
}
