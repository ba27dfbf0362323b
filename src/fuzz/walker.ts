/**
 * The walker: picks become labels. Each pick chooses a family that may be taken now, then an instance, and asks the owners;
 * a refused one is followed by the next choice. Families rarely taken in this run weigh more; each run favours some at random, so
 * that runs differ (swarm testing). Everything depends on the picks alone.
 */
import type { Label } from '../core/label.ts';
import { PickChance } from './chance.ts';
import type { CheckedRun } from './checked-run.ts';
import { type HostLabel, isOfHost } from './world.ts';

/** Instances tried of one family before it is given up for this pick. */
const INSTANCES = 3;
/** Factors by which a run favours or neglects a family. */
const TEMPERS = [0.002, 0.2, 0.5, 1, 1, 1, 2, 4];
/** Beyond this many times in a run a family weighs no less. */
const TIMES_MAX = 400;

interface Choice {
  readonly domain: number;
  readonly family: string;
  readonly temper: number;
  /** Times taken in this run. */
  times: number;
  weight: number;
}

export class Walker {
  private readonly run: CheckedRun;
  private readonly chance = new PickChance();
  /** Per domain, by family. */
  private readonly choices: readonly ReadonlyMap<string, Choice>[];
  private readonly ofHost: readonly Choice[];
  /** Labels asked about, whether taken or not. */
  tried = 0;

  /** `temper`: what makes this run differ from others; any integer. */
  constructor(run: CheckedRun, temper: number) {
    this.run = run;
    this.chance.reseed(temper);
    const { sampler, outside } = run.world.parts;
    const choice = (domain: number, family: string, base: number): Choice => {
      const factor = base * (TEMPERS[this.chance.below(TEMPERS.length)] ?? 1);
      return { domain, family, temper: factor, times: 0, weight: factor };
    };
    this.choices = run.world.domains.map(
      (_, domain) =>
        new Map(
          Object.entries(sampler.families).map(([family, base]) => [family, choice(domain, family, base)]),
        ),
    );
    this.ofHost =
      outside === undefined ? [] : ['host.take', 'host.give'].map((family) => choice(0, family, HOST_WEIGHT));
  }

  /** Takes one label; undefined where nothing that could be thought of is enabled. */
  step(pick: number): HostLabel | undefined {
    const { chance } = this;
    chance.reseed(pick);
    const open = this.open();
    const weights = open.map(({ weight }) => weight);
    let sum = 0;
    for (const weight of weights) sum += weight;
    for (let left = open.length; left > 0; left--) {
      const at = nth(weights, chance.unit() * sum);
      const choice = open[at];
      if (choice === undefined) break;
      const label = this.instance(choice);
      if (label !== undefined) return label;
      sum -= weights[at] ?? 0;
      weights[at] = 0;
    }
    return undefined;
  }

  private open(): Choice[] {
    const open: Choice[] = [...this.ofHost];
    this.run.world.domains.forEach((domain, at) => {
      const choices = this.choices[at];
      for (const family of domain.open()) {
        const choice = choices?.get(family);
        if (choice !== undefined) open.push(choice);
      }
    });
    return open;
  }

  /** Takes an instance of a family, if one of a few that are drawn is enabled. */
  private instance(choice: Choice): HostLabel | undefined {
    let refused: HostLabel | undefined;
    for (let n = 0; n < INSTANCES; n++) {
      const label = this.draw(choice);
      if (label === undefined || isSame(label, refused)) return undefined;
      this.tried += 1;
      if (this.run.take(label)) {
        choice.times = Math.min(choice.times + 1, TIMES_MAX);
        choice.weight = choice.temper / Math.sqrt(1 + choice.times);
        return label;
      }
      refused = label;
    }
    return undefined;
  }

  private draw({ domain, family }: Choice): HostLabel | undefined {
    const { world } = this.run;
    if (world.parts.outside !== undefined && family === 'host.give') {
      const held = world.outsideHeld;
      return held === 0 ? undefined : { type: family, pages: held - this.chance.below(held) };
    }
    const label: Label | undefined = world.parts.sampler.draw(family, world.domain(domain), this.chance);
    if (label === undefined || world.domains.length === 1 || isOfHost(label)) return label;
    return { ...label, domain };
  }
}

const HOST_WEIGHT = 0.02;

const isSame = (a: HostLabel, b: HostLabel | undefined): boolean =>
  b !== undefined &&
  a.pages === b.pages &&
  a.section === b.section &&
  a.block === b.block &&
  a.first === b.first &&
  a.count === b.count;

/** The index at which the running sum of weights passes `point`; weights of 0 are never chosen unless all are. */
function nth(weights: readonly number[], point: number): number {
  let sum = 0;
  let last = -1;
  for (const [at, weight] of weights.entries()) {
    if (weight <= 0) continue;
    sum += weight;
    last = at;
    if (sum > point) return at;
  }
  return last;
}
