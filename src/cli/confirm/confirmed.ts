/**
 * One search asked of another checker.
 */
import { everyProperty } from '../../../properties/all.ts';
import type { Confirmation } from '../../../reports/confirmation.ts';
import { searchName } from '../../../reports/run-report.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk, ok, type Result } from '../../core/result.ts';
import type { CaseReport, SearchReport } from '../../core/run-report.ts';
import { modelOf, type Task } from '../check/task.ts';
import { explored } from '../export/explored.ts';
import type { Shell } from '../shell.ts';
import { askSpin } from './spin.ts';

/** What was found here: by a search just now, or one that a run has on record. */
export interface Found {
  readonly search: Pick<SearchReport, 'states' | 'transitions'>;
  readonly cases: readonly Pick<CaseReport, 'property' | 'verdict'>[];
}

/** Fails where the product cannot be written out for the other checker. */
export function confirmed(
  task: Pick<Task, 'variant' | 'form' | 'scope'>,
  found: Found,
  shell: Shell,
): Result<Confirmation> {
  const name = searchName({ ...task, scope: task.scope.name });
  const product = expectOk(composeProduct(modelOf(task)), 'it was composed to be searched');
  const bounded = found.cases
    .filter(({ verdict }) => verdict.kind === 'bounded')
    .map(({ property }) => property);
  const asked = found.cases.flatMap(({ property, verdict }) => {
    const known = everyProperty().find(({ id }) => id === property);
    if (bounded.includes(property) || known === undefined) return [];
    return [{ id: property, watch: known.watch, isViolated: verdict.kind === 'violated' }];
  });
  const filled = explored(product);
  if (!filled.ok) return filled;
  const spin = askSpin(filled.value, name, asked, shell);
  const { states, transitions } = found.search;
  return ok({
    search: name,
    checker: `SPIN ${spin.version}`,
    ours: { states, transitions },
    theirs: { states: spin.states, transitions: spin.transitions },
    holdTogether: asked
      .filter(({ id, isViolated }) => !isViolated && !spin.unasked.includes(id))
      .map(({ id }) => id),
    tableEnds: spin.tableEnds,
    othersHold: spin.othersHold,
    violated: spin.violated,
    unasked: spin.unasked,
    bounded,
    agrees:
      !spin.tableEnds &&
      isSame(spin.states, states) &&
      isSame(spin.transitions, transitions) &&
      spin.othersHold &&
      Object.values(spin.violated).every((is) => is),
  });
}

/** SPIN prints eight digits, so of larger counts these are compared. */
const isSame = (theirs: number, ours: number): boolean =>
  ours < 1e8 ? theirs === ours : Math.abs(theirs - ours) <= 1e-7 * ours;
