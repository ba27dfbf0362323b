/**
 * The labels that a real guest's log stood for, as a run of a world: what a belief that survived the log took, record by record.
 *
 * A log does not say which section a decrease took its pages from. Where a later record told, the pages are given to it (to the
 * latest decreases before that record); the rest are taken from whichever section has them, boot memory first.
 */
import { pv64 } from '../../../models/forms/pv.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { properties } from '../../../properties/all.ts';
import type { Property } from '../../../properties/property.ts';
import { BOOT, type Label, payload } from '../../core/label.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { StepWorld, Walk } from '../../trace/world.ts';
import { UNTOLD } from '../../validate/belief.ts';
import type { Matched } from '../../validate/past.ts';
import { validate } from '../../validate/validate.ts';
import { scopeOfLog } from '../../validate/world.ts';
import type { Io } from '../io.ts';
import { guestWorld } from './world.ts';

export interface LogRun {
  readonly guest: string;
  readonly scope: Scope;
  readonly world: StepWorld;
  readonly labels: readonly Label[];
  readonly records: number;
}

/**
 * The first guest under a path that breaks the property. Problems: those of reading logs, `LOG_NOT_BROKEN` (no guest breaks it),
 * `LOG_NOT_A_RUN` (some label of the belief cannot be taken in the order in which the records stand).
 */
export function runOfLog(io: Io, path: string, protocol: Protocol, property: Property): Result<LogRun> {
  const runs: LogRun[] = [];
  let refused: string | undefined;
  const found = validate([path], io.logs, {
    protocol,
    properties,
    onRuns: ([run], { guest, geometry, breaches }) => {
      const breach = breaches.find((one) => one.property === property.id);
      if (run === undefined || breach === undefined) return;
      const last = run.findIndex(({ record }) => record.file === breach.file && record.line === breach.line);
      const told = run.slice(0, last + 1);
      if (told.some(({ isResumed }) => isResumed)) {
        refused ??= 'records are missing before it was broken, so its labels are no whole run';
        return;
      }
      const scope = scopeOfLog(geometry, sectionsOf(told));
      const world = guestWorld(protocol, pv64, scope);
      const labels = concrete(world, told);
      if (labels.ok) runs.push({ guest, scope, world, labels: labels.value, records: told.length });
      else refused ??= labels.problems[0]?.message;
    },
  });
  if (!found.ok) return found;
  const [run] = runs;
  if (run !== undefined) return ok(run);
  if (refused !== undefined) return fail({ code: 'LOG_NOT_A_RUN', message: refused });
  return fail({
    code: 'LOG_NOT_BROKEN',
    message: `no guest under ${path} breaks ${property.id} for certain`,
    expected: 'a log that ballast validate says breaks it',
  });
}

/** Sections that the log speaks of, from 0. */
function sectionsOf(run: readonly Matched[]): number {
  const named = run.flatMap(({ labels }) =>
    labels.map(({ section, block, first, count = 1 }) =>
      Math.max(section ?? 0, block ?? 0, (first ?? 0) + count - 1),
    ),
  );
  return named.reduce((most, index) => Math.max(most, index + 1), 1);
}

/** A label whose section is not told, cut into parts of told sections as they become known. */
interface Slot {
  readonly label: Label;
  readonly parts: Label[];
  untold: number;
}

function concrete(world: StepWorld, run: readonly Matched[]): Result<readonly Label[]> {
  const slots: Slot[] = [];
  for (const { labels, steps } of run) {
    // A settled page was taken before the record that tells of it.
    for (const { how, label } of steps) if (how === 'settled') settle(slots, label);
    for (const label of labels)
      slots.push({ label, parts: [], untold: label.section === UNTOLD ? payload(label, 'pages') : 0 });
  }
  const walk = world.walk();
  const taken: Label[] = [];
  for (const slot of slots)
    for (const label of partsOf(slot, walk)) {
      if (walk.take(label) === undefined) {
        const [by] = walk.refusals(label);
        const message = `${label.type} of the log is refused by ${by?.chart} in ${by?.state}: the records do not fix an order`;
        return fail({ code: 'LOG_NOT_A_RUN', message });
      }
      taken.push(label);
    }
  return ok(taken);
}

/** The latest labels of that family that are still untold get the section. */
function settle(slots: readonly Slot[], { type, section, pages = 0 }: Label): void {
  let left = pages;
  for (const slot of slots.toReversed()) {
    if (left === 0) return;
    if (slot.label.type !== type || slot.untold === 0) continue;
    const part = Math.min(left, slot.untold);
    slot.untold -= part;
    left -= part;
    slot.parts.push({ type, ...(section === undefined ? {} : { section }), pages: part });
  }
}

/** Told parts, then what nobody told of, from sections that have such pages when the label is taken. */
function* partsOf({ label, parts, untold }: Slot, walk: Walk): Iterable<Label> {
  if (label.section !== UNTOLD) {
    yield label;
    return;
  }
  yield* parts;
  let left = untold;
  for (const section of [BOOT, ...walk.indices()]) {
    if (left === 0) return;
    const most = mostOf(walk, { ...label, section }, left);
    if (most > 0) yield { ...label, section, pages: most };
    left -= most;
  }
  // Nobody has them: the walk says who refuses.
  if (left > 0) yield { ...label, section: BOOT, pages: left };
}

/** The greatest number of pages, up to `pages`, that the label can be taken with. */
function mostOf(walk: Walk, label: Label, pages: number): number {
  let [least, most] = [0, pages];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (walk.isEnabled({ ...label, pages: middle })) least = middle;
    else most = middle - 1;
  }
  return least;
}
