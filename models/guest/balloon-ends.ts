/**
 * How a step of the balloon ends: bp_state and the schedule after it, and where the thread goes (balloon.ts).
 * Source: linux drivers/xen/balloon.c `update_schedule`, `balloon_process` (until 2021).
 */
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import type { Move } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import type { Balloon, BpState } from './balloon-growing.ts';
import { sleeps } from './wakes.ts';

/** Nothing in hand. */
export const NO_JOB = { left: 0, got: 0, first: 0, count: 0, filled: 0, cursor: 0 };

/** What all pieces of the chart share: the protocol's switches, and the ends of a step. */
export class Ends {
  readonly protocol: Protocol;
  readonly form: Form;
  readonly scope: Scope;
  constructor(protocol: Protocol, form: Form, scope: Scope) {
    this.protocol = protocol;
    this.form = form;
    this.scope = scope;
  }

  /** Where a credit that the list cannot meet leads. */
  get firstStep(): string {
    if (this.protocol.claimFirst) return 'reserving';
    return this.protocol.addsAt === 'end' ? 'placing' : 'seeking';
  }

  /** What stays in hand after a step: nothing, or a run that is filled up to the target. */
  hand(_: Balloon): Partial<Balloon> {
    return fillsToTarget(this.protocol) ? { left: 0, got: 0, cursor: 0 } : NO_JOB;
  }

  /** Section of the run that holds its nth page. */
  sectionAt(c: Balloon, page: number): number {
    return c.first + Math.floor(page / this.scope.pagesPerSection);
  }

  readonly mine = (c: Balloon, l: Label) =>
    payload(l, 'first') === c.first && payload(l, 'count') === c.count;

  /** The last frames of the run in hand go back to Xen. */
  readonly unfilled: Move<Balloon> = {
    when: (c, l) =>
      payload(l, 'pages') <= c.filled &&
      payload(l, 'section') === this.sectionAt(c, c.filled - payload(l, 'pages')),
    set: (c, l) => ({ filled: c.filled - payload(l, 'pages') }),
  };

  /** Where a step that did not end in DONE goes: to read its baseline, if that is a step of its own. */
  get rest(): string {
    if (this.protocol.mutexOver === 'run') return 'stopping';
    return sleeps(this.protocol) ? 'settling' : 'asleep';
  }

  /** BP_WAIT and BP_ECANCELED pass through update_schedule: failures counted so far stay counted. */
  ends(bp: BpState): Move<Balloon> {
    return { set: (c) => ({ ...this.hand(c), bp }), to: this.rest };
  }

  /** DONE resets the schedule; its wait compares with 0, so there is no baseline to read. A work item loops. */
  get done(): Move<Balloon> {
    const to = this.protocol.runs === 'work' ? 'looping' : 'asleep';
    return { set: (c) => ({ ...this.hand(c), bp: 'DONE', retry: 1 }), to };
  }

  get cancelled(): Move<Balloon> {
    return this.ends('ECANCELED');
  }

  /** One more failure gives the order up. */
  isLast(c: Balloon): boolean {
    return this.protocol.retries === 'limited' && c.retry + 1 > this.scope.retryLimit;
  }

  /** Without a limit nothing depends on how many there were. */
  failed(c: Balloon): number {
    return Math.min(c.retry + 1, this.scope.retryLimit);
  }

  /** EAGAIN: one more failure; past the limit the order is given up. */
  again(when: (c: Balloon, l: Label) => boolean = () => true): readonly Move<Balloon>[] {
    const last = (c: Balloon) => this.isLast(c);
    return [
      {
        when: (c, l) => when(c, l) && last(c),
        set: (c) => ({ ...this.hand(c), bp: 'ECANCELED', retry: 1 }),
        to: this.rest,
      },
      {
        when: (c, l) => when(c, l) && !last(c),
        set: (c) => ({ ...this.hand(c), bp: 'EAGAIN', retry: this.failed(c) }),
        to: this.protocol.runs === 'work' ? 'requeueing' : this.rest,
      },
    ];
  }
}
