/**
 * A guest as its toolstack saw it: readings of Xen's counters and of xenstore from dom0, which has another clock. Where a wall clock
 * joins the two, a reading must be what the guest had then, up to a constant; else they are compared as sequences: what was read
 * must be what the guest went through, in that order, up to a constant.
 */
import type { Problem } from '../core/result.ts';
import type { Observation } from '../logs/snapshots.ts';
import { type Had, hadAround, MARGIN } from './clock.ts';
import { type Fit, fitOf } from './witnesses.ts';

export interface ToolstackView {
  readonly domain: number;
  readonly readings: number;
  /** Seconds to add to the guest's uptime to get dom0's, and how far off that may be; undefined where no wall clock joins them. */
  readonly clock: { readonly shift: number; readonly margin: number } | undefined;
  /** Xen's nr_pages against current at rest; xenstore's target against the targets that reached the driver. Pages. */
  readonly owned: Fit | undefined;
  readonly target: Fit | undefined;
  /** max_pages − target in xenstore, and at how many readings it was that. */
  readonly slack: { readonly pages: number; readonly readings: number } | undefined;
}

/** What a guest went through, pages; without repetitions. */
export interface Course {
  readonly currents: readonly number[];
  readonly targets: readonly number[];
  /** Current, whenever it changed; undefined where that was too often to be kept. */
  readonly timeline: readonly Had[] | undefined;
  /** The last record, seconds. */
  readonly until: number;
}

const KB_PER_PAGE = 4;
const DOM0 = 0;

/** The view of the one domain besides dom0 that the observations count; undefined if there is none, or several. */
export function toolstackView(
  observations: Iterable<Observation>,
  course: Course,
  shift: number | undefined,
): ToolstackView | undefined {
  const owned: number[] = [];
  const timed: Had[] = [];
  const targets: number[] = [];
  const slacks = new Map<number, number>();
  const ids = new Set<number>();
  for (const { domains = [], xenstoreKb, wall } of observations) {
    const guests = domains.filter(({ id }) => id !== DOM0);
    for (const { id } of guests) ids.add(id);
    const [guest] = guests;
    const target = xenstoreKb?.['target'];
    if (guest !== undefined) owned.push(guest.nrPages);
    if (guest !== undefined && wall !== undefined) timed.push({ seconds: wall.up, pages: guest.nrPages });
    if (target !== undefined) targets.push(Math.floor(target / KB_PER_PAGE));
    if (guest !== undefined && target !== undefined) {
      const slack = guest.maxPages - Math.floor(target / KB_PER_PAGE);
      slacks.set(slack, (slacks.get(slack) ?? 0) + 1);
    }
  }
  const [domain, ...others] = ids;
  if (domain === undefined || others.length > 0) return undefined;
  const [usual] = [...slacks].sort(([, a], [, b]) => b - a);
  const isTimed = shift !== undefined && course.timeline !== undefined && timed.length === owned.length;
  return {
    domain,
    readings: owned.length,
    clock: isTimed ? { shift, margin: MARGIN } : undefined,
    owned: isTimed
      ? fitInTime(timed, course.timeline, shift, course.until)
      : fitInOrder(owned, course.currents),
    target: fitInOrder(targets, course.targets),
    slack: usual === undefined ? undefined : { pages: usual[0], readings: usual[1] },
  };
}

/** One value fits with any constant, and tells nothing. */
const fitInOrder = (seen: readonly number[], had: readonly number[]): Fit | undefined =>
  new Set(seen).size < 2 ? undefined : fitOf(seen, had);

/** Readings that fall into the guest's log, against what it had then; the first at which it stood still gives the constant. */
function fitInTime(
  readings: readonly Had[],
  timeline: readonly Had[],
  shift: number,
  until: number,
): Fit | undefined {
  const placed = readings.flatMap(({ seconds, pages }) => {
    const had = hadAround(timeline, seconds - shift, until);
    return had === undefined ? [] : [{ pages, ...had }];
  });
  const still = placed.find(({ least, most }) => least === most);
  if (still === undefined) return undefined;
  const offset = still.pages - still.least;
  const strays = placed.findIndex(
    ({ pages, least, most }) => pages - offset < least || pages - offset > most,
  );
  return {
    offset,
    fits: strays < 0 ? placed.length : strays,
    of: placed.length,
    strays: placed[strays]?.pages,
  };
}

/** What the view says against the log. */
export function contradictions(view: ToolstackView): readonly Problem[] {
  const rows: readonly (readonly [string, string, Fit | undefined])[] = [
    ['XEN_DIFFERS', "Xen's nr_pages", view.owned],
    ['XENSTORE_DIFFERS', "xenstore's target", view.target],
  ];
  return rows.flatMap(([code, what, fit]) =>
    fit === undefined || fit.strays === undefined
      ? []
      : [
          {
            code,
            message: `${what} of domain ${view.domain} was read as ${fit.strays} pages, which the guest does not show after the ${fit.fits} readings before it (offset ${fit.offset})`,
          },
        ],
  );
}
