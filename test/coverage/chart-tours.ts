/** Tours of one chart: they replay, take everything, and are as few as can be. */
import { expect } from 'vitest';
import { expectOk } from '../../src/core/result.ts';
import { recordRuns } from '../../src/coverage/runs.ts';
import { chartTours } from '../../src/coverage/tours.ts';
import type { Structure } from '../../src/coverage/universe.ts';

export function checkChartTours(structure: Structure): void {
  const { chart } = structure.table;
  for (const { covers, tours, least, elements } of chartTours(structure).tours) {
    const replayed = expectOk(
      recordRuns([chart], tours, { source: 'tours', variant: 'x', local: true }),
      `tours of ${chart.id} are runs of it`,
    );
    const [level = '', measure = level] = covers.split(' ');
    const set = level === 'local' ? replayed.local?.[measure as 'pairs'] : replayed.by[measure as 'pairs'];
    expect(set?.size, `${chart.id} ${covers}`).toBe(elements);
    expect(tours.length).toBeGreaterThanOrEqual(least);
    if (level === 'local') expect(tours.length, `${chart.id} ${covers}`).toBe(least);
  }
}
