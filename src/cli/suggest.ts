/**
 * An id that does not exist, and those that look like it.
 */
import { expectedFor } from '../core/near.ts';
import type { Problem } from '../core/result.ts';

export const unknownId = (what: string, id: string, known: readonly string[]): Problem => ({
  code: `UNKNOWN_${what.toUpperCase().replaceAll(' ', '_')}`,
  message: `there is no ${what} ${id}`,
  expected: expectedFor(id, known, 'one of ballast check --list'),
});
