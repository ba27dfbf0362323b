/**
 * A guest between two acts from outside: everything at rest, as the charts have it, and what an act leads to.
 * The charts leave open what a real guest does not: pages come off the balloon list last in, first out; memory given back comes
 * from boot memory (hot-added blocks are onlined as movable, and the driver takes nothing from there); gaps are taken first fit;
 * an environment failure happens only where it was injected. Source: linux drivers/xen/balloon.c `balloon_append`,
 * `balloon_retrieve`; mm/page_alloc.c (zone of GFP_BALLOON); kernel/resource.c `allocate_resource`.
 */
import { BOOT, type Label } from '../core/label.ts';
import { coverKind } from '../coverage/kinds.ts';
import type { Change, StepWorld, Walk } from '../trace/world.ts';

/** What can be done from outside; pages are pages of the scope. */
export type Act =
  | { readonly kind: 'target'; readonly pages: number; readonly veto: boolean }
  | { readonly kind: 'limit'; readonly pages: number }
  | { readonly kind: 'policy'; readonly word: 'online' | 'offline' }
  | {
      readonly kind: 'block';
      readonly block: number;
      readonly word: 'online' | 'offline';
      readonly veto: boolean;
    };

export const actText = (act: Act): string => {
  const veto = 'veto' in act && act.veto ? ', vetoed' : '';
  if (act.kind === 'policy') return `policy ${act.word}`;
  return act.kind === 'block' ? `${act.word} block ${act.block}${veto}` : `${act.kind} ${act.pages}${veto}`;
};

export interface Situation {
  readonly walk: Walk;
  /** The balloon list as sections, the page to be taken next at the end. */
  readonly list: readonly number[];
  /** Whether the kernel onlines what is added. */
  readonly policy: boolean;
}

export interface Settled {
  readonly situation: Situation;
  readonly labels: readonly Label[];
  /** Structural transitions taken, as coverage writes them. */
  readonly taken: readonly string[];
  /** The driver backed off and gave the order up: on a guest this takes its retries' time. */
  readonly gaveUp: boolean;
  /** The write itself came back with an error. */
  readonly failed: boolean;
}

/** Told of each label as it is taken, with the walk after it. */
export type OnStep = (walk: Walk, label: Label, changes: readonly Change[]) => void;

/** More labels than any act leads to; reached only if the charts do not come to rest (a bug of ours). */
const LABELS_MAX = 5_000;
const FAILED = /^(?:online|autoonline)\.veto$|^offline\.(?:ebusy|cancel)$/;
/** The environment may do these at any time; on a guest nobody does. */
const NEVER = ['p2m.enomem', 'add.enomem', 'add.eexist', 'decrease.nomem'];
/** What only happens where nothing better can. */
const LAST = ['populate.short', 'populate.refused', 'reserve.nogap', 'fill.short', 'fill.refused'];

export class Outside {
  private readonly world: StepWorld;
  private readonly byChart: ReadonlyMap<string, readonly Label[]>;
  private readonly offers = new Map<string, readonly Label[]>();
  private readonly places: ReadonlyMap<string, number>;

  /** `alphabet` holds every label of a small scope. */
  constructor(world: StepWorld, alphabet: readonly Label[]) {
    this.world = world;
    this.places = new Map(world.charts.fixed.map(({ id }, place) => [id, place]));
    this.byChart = new Map(
      ['balloon', 'onliner', 'offliner'].map((id) => [
        id,
        alphabet.filter((label) => world.ownersOf(label).includes(this.place(id))),
      ]),
    );
  }

  start(): Situation {
    const walk = this.world.walk();
    const ballooned = walk.sum('section', 'ballooned', BOOT);
    return { walk, list: Array.from({ length: ballooned }, () => BOOT), policy: false };
  }

  /** What the act leads to; undefined where it cannot be done or would change nothing for sure. */
  perform(from: Situation, act: Act, onStep: OnStep = () => {}): Settled | undefined {
    if (act.kind === 'policy') {
      const policy = act.word === 'online';
      if (policy === from.policy) return undefined;
      return { situation: { ...from, policy }, labels: [], taken: [], gaveUp: false, failed: false };
    }
    const run = new Run(from, 'veto' in act && act.veto, onStep);
    const begin = this.beginning(run.walk, act);
    if (begin === undefined || !run.take(begin)) return undefined;
    this.settle(run);
    // A veto that nobody met was no part of it.
    if (run.veto && !run.labels.some(({ type }) => /\.(?:veto|cancel)$/.test(type))) return undefined;
    return {
      situation: { walk: run.walk, list: run.list, policy: from.policy },
      labels: run.labels,
      taken: run.taken,
      gaveUp: run.gaveUp,
      failed: act.kind === 'block' && run.labels.some(({ type }) => FAILED.test(type)),
    };
  }

  /** The label that an act is. */
  private beginning(walk: Walk, act: Exclude<Act, { kind: 'policy' }>): Label | undefined {
    if (act.kind === 'target') return { type: 'target.set', pages: act.pages };
    if (act.kind === 'limit') return { type: 'max.set', pages: act.pages };
    const begin = { type: `${act.word}.begin`, block: act.block };
    if (act.word === 'online' || walk.isEnabled(begin)) return begin;
    return { type: 'offline.ebusy', block: act.block };
  }

  /** Writers finish first, then the driver runs until it sleeps on something that will not come by itself. */
  private settle(run: Run): void {
    const rested = new Set<string>();
    while (run.labels.length < LABELS_MAX) {
      const label =
        this.choose(run, this.enabled(run.walk, 'onliner')) ??
        this.choose(run, this.enabled(run.walk, 'offliner')) ??
        this.choose(run, this.enabled(run.walk, 'balloon'));
      if (label === undefined) return;
      if (label.type.endsWith('.timer')) {
        // A poll that led back to where it began changes nothing, however often it comes.
        const key = `${run.walk.key()} ${run.list.join()}`;
        if (rested.has(key)) return;
        rested.add(key);
      }
      run.take(label);
    }
    throw new Error(`no rest after ${LABELS_MAX} labels`);
  }

  /** Which of the enabled labels a real guest takes. */
  private choose(run: Run, enabled: readonly Label[]): Label | undefined {
    const top = run.list.at(-1);
    const may = enabled.filter(({ type, section }) => {
      if (/^(?:online|offline)\.begin$|^offline\.ebusy$/.test(type) || NEVER.includes(type)) return false;
      if (/^populate\.(?:ok|over)$/.test(type)) return section === top;
      if (type === 'decrease.ok') return section === BOOT;
      return true;
    });
    const vetoed = may.filter(({ type }) => /\.(?:veto|cancel)$/.test(type));
    if (run.veto && vetoed.length > 0) return vetoed[0];
    const wanted = may.filter((label) => !vetoed.includes(label) && !LAST.includes(label.type));
    const policed = wanted.filter(({ type }) =>
      run.policy || !wanted.some((other) => other.type === 'add.end') ? true : type !== 'autoonline.begin',
    );
    const kernel = policed.filter(({ type }) => type === 'autoonline.begin');
    if (kernel.length > 0) return kernel[0];
    const now = policed.filter(({ type }) => !type.endsWith('.timer'));
    const [first] = now.length > 0 ? now : policed;
    // As much as possible in one call.
    const most = (now.length > 0 ? now : policed).filter(({ type }) => type === first?.type);
    const isSized = first !== undefined && /^(?:refill|shrink)\./.test(first.type);
    if (first !== undefined) return isSized ? most.at(-1) : first;
    return may.find(({ type }) => LAST.includes(type));
  }

  private enabled(walk: Walk, id: string): readonly Label[] {
    const place = this.place(id);
    if (place < 0) return [];
    const key = `${id} ${walk.local(place).key}`;
    let offered = this.offers.get(key);
    if (offered === undefined) {
      const local = walk.local(place);
      offered = (this.byChart.get(id) ?? []).filter((label) => this.world.next(place, local, label) !== null);
      this.offers.set(key, offered);
    }
    return offered.filter((label) => walk.isEnabled(label));
  }

  private place(id: string): number {
    return this.places.get(id) ?? -1;
  }
}

/** An act under way. */
class Run {
  readonly walk: Walk;
  readonly list: number[];
  readonly policy: boolean;
  readonly veto: boolean;
  readonly labels: Label[] = [];
  readonly taken: string[] = [];
  gaveUp = false;
  private readonly onStep: OnStep;

  constructor(from: Situation, veto: boolean, onStep: OnStep) {
    this.walk = from.walk.copy();
    this.list = [...from.list];
    this.policy = from.policy;
    this.veto = veto;
    this.onStep = onStep;
  }

  take(label: Label): boolean {
    const changes = this.walk.take(label);
    if (changes === undefined) return false;
    this.labels.push(label);
    for (const { chart, before, after } of changes)
      this.taken.push(`${coverKind(chart)}: ${before.value} -${label.type}-> ${after.value}`);
    this.follow(label);
    if (changes.some(({ chart, after }) => chart.kind === 'balloon' && after.context['bp'] === 'EAGAIN'))
      this.gaveUp = true;
    this.onStep(this.walk, label, changes);
    return true;
  }

  private follow({ type, section = BOOT, pages = 0 }: Label): void {
    const many = Array.from({ length: pages }, () => section);
    if (/^populate\.(?:ok|over)$/.test(type)) this.list.splice(-pages);
    else if (type === 'decrease.ok' || /^(?:auto)?online\.page$/.test(type)) this.list.push(...many);
  }
}
