/**
 * What generated code reads of a chart to put a state in order (orbit-code.ts): columns of a row for each of its values.
 *
 *   shares   64 bits each: what the value says of a section (keys.ts)
 *   moved    16 bits each: the value that a motion makes of it
 */
import type { Symmetry } from './symmetry.ts';

export interface OrbitColumns {
  /** Byte offset in the row, per section and per motion. */
  readonly shares: ReadonlyMap<number, number>;
  readonly moved: ReadonlyMap<number, number>;
  /** Where the row goes on. */
  readonly end: number;
}

const SHARE_BYTES = 8;
const MOVED_BYTES = 2;

/** From this offset on; none without symmetry, or of a chart that no motion does anything to. */
export function orbitColumns(symmetry: Symmetry | undefined, chart: number, from: number): OrbitColumns {
  let end = from;
  const placed = (indices: Iterable<number>, bytes: number): Map<number, number> => {
    const offsets = [...indices].map((index, n) => [index, end + bytes * n] as const);
    end += bytes * offsets.length;
    return new Map(offsets);
  };
  const shares = placed(symmetry?.keys.shares.get(chart)?.keys() ?? [], SHARE_BYTES);
  const moved = placed(symmetry?.moved.includes(chart) === true ? symmetry.motions.keys() : [], MOVED_BYTES);
  return { shares, moved, end };
}

/** Writes them into the row that begins at `at`. */
export function writeColumns(
  view: DataView,
  at: number,
  { shares, moved }: OrbitColumns,
  { keys, motions }: Symmetry,
  chart: number,
  value: number,
): void {
  for (const [section, offset] of shares)
    view.setBigUint64(at + offset, keys.shares.get(chart)?.get(section)?.[value] ?? 0n, true);
  for (const [motion, offset] of moved)
    view.setUint16(at + offset, motions[motion]?.locals[chart]?.[value] ?? 0, true);
}
