/**
 * Sequences of acts. Nothing that was added to a guest goes away before it boots again, so a plan is what one boot does.
 */
import { BOOT, type Label } from '../core/label.ts';
import type { Judge } from '../trace/judge.ts';
import { type Act, actText, type Outside, type Settled, type Situation } from './situation.ts';

/** One act and what it leads to. */
export interface PlanStep {
  readonly act: Act;
  readonly settled: Settled;
}
export interface Plan {
  readonly name: string;
  readonly start: Situation;
  readonly steps: readonly PlanStep[];
}

/** What an outsider may do in a plan, beyond writing targets and states of blocks. */
export interface Means {
  /** A toolstack: the limit can be moved. */
  readonly limits: boolean;
  /** Notifier error injection: online and offline can be vetoed. */
  readonly vetoes: boolean;
}

export interface Ground {
  readonly outside: Outside;
  readonly start: Situation;
  readonly targets: readonly number[];
  readonly blocks: number;
  /** Boot memory, in pages, that must stay in use. */
  readonly leastBoot: number;
}

/** Situations looked at before a search gives up; ten times as many find no more to force. */
const SITUATIONS_MAX = 400;
/** Acts of one boot; a longer plan is no easier to read than two. */
const ACTS_MAX = 40;

/** Situations and what can be done in each, computed when asked for. */
export class Explorer {
  readonly ground: Ground;
  private readonly known = new Map<string, readonly PlanStep[]>();

  constructor(ground: Ground) {
    this.ground = ground;
  }

  /** Every act that does something here, cheap ones first. */
  after(from: Situation, means: Means): readonly PlanStep[] {
    const key = `${keyOf(from)} ${means.limits} ${means.vetoes}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { outside, leastBoot } = this.ground;
    const steps = this.acts(means).flatMap((act): PlanStep[] => {
      const settled = outside.perform(from, act);
      if (settled === undefined || bootInUse(settled.situation) < leastBoot) return [];
      return [{ act, settled }];
    });
    this.known.set(key, steps);
    return steps;
  }

  private acts({ limits, vetoes }: Means): readonly Act[] {
    const { targets, blocks } = this.ground;
    const vetoed = vetoes ? [false, true] : [false];
    const words = ['online', 'offline'] as const;
    return [
      ...targets.flatMap((pages) => vetoed.map((veto): Act => ({ kind: 'target', pages, veto }))),
      ...(limits ? targets.slice(0, -1).map((pages): Act => ({ kind: 'limit', pages })) : []),
      ...words.map((word): Act => ({ kind: 'policy', word })),
      ...Array.from({ length: blocks }, (_, block) => block).flatMap((block) =>
        words.flatMap((word) => vetoed.map((veto): Act => ({ kind: 'block', block, word, veto }))),
      ),
    ];
  }
}

const keyOf = ({ walk, list, policy }: Situation): string => `${walk.key()} ${list.join()} ${policy}`;
const bootInUse = ({ walk }: Situation): number => walk.sum('section', 'inUse', BOOT);

/** The nearest step that has what is wanted, with the way to it. */
function nearest(
  explorer: Explorer,
  from: Situation,
  means: Means,
  isWanted: (step: PlanStep, at: Situation) => boolean,
): readonly PlanStep[] | undefined {
  const seen = new Set([keyOf(from)]);
  let frontier: { readonly at: Situation; readonly way: readonly PlanStep[] }[] = [{ at: from, way: [] }];
  while (frontier.length > 0 && seen.size < SITUATIONS_MAX) {
    const next: typeof frontier = [];
    for (const { at, way } of frontier)
      for (const step of explorer.after(at, means)) {
        const longer = [...way, step];
        if (isWanted(step, at)) return longer;
        const key = keyOf(step.settled.situation);
        if (seen.has(key)) continue;
        seen.add(key);
        next.push({ at: step.settled.situation, way: longer });
      }
    frontier = next;
  }
  return undefined;
}

/**
 * Plans that take every transition of these kinds of chart that can be forced at all: first with what every guest has, then with
 * a toolstack, then with injected vetoes, each only for what is still missing.
 */
export function suite(
  explorer: Explorer,
  kinds: readonly string[],
  means: readonly Means[],
): readonly Plan[] {
  const { start } = explorer.ground;
  const covered = new Set<string>();
  const fresh = ({ settled }: PlanStep): readonly string[] =>
    settled.taken.filter((text) => kinds.some((kind) => text.startsWith(`${kind}: `)) && !covered.has(text));
  const plans: Plan[] = [];
  for (const allowed of means) {
    let steps: PlanStep[] = [];
    const close = (): void => {
      if (steps.length > 0) plans.push({ name: `suite-${plans.length + 1}`, start, steps });
      steps = [];
    };
    for (;;) {
      const at = steps.at(-1)?.settled.situation ?? start;
      const way = nearest(explorer, at, allowed, (step) => fresh(step).length > 0);
      if (way === undefined || steps.length + way.length > ACTS_MAX) {
        if (steps.length === 0) break;
        close();
        continue;
      }
      for (const step of way) for (const text of fresh(step)) covered.add(text);
      steps.push(...way);
    }
    close();
  }
  return plans;
}

/** Whether an act, or what follows from it, breaks a property. */
function breaks({ outside }: Ground, judge: Judge, { act }: PlanStep, at: Situation): boolean {
  let isBroken = false;
  outside.perform(at, act, (walk, label, changes) => {
    isBroken ||= judge.ofStep(walk, label, changes) === 'broken';
  });
  return isBroken;
}

/** The fewest acts on the way to which a property is broken; undefined where none does while everybody waits for rest. */
export function breaking(explorer: Explorer, means: Means, judge: Judge, name: string): Plan | undefined {
  const { ground } = explorer;
  const steps = nearest(explorer, ground.start, means, (step, at) => breaks(ground, judge, step, at));
  return steps === undefined ? undefined : { name, start: ground.start, steps };
}

/** Whether a plan breaks a property anywhere. */
export const breaksIn = (ground: Ground, judge: Judge, { start, steps }: Plan): boolean =>
  steps.some((step, at) => breaks(ground, judge, step, steps[at - 1]?.settled.situation ?? start));

/** The acts of a run, each followed by rest, whatever the run did in between. Acts that are not possible then are left out. */
export function ofLabels(ground: Ground, labels: readonly Label[], name: string): Plan {
  const steps: PlanStep[] = [];
  for (const act of labels.flatMap(actOf)) {
    if (act.kind === 'block' && act.block >= ground.blocks) continue;
    const settled = ground.outside.perform(steps.at(-1)?.settled.situation ?? ground.start, act);
    if (settled !== undefined) steps.push({ act, settled });
  }
  return { name, start: ground.start, steps };
}

function actOf({ type, pages = 0, block = 0 }: Label): readonly Act[] {
  switch (type) {
    case 'target.set':
      return [{ kind: 'target', pages, veto: false }];
    case 'max.set':
      return [{ kind: 'limit', pages }];
    case 'online.begin':
      return [{ kind: 'block', block, word: 'online', veto: false }];
    case 'offline.begin':
    case 'offline.ebusy':
      return [{ kind: 'block', block, word: 'offline', veto: false }];
    default:
      return [];
  }
}

/** A walk of acts drawn by `pick` (a number below its argument). */
export function walk(
  explorer: Explorer,
  means: Means,
  acts: number,
  pick: (n: number) => number,
  name: string,
): Plan {
  const { start } = explorer.ground;
  const steps: PlanStep[] = [];
  const times = new Map<string, number>();
  while (steps.length < acts) {
    const choices = explorer.after(steps.at(-1)?.settled.situation ?? start, means);
    // Acts of a kind taken least often so far, so that vetoes and limits come up too.
    const least = Math.min(...choices.map(({ act }) => times.get(actText(act)) ?? 0));
    const rare = choices.filter(({ act }) => (times.get(actText(act)) ?? 0) === least);
    const step = rare[pick(rare.length)];
    if (step === undefined) break;
    times.set(actText(step.act), least + 1);
    steps.push(step);
  }
  return { name, start, steps };
}
