/**
 * Two guests on one clock: dom0 reads the wall clock beside its uptime, and its console daemon puts the wall clock before each line
 * of a domU. Both are whole seconds, and a line may arrive late.
 */
import type { Observation } from '../logs/snapshots.ts';

/** Seconds that a joined time may be off. */
export const MARGIN = 2;

/** What to add to the guest's uptime to get dom0's; undefined where one of them has no wall clock. */
export function shiftBetween(dom0: Iterable<Observation>, guest: Iterable<Observation>): number | undefined {
  // A reading is never early: of dom0 the largest difference is nearest, of lines that arrive late the smallest.
  const own = offsets(dom0).reduce<number | undefined>((most, at) => Math.max(most ?? at, at), undefined);
  const other = offsets(guest).reduce<number | undefined>(
    (least, at) => Math.min(least ?? at, at),
    undefined,
  );
  return own === undefined || other === undefined ? undefined : other - own;
}

const offsets = (observations: Iterable<Observation>): readonly number[] =>
  [...observations].flatMap(({ wall }) => (wall === undefined ? [] : [wall.epoch - wall.up]));

/** What a guest had from this moment on, pages. */
export interface Had {
  readonly seconds: number;
  readonly pages: number;
}

/** The least and the most that it had around a moment; undefined before the first, and after the log's last record. */
export function hadAround(
  timeline: readonly Had[],
  seconds: number,
  until: number,
): { readonly least: number; readonly most: number } | undefined {
  const began = timeline.findLastIndex((had) => had.seconds <= seconds - MARGIN);
  if (began < 0 || seconds > until + MARGIN) return undefined;
  const pages = timeline.slice(began).flatMap((had) => (had.seconds <= seconds + MARGIN ? [had.pages] : []));
  return { least: Math.min(...pages), most: Math.max(...pages) };
}
