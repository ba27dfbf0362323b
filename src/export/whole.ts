/** Charts written out for those who explore on their own: all that each can do alone, whatever the others allow. */
import type { LtsTable } from '../compile/table.ts';
import { fail, ok, type Result } from '../core/result.ts';

/** Fills the tables. Fails where a chart has too many local states alone (CHART_TOO_LARGE): a part of it would be another chart. */
export function filledAlone(tables: readonly LtsTable[]): Result<readonly LtsTable[]> {
  for (const table of tables) table.enumerate();
  const problems = tables.flatMap((table) => table.problems);
  return problems.length > 0 ? fail(...problems) : ok(tables);
}
