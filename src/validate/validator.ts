/**
 * A real guest's log, judged by the charts: a set of beliefs is carried through the records. A record keeps the beliefs that can
 * take what it means and that agree with every counter it shows; when none is left, the log is rejected there.
 */

import type { Protocol } from '../../models/protocol.ts';
import type { Property } from '../../properties/property.ts';
import { type Label, labelText } from '../core/label.ts';
import type { Problem } from '../core/result.ts';
import { Nesting } from '../logs/nesting.ts';
import { DRIVER_TASK, type TracedFunction } from '../logs/probes.ts';
import type { CallRecord, TraceItem } from '../logs/records.ts';
import { tracedBut, unsetProbe } from '../logs/unset-probes.ts';
import { Belief } from './belief.ts';
import type { Had } from './clock.ts';
import { type Counters, countersOf, differences } from './counters.ts';
import { Doubts } from './doubts.ts';
import { beyondExact, Mapping, type Meaning, type Reading } from './mapping.ts';
import { type Breach, breachOf, type Matched, matchedBy, type Past, runOf } from './past.ts';
import { isStill, PATIENCE } from './patience.ts';
import { type Failure, type Rejection, refusalOf, rejectionBy } from './refusals.ts';
import { isLoopTop, resynchronised } from './resync.ts';
import { follow } from './taking.ts';
import { brokenNow, judgeOf } from './watching.ts';
import { type Geometry, scopeOfLog, World } from './world.ts';

/** Steps that leave no record of their own; they are put in where a record needs them. */
const HIDDEN: readonly Label[] = [{ type: 'sleep' }, { type: 'mutex.drop' }];

/** The driver's callback for a page that comes online. */
const CALLBACK = 'xen_online_page';
/** bp_state of a driver that backs off. */
const EAGAIN = 2;
const COURSE_MAX = 1000;
const TIMELINE_MAX = 20_000;

/** Records that a poll which changes nothing leaves. */
const POLL = ['additional', 'additional_ret'];

/**
 * A page whose callback a task has entered, and which is not on the list yet: the probe is at the entry, the list changes under
 * balloon_mutex, and the task may wait or be interrupted in between (xen_online_page, linux drivers/xen/balloon.c).
 */
interface Pending {
  readonly reading: Reading;
  readonly pid: number;
  /** The entry. */
  readonly record: CallRecord;
  /** The belief that took the page at once is held too; this one matters only if somebody else's record comes next. */
  readonly isShadow: boolean;
}

/** Where a record can find a belief: hidden steps taken or not. */
interface Start {
  readonly belief: Belief;
  readonly pending: Pending | undefined;
}

interface Held {
  /** Kept only if somebody will ask for it. */
  readonly past: Past | undefined;
  readonly belief: Belief;
  readonly pending?: Pending | undefined;
  /** Counters before the balloon thread's last step. */
  readonly earlier: Counters;
  /** Made anew after lost records, and nothing taken yet. */
  readonly isFresh?: boolean;
  /** By property; undefined where records were lost and it was broken afterwards. */
  readonly breaches: ReadonlyMap<string, Breach | undefined>;
}

type Attempt = { readonly ok: true; readonly held: Held } | ({ readonly ok: false } & Failure);

export interface ValidatorOptions {
  /** Remember what each surviving belief took, for `runs`. */
  readonly keepsRuns?: boolean;
  /** The log is a stream that somebody joined: calls may have been open. */
  readonly joins?: boolean;
  /** Functions whose probes were never set: what only they tell is not held against the guest. */
  readonly unset?: readonly TracedFunction[];
}

export class Validator {
  readonly mapping: Mapping;
  /** Records that a belief survived. */
  matched = 0;
  records = 0;
  /** Polls of BP_WAIT that changed nothing. */
  polls = 0;
  /** Time of the last record that changed a belief, seconds. */
  movedAt = Number.NEGATIVE_INFINITY;
  rejection: Rejection | undefined;
  /** Targets that reached the driver, and what it had when each came and at the end; pages, the first thousand. */
  readonly course = {
    currents: [] as number[],
    targets: [] as number[],
    timeline: [] as Had[] | undefined,
    until: 0,
  };
  /** Where records may be missing, and what became of it. */
  readonly gaps = { declared: 0, resynchronised: 0, unjudged: 0 };
  private readonly unclear = new Doubts(DRIVER_TASK);
  private held: readonly Held[];
  private readonly nesting: Nesting;
  private readonly properties: readonly Property[];
  private readonly keepsRuns: boolean;
  /** Records may be missing right before the next one: a file began, or the log says that some were lost. */
  private boundary: 'start' | 'lost' | undefined;
  /** Records are passed over until one tells where the driver is. */
  private adrift = false;
  /** Labels happen that no record of this log tells. */
  private readonly isBlind: boolean;
  /** The log has said that records were lost, so what is known of blocks may be old. */
  private isLossy: boolean;
  private seen = false;
  private readonly atRest: boolean;
  /** When the last record came, and whether the thread has had time since for whatever it could do. */
  private lastAt = Number.POSITIVE_INFINITY;
  private waited = false;
  /** Where the balloon thread was last seen. */
  private threadCpu = 0;

  constructor(
    protocol: Protocol,
    geometry: Geometry,
    properties: readonly Property[],
    { keepsRuns = false, joins = false, unset = [] }: ValidatorOptions = {},
  ) {
    this.nesting = new Nesting(unset.length === 0 ? {} : { traced: tracedBut(unset) });
    const telling = unset.filter(({ tells }) => tells.length > 0);
    for (const traced of telling) this.unclear.add(unsetProbe(traced));
    this.isBlind = telling.length > 0;
    this.keepsRuns = keepsRuns;
    this.isLossy = joins;
    this.properties = properties.filter((property) => property.appliesTo(protocol, scopeOfLog(geometry, 0)));
    const world = new World(protocol, geometry, judgeOf(this.properties));
    this.mapping = new Mapping(protocol, geometry.pagesPerSection, geometry.batch);
    const belief = new Belief(world);
    this.held = [{ past: undefined, belief, earlier: countersOf(belief), breaches: new Map() }];
    this.atRest = geometry.current === geometry.target;
    this.course.targets.push(geometry.target);
  }

  /** Why the verdict can be no better than ambiguous. */
  get doubts(): readonly Problem[] {
    return this.unclear.all;
  }

  private get standing(): readonly Held[] {
    return this.held.filter(({ pending }) => pending?.isShadow !== true);
  }

  get isDone(): boolean {
    return this.rejection !== undefined;
  }

  get beliefs(): readonly Belief[] {
    return this.standing.map(({ belief }) => belief);
  }

  /** Per surviving belief (in the order of `beliefs`): every record it matched, oldest first. Empty unless runs are kept. */
  get runs(): readonly (readonly Matched[])[] {
    return this.standing.map(({ past }) => runOf(past));
  }

  /** Properties broken in every surviving belief, and those on which beliefs disagree. */
  get breaches(): { readonly certain: readonly Breach[]; readonly disputed: readonly string[] } {
    const { standing } = this;
    const [first, ...rest] = standing;
    if (first === undefined) return { certain: [], disputed: [] };
    const everywhere = [...first.breaches.values()].flatMap((breach) =>
      breach !== undefined && rest.every(({ breaches }) => breaches.get(breach.property) !== undefined)
        ? [breach]
        : [],
    );
    const ids = new Set(
      standing.flatMap(({ breaches }) =>
        [...breaches].flatMap(([id, breach]) => (breach === undefined ? [] : [id])),
      ),
    );
    return {
      certain: everywhere.toSorted((a, b) => a.seconds - b.seconds),
      disputed: [...ids].filter((id) => !everywhere.some(({ property }) => property === id)),
    };
  }

  accept(item: TraceItem): void {
    if (this.isDone) return;
    if (item.kind === 'gap') this.gap(item);
    for (const problem of this.nesting.accept(item))
      this.rejection ??= rejectionBy(problem, item, this.beliefs);
    if (this.isDone) return;
    if (item.kind === 'problem') this.rejection = rejectionBy(item.problem, item, this.beliefs);
    else if (item.kind === 'warning' && item.problem.code === 'LOG_MALFORMED') this.unclear.add(item.problem);
    else if (item.kind === 'entry' || item.kind === 'return') this.record(item);
  }

  private gap(item: Extract<TraceItem, { kind: 'gap' }>): void {
    this.unclear.gap();
    if (item.reason === 'start') {
      this.boundary ??= this.seen ? 'start' : undefined;
      return;
    }
    this.gaps.declared += 1;
    this.boundary = this.seen ? 'lost' : undefined;
    this.isLossy = true;
  }

  private record(record: CallRecord): void {
    this.records += 1;
    this.keepCourse(record);
    this.unclear.question(record, this.isLossy);
    const beyond = beyondExact(record);
    if (beyond !== undefined) {
      this.unclear.add(beyond);
      this.adrift = true;
      this.seen = true;
      this.gaps.unjudged += 1;
      return;
    }
    if (!this.seen && this.isMidway(record)) this.adrift = true;
    this.seen = true;
    const meaning = this.mapping.read(record);
    this.waited =
      record.seconds - this.lastAt >= PATIENCE &&
      this.held.some((held) => this.hiddenFirst(held).some(({ belief }) => isStill(belief)));
    this.lastAt = record.seconds;
    const tells = isLoopTop(record, DRIVER_TASK) && record.globals !== undefined;
    // How often the driver failed in a row leaves no counter: what was known may be old, though nothing contradicts it.
    const isBackingOff = (record.globals?.st ?? EAGAIN) === EAGAIN;
    if (tells && this.boundary === 'lost' && isBackingOff && this.resume(record, meaning, this.held)) return;
    if (!this.adrift) this.follows(record, meaning);
    if (!this.adrift) return;
    if (!tells || !this.resume(record, meaning)) this.gaps.unjudged += 1;
  }

  private keepCourse({ event, fields, globals, seconds }: CallRecord): void {
    const { currents, targets, timeline } = this.course;
    this.course.until = seconds;
    if (globals !== undefined && timeline?.at(-1)?.pages !== globals.cur)
      timeline?.push({ seconds, pages: globals.cur });
    if ((timeline?.length ?? 0) > TIMELINE_MAX) this.course.timeline = undefined;
    if (event !== 'set_target' || globals === undefined || targets.length >= COURSE_MAX) return;
    currents.push(globals.cur);
    targets.push(fields['target'] ?? globals.tgt);
  }

  /** The log is over. */
  finish(): void {
    this.course.currents.push(...this.beliefs.slice(0, 1).map((belief) => belief.sum('books', 'current')));
    if (!this.adrift || this.isDone) return;
    this.unclear.add({
      code: 'LOG_ADRIFT',
      message: `no record after the last gap tells where the driver is, so ${this.gaps.unjudged} were not judged`,
    });
  }

  /** Carries the beliefs over a record; false if none survives. */
  private follows(record: CallRecord, meaning: Meaning, from: readonly Held[] = this.held): boolean {
    const alive = from.filter(({ pending }) => pending?.isShadow !== true || pending.pid !== record.pid);
    const attempts = alive.flatMap((held) => this.attempts(held, record, meaning));
    const survivors = new Map<string, Held>();
    for (const attempt of attempts) if (attempt.ok) survivors.set(keyOf(attempt.held), attempt.held);
    if (survivors.size === 0) {
      // Somebody was late all the same: a paused guest has a clock and no time.
      if (this.waited) {
        this.waited = false;
        return this.follows(record, meaning, from);
      }
      if (!this.adrift)
        this.refuse(
          record,
          attempts.flatMap((attempt) => (attempt.ok ? [] : [attempt])),
        );
      return false;
    }
    if (record.task === DRIVER_TASK || this.boundary === 'start') this.boundary = undefined;
    this.matched += 1;
    if (record.task === DRIVER_TASK) this.threadCpu = record.cpu;
    if (meaning.some((reading) => textOf(reading) === 'need.none')) this.polls += 1;
    else if (!POLL.includes(record.event)) this.movedAt = record.seconds;
    this.held = [...survivors.values()];
    return true;
  }

  /** After lost records: new beliefs from the counters of a record that tells where the driver is. */
  private resume(record: CallRecord, meaning: Meaning, known: readonly Held[] = []): boolean {
    const { globals } = record;
    if (globals === undefined) return false;
    const fresh = this.held.map((held) => ({ held, ...resynchronised(held.belief, globals) }));
    // Where the counters say of some beliefs that their sections stand, the others were wrong.
    const kept = fresh.some((one) => one.kept);
    if (!kept && known.length > 0) return false;
    if (known.length === 0) {
      this.mapping.resume(kept);
      this.mapping.read(record);
    }
    const candidates = fresh
      .filter((one) => one.kept === kept)
      .flatMap(({ held, beliefs }) =>
        beliefs.map(
          (belief): Held => ({
            ...held,
            belief,
            pending: undefined,
            isFresh: true,
            earlier: countersOf(belief),
            breaches: this.broken(held, belief),
          }),
        ),
      );
    const wasAdrift = this.adrift;
    this.adrift = true;
    if (!this.follows(record, meaning, [...known, ...candidates])) {
      this.adrift = wasAdrift;
      return false;
    }
    this.adrift = false;
    this.boundary = undefined;
    if (wasAdrift) this.gaps.resynchronised += 1;
    return true;
  }

  /** The log begins inside a call, or while the driver is short of its target or backing off: its first counters do not say where it is. */
  private isMidway(record: CallRecord): boolean {
    const isInside =
      record.kind === 'return' || (record.task === DRIVER_TASK && !isLoopTop(record, DRIVER_TASK));
    return isInside || !this.atRest || (record.globals?.st ?? 0) !== 0;
  }

  /** All ways in which one belief can take a record. */
  private attempts(held: Held, record: CallRecord, meaning: readonly Reading[]): Attempt[] {
    const own = held.pending?.pid === record.pid ? held.pending : undefined;
    const starts = this.hiddenFirst(held).filter(({ belief }) => !this.waited || isStill(belief));
    // A task goes on only when its callback is over.
    const open = own === undefined ? starts : starts.filter(({ pending }) => pending === undefined);
    if (open.length === 0 && own !== undefined)
      return follow(held.belief.rested(), own.reading).flatMap((step) =>
        step.ok
          ? []
          : [
              {
                ok: false,
                tried: textOf(own.reading),
                refused: step.refused,
                differing: [],
                at: own.record,
              },
            ],
      );
    // A record that says nothing of the charts still shows counters, which tell whether the page has come.
    const silent = held.pending === undefined ? open.slice(0, 1) : open;
    if (meaning.length === 0)
      return silent.map((start) => this.judged(held, start, start, record, 'nothing'));
    const taken = open.flatMap((start) =>
      meaning.flatMap((reading) =>
        follow(start.belief, reading).map((step): Attempt => {
          const tried = textOf(reading);
          return step.ok
            ? this.judged(held, { ...start, belief: step.belief }, start, record, tried)
            : { ok: false, tried, refused: step.refused, differing: [] };
        }),
      ),
    );
    if (record.event !== CALLBACK) return taken;
    const isShadow = taken.some(({ ok }) => ok);
    const begun = open.flatMap((start) =>
      meaning.map((reading) =>
        this.judged(
          held,
          { ...start, pending: { reading, pid: record.pid, record, isShadow } },
          start,
          record,
          'begun',
        ),
      ),
    );
    return [...taken, ...begun];
  }

  /** The belief itself, and after each hidden step it could have taken. */
  private hiddenFirst({ belief, pending }: Held): Start[] {
    const found: Start[] = [{ belief: belief.rested(), pending: pending && { ...pending, isShadow: false } }];
    for (const before of found) {
      for (const label of HIDDEN) {
        const step = before.belief.take(label);
        if (step.ok) found.push({ ...before, belief: step.belief });
      }
      if (before.pending !== undefined)
        for (const step of follow(before.belief, before.pending.reading))
          if (step.ok) found.push({ belief: step.belief, pending: undefined });
    }
    return found;
  }

  /** What a belief broke before records were lost, and what it breaks now: how, the log does not tell, so that is not the guest's. */
  private broken(held: Held, belief: Belief): Held['breaches'] {
    const now = brokenNow(this.properties, belief).filter((id) => !held.breaches.has(id));
    return new Map([...held.breaches, ...now.map((id) => [id, undefined] as const)]);
  }

  private judged(held: Held, now: Start, then: Start, record: CallRecord, tried: string): Attempt {
    const { belief: after, pending } = now;
    const { belief: before } = then;
    const isThread = record.task === DRIVER_TASK;
    const elsewhere = !isThread && record.cpu !== this.threadCpu;
    const differing = differences(
      record,
      before,
      after,
      this.mapping.inFlight,
      elsewhere ? held.earlier : undefined,
    );
    if (differing.length > 0) return { ok: false, tried, refused: [], differing };
    // A rest that lasted is judged though its sleep comes with the record that ends it.
    const rest = this.waited ? brokenNow(this.properties, before) : [];
    const broken = [...new Set([...rest, ...brokenNow(this.properties, after)])].filter(
      (property) => !held.breaches.has(property),
    );
    const earlier = isThread ? countersOf(before) : held.earlier;
    const past = this.keepsRuns
      ? { matched: matchedBy(record, after, held.isFresh === true), earlier: held.past }
      : undefined;
    if (broken.length === 0)
      return { ok: true, held: { past, belief: after, pending, earlier, breaches: held.breaches } };
    const breaches = new Map(held.breaches);
    for (const property of broken) breaches.set(property, breachOf(property, record, after));
    return { ok: true, held: { past, belief: after, pending, earlier, breaches } };
  }

  private refuse(record: CallRecord, failures: readonly Failure[]): void {
    const refusal = refusalOf(record, failures, this.beliefs);
    const isOld = this.isLossy && refusal.speaksOfSections;
    const isUnknown = refusal.rejection.code === 'LOG_UNKNOWN_BLOCK';
    if (this.boundary !== undefined || isOld || this.isBlind || isUnknown) {
      // Where the log itself says that records were lost, or others say which, that they are is no doubt about it.
      if (this.boundary !== 'lost' && !this.isBlind)
        this.unclear.add({
          code: 'LOG_GAP',
          message: `${refusal.rejection.message}; the deciding records may be missing before it`,
          where: record,
        });
      this.adrift = true;
      return;
    }
    this.rejection = refusal.rejection;
  }
}

const textOf = (reading: Reading): string =>
  reading.map((action) => (action.kind === 'label' ? labelText(action.label) : action.text)).join(', ');

const keyOf = ({ belief, breaches, pending }: Held): string =>
  `${belief.key}#${[...breaches.keys()].join(',')}#${pending === undefined ? '' : `${pending.pid} ${textOf(pending.reading)}`}`;
