/**
 * `ballast confirm --from FOLDER`: the searches that a run has on record, asked of another checker, and its answers stamped on the
 * record (verdict.json, report.md), where `ballast report --from` finds them.
 */
import { formOf } from '../../../models/forms/all.ts';
import { full } from '../../../models/scopes.ts';
import { type Confirmation, stampOf } from '../../../reports/confirmation.ts';
import { isSameSearch, type RunReport, searchName } from '../../../reports/run-report.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { SearchReport } from '../../core/run-report.ts';
import { writeFiles } from '../check/report-files.ts';
import { scopeFrom } from '../check/scope-input.ts';
import { findProtocol, type Task } from '../check/task.ts';
import { EXIT } from '../exit.ts';
import type { Io } from '../io.ts';
import { readRun } from '../page/run.ts';
import { printProblems } from '../problems.ts';
import { confirmed } from './confirmed.ts';

type Model = Pick<Task, 'variant' | 'form' | 'scope'>;

/** A model of today for a search of then. */
function modelFor(search: SearchReport): Result<Model> {
  const protocol = findProtocol(search.variant);
  if (!protocol.ok) return protocol;
  const form = formOf(search.form, protocol.value);
  if (!form.ok) return form;
  const scope = scopeFrom(full, search.bounds, { name: (key) => `${searchName(search)}: ${key}` });
  return scope.ok ? ok({ variant: search.variant, form: search.form, scope: scope.value }) : scope;
}

/** Searches that were stopped are left out: there is nothing to compare. Fails where a run names what there is not. */
export function confirmRun(
  folder: string,
  io: Io,
  tell: (one: Confirmation) => void,
): Result<readonly (Confirmation | undefined)[]> {
  const run = readRun(folder, io.files);
  if (!run.ok) return run;
  const models = run.value.searches.map((search) => ({ search, model: modelFor(search) }));
  const problems = models.flatMap(({ model }) => (model.ok ? [] : model.problems));
  if (problems.length > 0) return fail(...problems);
  const opinions = new Map<SearchReport, Confirmation>();
  let unasked = false;
  for (const { search, model } of models) {
    if (search.limit !== undefined || !model.ok) continue;
    io.err(`confirm  ${searchName(search)}\n`);
    const cases = run.value.cases.filter((found) => isSameSearch(found, search));
    const one = confirmed(model.value, { search, cases }, io.shell);
    if (!one.ok) {
      printProblems(io, one.problems, EXIT.inconclusive);
      unasked = true;
      continue;
    }
    opinions.set(search, one.value);
    tell(one.value);
  }
  const stamped = (search: SearchReport): SearchReport => {
    const one = opinions.get(search);
    return one === undefined ? search : { ...search, secondOpinion: stampOf(one) };
  };
  const report: RunReport = { ...run.value, searches: run.value.searches.map(stamped) };
  writeFiles(io, folder.replace(/\/+$/, ''), report);
  return ok([...opinions.values(), ...(unasked ? [undefined] : [])]);
}
