/**
 * Guests on one host, stepped together. A grant to one domain is at the same moment `host.take` for the hypervisor of every other,
 * frames that come back are `host.give`; all must accept.
 */
import type { Sampler } from '../../models/sampling/sampling.ts';
import type { ModelChart } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import { Domain, type GuestCharts, type Moved, type OnStep } from './domain.ts';
import { Mover } from './mover.ts';

/** A label and the domain that it is of. Labels of the host carry none. */
export interface HostLabel extends Label {
  readonly domain?: number;
}

/** All that a run needs and does not change. */
export interface WorldParts {
  readonly domains: number;
  readonly charts: GuestCharts;
  readonly sampler: Sampler;
  /** What a label of one domain is for the others' hypervisors. */
  readonly seenByOthers: (label: Label) => Label | undefined;
  /** With several domains: everybody else on the host. */
  readonly outside: ModelChart | undefined;
  /** Frames that each domain starts with. */
  readonly startFrames: number;
}

/** What one label moved, domain by domain. */
export interface Taken {
  readonly label: HostLabel;
  readonly moved: readonly { readonly domain: number; readonly parts: readonly Moved[] }[];
}

export class FuzzWorld {
  readonly parts: WorldParts;
  readonly domains: readonly Domain[];
  private readonly outside: Mover | undefined;
  private outsideState;

  constructor(parts: WorldParts) {
    this.parts = parts;
    this.domains = Array.from({ length: parts.domains }, (_, id) => new Domain(parts.charts, id));
    this.outside = parts.outside === undefined ? undefined : new Mover(parts.outside, false);
    this.outsideState = this.outside?.initial;
    const others = (parts.domains - 1) * parts.startFrames;
    // To each hypervisor the others' boot memory is taken already.
    if (others > 0)
      for (const domain of this.domains) domain.move({ type: 'host.take', pages: others }, undefined);
  }

  domain(index: number): Domain {
    const domain = this.domains[index];
    if (domain === undefined) throw new RangeError(`there is no domain ${index}`);
    return domain;
  }

  /** Takes a label if every owner accepts it; undefined (and nothing moved) where one refuses. */
  take(label: HostLabel, onStep?: OnStep): Taken | undefined {
    return isOfHost(label) && this.outside !== undefined
      ? this.takeOutside(this.outside, label, onStep)
      : this.takeInside(label, onStep);
  }

  private takeInside(label: HostLabel, onStep: OnStep | undefined): Taken | undefined {
    const mine = label.domain ?? 0;
    const domain = this.domain(mine);
    if (!domain.accepts(label)) return undefined;
    const seen = this.domains.length === 1 ? undefined : this.parts.seenByOthers(label);
    if (seen !== undefined && !this.domains.every((other, at) => at === mine || other.accepts(seen)))
      return undefined;
    const moved = [{ domain: mine, parts: domain.move(label, onStep) }];
    if (seen !== undefined)
      this.domains.forEach((other, at) => {
        if (at !== mine) moved.push({ domain: at, parts: other.move(seen, onStep) });
      });
    return { label, moved };
  }

  private takeOutside(outside: Mover, label: HostLabel, onStep: OnStep | undefined): Taken | undefined {
    const before = this.outsideState ?? outside.initial;
    if (!outside.accepts(before, label) || !this.domains.every((domain) => domain.accepts(label)))
      return undefined;
    this.outsideState = outside.next(before, label);
    const own = { chart: outside.chart, index: undefined, before, after: this.outsideState };
    const moved = this.domains.map((domain, at) => ({ domain: at, parts: domain.move(label, onStep) }));
    onStep?.(own.chart, before, label, own.after, undefined, 0);
    return { label, moved: [{ domain: 0, parts: [own] }, ...moved] };
  }

  /** What everybody else holds; 0 where that is nobody's chart. */
  get outsideHeld(): number {
    return Number(this.outsideState?.context['held'] ?? 0);
  }
}

export const isOfHost = ({ type }: Label): boolean => type === 'host.take' || type === 'host.give';
