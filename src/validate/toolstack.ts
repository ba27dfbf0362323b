/**
 * A guest as its toolstack saw it: readings of Xen's counters and of xenstore from dom0, which has another clock. So they are
 * compared as sequences: what was read must be what the guest went through, in that order, up to a constant.
 */
import type { Problem } from '../core/result.ts';
import type { Observation } from '../logs/snapshots.ts';
import { type Fit, fitOf } from './witnesses.ts';

export interface ToolstackView {
  readonly domain: number;
  readonly readings: number;
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
}

const KB_PER_PAGE = 4;
const DOM0 = 0;

/** The view of the one domain besides dom0 that the observations count; undefined if there is none, or several. */
export function toolstackView(
  observations: Iterable<Observation>,
  course: Course,
): ToolstackView | undefined {
  const owned: number[] = [];
  const targets: number[] = [];
  const slacks = new Map<number, number>();
  const ids = new Set<number>();
  for (const { domains = [], xenstoreKb } of observations) {
    const guests = domains.filter(({ id }) => id !== DOM0);
    for (const { id } of guests) ids.add(id);
    const [guest] = guests;
    const target = xenstoreKb?.['target'];
    if (guest !== undefined) owned.push(guest.nrPages);
    if (target !== undefined) targets.push(Math.floor(target / KB_PER_PAGE));
    if (guest !== undefined && target !== undefined) {
      const slack = guest.maxPages - Math.floor(target / KB_PER_PAGE);
      slacks.set(slack, (slacks.get(slack) ?? 0) + 1);
    }
  }
  const [domain, ...others] = ids;
  if (domain === undefined || others.length > 0) return undefined;
  const [usual] = [...slacks].sort(([, a], [, b]) => b - a);
  return {
    domain,
    readings: owned.length,
    owned: fitOf(owned, course.currents),
    target: fitOf(targets, course.targets),
    slack: usual === undefined ? undefined : { pages: usual[0], readings: usual[1] },
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
