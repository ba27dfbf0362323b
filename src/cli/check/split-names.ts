/** What `--split` may name: `kind` for the name of a chart's state, `kind.key` for a key of its context. */
import { LtsTable } from '../../compile/table.ts';
import type { Problem } from '../../core/result.ts';
import { modelOf, type Task } from './task.ts';

/** SPLIT_UNKNOWN for each name that no chart of any of these products has. */
export function splitProblems(split: readonly string[], tasks: readonly Task[]): readonly Problem[] {
  if (split.length === 0) return [];
  const names = new Set(
    tasks.flatMap((task) => {
      const { charts } = modelOf(task);
      return charts.flatMap((chart) => [
        chart.kind,
        ...Object.keys(new LtsTable(chart, []).local(0).context).map((key) => `${chart.kind}.${key}`),
      ]);
    }),
  );
  return split
    .filter((name) => !names.has(name))
    .map((name) => ({
      code: 'SPLIT_UNKNOWN',
      message: `no chart has a variable ${name}`,
      expected: [...names].sort().join(' '),
    }));
}
