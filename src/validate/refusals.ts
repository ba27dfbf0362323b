/**
 * What charts that refused a record have in common.
 */
import type { Refused } from './belief.ts';

/** By a chart of one section, block or slot. */
export const ofSection = ({ chart }: Refused): boolean => /^(?:section|block|slot)\[/.test(chart);

/** All of them speak of a block that the log never saw added. */
export const tellsUnknownBlock = (failures: readonly { readonly tried: string }[]): boolean =>
  failures.length > 0 && failures.every(({ tried }) => tried.includes('unknown.block'));

/** Each chart and state once. */
export function unique(refused: readonly Refused[]): Refused[] {
  const seen = new Map(refused.map((one) => [`${one.chart}|${one.state}`, one]));
  return [...seen.values()];
}
