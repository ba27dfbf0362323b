/**
 * An id that does not exist, and those that look like it.
 */
import type { Problem } from '../core/result.ts';

/** Longer lists help nobody. */
const LIST_MAX = 20;

export function unknownId(what: string, id: string, known: readonly string[]): Problem {
  const near = known.filter(
    (name) => distance(name.toLowerCase(), id.toLowerCase()) <= Math.max(1, Math.floor(id.length / 3)),
  );
  return {
    code: `UNKNOWN_${what.toUpperCase().replaceAll(' ', '_')}`,
    message: `there is no ${what} ${id}`,
    expected:
      near.length > 0
        ? near.join(' or ')
        : known.length <= LIST_MAX
          ? known.join(' ')
          : 'one of ballast check --list',
  };
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
