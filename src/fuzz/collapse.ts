/**
 * A run of families with its repeats folded: `refill.timer populate.ok populate.full` sixty-four times over is one line, once.
 */

interface Fold {
  readonly families: readonly string[];
  readonly times: number;
}

/** Longest repeated piece that is looked for. */
const PERIOD_MAX = 8;

/** Folds neighbouring repeats, shortest period first; what does not repeat stands alone. */
function folded(families: readonly string[]): readonly Fold[] {
  const folds: Fold[] = [];
  let at = 0;
  while (at < families.length) {
    const fold = repeatAt(families, at);
    folds.push(fold);
    at += fold.families.length * fold.times;
  }
  return folds;
}

function repeatAt(families: readonly string[], at: number): Fold {
  for (let period = 1; period <= PERIOD_MAX; period++) {
    let times = 1;
    while (isRepeat(families, at, at + period * times, period)) times += 1;
    if (times > 1) return { families: families.slice(at, at + period), times };
  }
  return { families: families.slice(at, at + 1), times: 1 };
}

function isRepeat(families: readonly string[], at: number, again: number, period: number): boolean {
  if (again + period > families.length) return false;
  for (let n = 0; n < period; n++) if (families[at + n] !== families[again + n]) return false;
  return true;
}

/** `max.set target.set (shrink.done decrease.ok decrease.done)×3`. */
export const foldedText = (families: readonly string[]): string =>
  folded(families)
    .map(({ families: piece, times }) =>
      times === 1 ? piece.join(' ') : `(${piece.join(' ')})\u00d7${times}`,
    )
    .join(' ');

/** The families of a run with each repeat once: what two runs of different size have in common. */
export function collapsed(families: readonly string[]): readonly string[] {
  const once = folded(families).flatMap(({ families: piece }) => piece);
  return once.length === families.length ? once : collapsed(once);
}
