/**
 * Names that look like one that does not exist.
 */

/** Those of `known` that differ from `name` by few letters, case aside, in their order. */
export const namesNear = (name: string, known: readonly string[]): string[] =>
  known.filter(
    (one) => distance(one.toLowerCase(), name.toLowerCase()) <= Math.max(1, Math.floor(name.length / 3)),
  );

/** Longer lists help nobody. */
const LIST_MAX = 20;

/** What was expected instead of `name`: what looks like it, else all there is; where that is too much, `otherwise`. */
export function expectedFor(name: string, known: readonly string[], otherwise: string): string {
  const near = namesNear(name, known);
  if (near.length > 0) return near.join(' or ');
  return known.length <= LIST_MAX ? known.join(' ') : otherwise;
}

/** Insertions, deletions and replacements from one text to another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
