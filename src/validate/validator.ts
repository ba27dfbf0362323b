/**
 * A real guest's log, judged by the charts: a set of beliefs is carried through the records. A record keeps the beliefs that can
 * take what it means and that agree with every counter it shows; when none is left, the log is rejected there.
 */

import { pv64 } from '../../models/forms/pv.ts';
import type { Protocol } from '../../models/protocol.ts';
import { type Property, speaksOf } from '../../properties/property.ts';
import { type Label, labelText } from '../core/label.ts';
import type { Problem } from '../core/result.ts';
import { Nesting } from '../logs/nesting.ts';
import type { CallRecord, TraceItem } from '../logs/records.ts';
import { Belief, type ChartStep, type Refused, type Step } from './belief.ts';
import { type Counters, countersOf, type Difference, differences, unmodelled } from './counters.ts';
import { type Action, Mapping, type Reading } from './mapping.ts';
import { brokenNow, judgeOf } from './watching.ts';
import { type Geometry, PLENTY, scopeOfLog, World } from './world.ts';

/** Where a property was first broken, in a belief. */
export interface Breach {
  readonly property: string;
  readonly file: string;
  readonly line: number;
  readonly seconds: number;
  readonly event: string;
  /** The labels that the record stood for. */
  readonly labels: readonly string[];
}

/** Why no belief survived a record. */
export interface Rejection {
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly event: string;
  /** What the record would have meant. */
  readonly tried: readonly string[];
  readonly refused: readonly Refused[];
  readonly differing: readonly Difference[];
  /** What the balloon thread could have done instead. */
  readonly enabled: readonly string[];
}

/** Steps that leave no record of their own; they are put in where a record needs them. */
const HIDDEN: readonly Label[] = [{ type: 'sleep' }, { type: 'mutex.drop' }];

/** The balloon driver's kernel thread. */
const THREAD = 'xen-balloon';
/** Calls of actors that have no chart in these variants. */
const UNMODELLED = ['alloc_ballooned', 'free_ballooned', 'remove', 'try_remove'];

/** Records that a poll which changes nothing leaves. */
const POLL = ['additional', 'additional_ret'];

/** What one record stood for in a belief, and the belief after it. */
export interface Matched {
  readonly record: CallRecord;
  /** Hidden labels included. */
  readonly labels: readonly Label[];
  readonly steps: readonly ChartStep[];
  readonly belief: Belief;
}

/** The records that led to a belief, newest first: beliefs share their past, and a belief that died is in nobody's. */
interface Past {
  readonly matched: Matched;
  readonly earlier: Past | undefined;
}

interface Held {
  /** Kept only if somebody will ask for it. */
  readonly past: Past | undefined;
  readonly belief: Belief;
  /** Counters before the balloon thread's last step. */
  readonly earlier: Counters;
  readonly breaches: ReadonlyMap<string, Breach>;
}

type Attempt =
  | { readonly ok: true; readonly held: Held }
  | {
      readonly ok: false;
      readonly tried: string;
      readonly refused: readonly Refused[];
      readonly differing: readonly Difference[];
    };

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
  /** Why the verdict can be no better than ambiguous. */
  readonly doubts: Problem[] = [];
  private held: readonly Held[];
  private readonly nesting = new Nesting();
  private readonly properties: readonly Property[];
  private readonly keepsRuns: boolean;
  /** A file began and no record has come yet: what happened in between was not logged. */
  private boundary = false;
  private seen = false;
  /** Tasks that left a record since the last gap. */
  private readonly tasks = new Set<number>();
  private readonly atRest: boolean;
  /** Where the balloon thread was last seen. */
  private threadCpu = 0;

  /** `keepsRuns`: remember what each surviving belief took, for `runs`. */
  constructor(
    protocol: Protocol,
    geometry: Geometry,
    properties: readonly Property[],
    keepsRuns: boolean = false,
  ) {
    this.keepsRuns = keepsRuns;
    this.properties = properties.filter((property) =>
      speaksOf(property, protocol, pv64, scopeOfLog(geometry, 0)),
    );
    const world = new World(protocol, geometry, judgeOf(this.properties));
    this.mapping = new Mapping(protocol, geometry.pagesPerSection, geometry.batch);
    const belief = new Belief(world);
    this.held = [{ past: undefined, belief, earlier: countersOf(belief), breaches: new Map() }];
    this.atRest = geometry.current === geometry.target;
  }

  get isDone(): boolean {
    return this.rejection !== undefined || this.doubts.some(({ code }) => code === 'LOG_GAP');
  }

  get beliefs(): readonly Belief[] {
    return this.held.map(({ belief }) => belief);
  }

  /** Per surviving belief (in the order of `beliefs`): every record it matched, oldest first. Empty unless runs are kept. */
  get runs(): readonly (readonly Matched[])[] {
    return this.held.map(({ past }) => {
      const run: Matched[] = [];
      for (let at = past; at !== undefined; at = at.earlier) run.push(at.matched);
      return run.reverse();
    });
  }

  /** Properties broken in every surviving belief, and those on which beliefs disagree. */
  get breaches(): { readonly certain: readonly Breach[]; readonly disputed: readonly string[] } {
    const [first, ...rest] = this.held;
    if (first === undefined) return { certain: [], disputed: [] };
    const everywhere = [...first.breaches.values()].filter(({ property }) =>
      rest.every(({ breaches }) => breaches.has(property)),
    );
    const ids = new Set(this.held.flatMap(({ breaches }) => [...breaches.keys()]));
    return {
      certain: everywhere.toSorted((a, b) => a.seconds - b.seconds),
      disputed: [...ids].filter((id) => !everywhere.some(({ property }) => property === id)),
    };
  }

  accept(item: TraceItem): void {
    if (this.isDone) return;
    if (item.kind === 'gap') this.gap(item);
    for (const problem of this.nesting.accept(item))
      this.reject(problem.code, problem.message, problem, item);
    if (this.isDone) return;
    if (item.kind === 'problem') this.reject(item.problem.code, item.problem.message, item.problem, item);
    else if (item.kind === 'warning' && item.problem.code === 'LOG_MALFORMED') this.doubts.push(item.problem);
    else if (item.kind === 'entry' || item.kind === 'return') this.record(item);
  }

  private gap(item: Extract<TraceItem, { kind: 'gap' }>): void {
    this.tasks.clear();
    if (item.reason === 'start') {
      this.boundary = this.seen;
      return;
    }
    this.doubts.push({
      code: 'LOG_GAP',
      message: 'the log says that records are missing here; what follows was not judged',
      where: { file: item.file, line: item.line },
    });
  }

  private record(record: CallRecord): void {
    this.records += 1;
    this.question(record);
    this.seen = true;
    const meaning = this.mapping.read(record);
    const attempts = this.held.flatMap((held) => this.attempts(held, record, meaning));
    const survivors = new Map<string, Held>();
    for (const attempt of attempts) if (attempt.ok) survivors.set(keyOf(attempt.held), attempt.held);
    if (survivors.size === 0) {
      this.refuse(record, attempts);
      return;
    }
    this.boundary = false;
    this.matched += 1;
    if (record.task === THREAD) this.threadCpu = record.cpu;
    if (meaning.some((reading) => textOf(reading) === 'need.none')) this.polls += 1;
    else if (!POLL.includes(record.event)) this.movedAt = record.seconds;
    this.held = [...survivors.values()];
  }

  /** What makes a log unclear without making it wrong. */
  private question(record: CallRecord): void {
    const doubt = (code: string, message: string) => this.doubts.push({ code, message, where: record });
    if (!this.seen && (!this.atRest || (record.globals?.st ?? 0) !== 0))
      doubt('LOG_MIDWAY', 'the log begins while the driver is short of its target or backing off');
    if (record.kind === 'return' && !this.tasks.has(record.pid))
      doubt('LOG_CUT_CALL', 'a call returns whose entry is not in this file');
    if (record.event === 'notify_ret' && record.fields['ret'] === 0)
      doubt(
        'LOG_UNSEEN_RETURN',
        'a notifier after the balloon driver answered NOTIFY_DONE; no log seen so far has that',
      );
    const foreign =
      UNMODELLED.includes(record.event) || (record.event === 'additional' && record.task !== THREAD);
    if (foreign)
      doubt('LOG_UNMODELLED', `${record.event} by ${record.task}: the charts have no such actor yet`);
    const counters = record.globals === undefined ? [] : unmodelled(record.globals);
    if (counters.length > 0 && !this.doubts.some(({ code }) => code === 'LOG_UNMODELLED'))
      doubt('LOG_UNMODELLED', `${counters.join(' and ')} is not 0: the charts do not count that yet`);
    this.tasks.add(record.pid);
  }

  /** All ways in which one belief can take a record. */
  private attempts(held: Held, record: CallRecord, meaning: readonly Reading[]): Attempt[] {
    if (meaning.length === 0)
      return [this.judged(held, held.belief.rested(), held.belief, record, 'nothing')];
    return this.hiddenFirst(held.belief.rested()).flatMap((before) =>
      meaning.flatMap((reading) =>
        follow(before, reading).map((step): Attempt => {
          const tried = textOf(reading);
          return step.ok
            ? this.judged(held, step.belief, before, record, tried)
            : { ok: false, tried, refused: step.refused, differing: [] };
        }),
      ),
    );
  }

  /** The belief itself, and after each hidden step it could have taken. */
  private hiddenFirst(belief: Belief): Belief[] {
    const found = [belief];
    for (const before of found)
      for (const label of HIDDEN) {
        const step = before.take(label);
        if (step.ok) found.push(step.belief);
      }
    return found;
  }

  private judged(held: Held, after: Belief, before: Belief, record: CallRecord, tried: string): Attempt {
    const isThread = record.task === THREAD;
    const elsewhere = !isThread && record.cpu !== this.threadCpu;
    const differing = differences(
      record,
      before,
      after,
      this.mapping.inFlight,
      elsewhere ? held.earlier : undefined,
    );
    if (differing.length > 0) return { ok: false, tried, refused: [], differing };
    const broken = brokenNow(this.properties, after).filter((property) => !held.breaches.has(property));
    const earlier = isThread ? countersOf(before) : held.earlier;
    const past = this.keepsRuns ? { matched: matchedBy(record, after), earlier: held.past } : undefined;
    if (broken.length === 0)
      return { ok: true, held: { past, belief: after, earlier, breaches: held.breaches } };
    const breaches = new Map(held.breaches);
    for (const property of broken) breaches.set(property, breachOf(property, record, after));
    return { ok: true, held: { past, belief: after, earlier, breaches } };
  }

  private refuse(record: CallRecord, attempts: readonly Attempt[]): void {
    const failures = attempts.flatMap((attempt) => (attempt.ok ? [] : [attempt]));
    const close = failures.filter(({ refused }) => refused.length === 0);
    const best = close.length > 0 ? close : failures;
    const differing = close[0]?.differing ?? [];
    const code = tellsUnknownBlock(failures)
      ? 'LOG_UNKNOWN_BLOCK'
      : close.length > 0
        ? 'LOG_COUNTER'
        : 'LOG_REFUSED';
    const message = {
      LOG_UNKNOWN_BLOCK: 'the record speaks of a block that the log never saw added',
      LOG_COUNTER: 'a counter of the driver is not what the charts say',
      LOG_REFUSED: 'no chart state that fits the log so far can take this step',
    }[code];
    if (this.boundary || code === 'LOG_UNKNOWN_BLOCK') {
      this.doubts.push({
        code: 'LOG_GAP',
        message: `${message}; the deciding records may be missing before it`,
        where: record,
      });
      return;
    }
    this.rejection = {
      code,
      message,
      file: record.file,
      line: record.line,
      event: record.event,
      tried: [...new Set(best.map(({ tried }) => tried))],
      refused: unique(close.length > 0 ? [] : best.flatMap(({ refused }) => refused)),
      differing,
      enabled: this.enabled(),
    };
  }

  private reject(code: string, message: string, problem: Problem, item: TraceItem): void {
    const file = problem.where?.file ?? ('file' in item ? item.file : '');
    const line = problem.where?.line ?? ('line' in item ? item.line : 0);
    const details =
      problem.expected === undefined
        ? ''
        : ` (expected ${problem.expected}, got ${problem.got ?? 'nothing'})`;
    this.rejection ??= {
      code,
      message: `${message}${details}`,
      file,
      line,
      event: 'event' in item ? item.event : item.kind,
      tried: [],
      refused: [],
      differing: [],
      enabled: this.enabled(),
    };
  }

  /** Families that the balloon thread's chart handles where the beliefs left it. */
  private enabled(): string[] {
    const families = this.beliefs.flatMap((belief) => {
      const local = belief.local('balloon');
      const nodes = (
        local?.snapshot as unknown as
          | { _nodes?: readonly { transitions: ReadonlyMap<string, unknown> }[] }
          | undefined
      )?._nodes;
      return (nodes ?? []).flatMap((node) => [...node.transitions.keys()]);
    });
    return [...new Set(families)];
  }
}

/** The labels of a reading, one after the other; where Xen's unknown side refuses, its limit is solved from the record. */
function follow(before: Belief, reading: Reading): Step[] {
  let steps: Step[] = [{ ok: true, belief: before }];
  for (const action of reading)
    steps = steps.flatMap((step) => (step.ok ? perform(step.belief, action) : [step]));
  return steps;
}

function perform(belief: Belief, action: Action): readonly Step[] {
  const act = (from: Belief): readonly Step[] =>
    action.kind === 'label' ? [from.take(action.label)] : action.act(from);
  const direct = act(belief);
  const blocked = direct.every(
    (step) => !step.ok && step.refused.every(({ chart }) => chart === 'hypervisor'),
  );
  if (!blocked) return direct;
  const ends = action.kind === 'label' && /\.(short|refused)$/.test(action.label.type);
  const limit = belief.take(
    { type: 'max.set', pages: ends ? belief.sum('hypervisor', 'tot') : PLENTY },
    'assumed',
  );
  return limit.ok ? act(limit.belief) : direct;
}

const matchedBy = (record: CallRecord, belief: Belief): Matched => ({
  record,
  labels: belief.trail,
  steps: belief.steps,
  belief,
});

const textOf = (reading: Reading): string =>
  reading.map((action) => (action.kind === 'label' ? labelText(action.label) : action.text)).join(', ');

const keyOf = ({ belief, breaches }: Held): string => `${belief.key}#${[...breaches.keys()].join(',')}`;

const tellsUnknownBlock = (failures: readonly { readonly tried: string }[]): boolean =>
  failures.length > 0 && failures.every(({ tried }) => tried.includes('unknown.block'));

function breachOf(property: string, record: CallRecord, belief: Belief): Breach {
  return {
    property,
    file: record.file,
    line: record.line,
    seconds: record.seconds,
    event: record.event,
    labels: belief.trail.map(labelText),
  };
}

function unique(refused: readonly Refused[]): Refused[] {
  const seen = new Map(refused.map((one) => [`${one.chart}|${one.state}`, one]));
  return [...seen.values()];
}
