/**
 * `ballast grow`: the same variant in larger and larger scopes, until none shows anything new or the budget ends.
 * What is looked for: control states, transitions by family, guard outcomes, and verdicts. It says "nothing new after", never "proved".
 */
import type { Command } from 'commander';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { full } from '../../../models/scopes.ts';
import { properties } from '../../../properties/all.ts';
import { type Growth, type GrowthRow, renderGrowth, renderGrowthJson } from '../../../reports/growth.ts';
import { composeProduct } from '../../compose/product.ts';
import { ok, type Problem, type Result } from '../../core/result.ts';
import type { CaseReport } from '../../core/run-report.ts';
import { recordExploration } from '../../coverage/exploration.ts';
import { productGraph } from '../../coverage/product-graph.ts';
import { aloneIn } from '../../coverage/universe.ts';
import { runTasks } from '../check/run-tasks.ts';
import { findProtocol, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wholeNumbers } from '../numbers.ts';
import { printProblems } from '../problems.ts';

interface GrowFlags {
  readonly variant: string;
  readonly maxStates: string;
  readonly sections: string;
  readonly pages: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function addGrowCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('grow')
    .description(
      'larger and larger scopes, until none shows anything new: evidence that a small one is enough',
    )
    .option('--variant <id>', 'a variant, or one with fields changed', 'v3')
    .option('--sections <n>', 'most sections', '3')
    .option('--pages <n>', 'most pages a section', '3')
    .option('--max-states <n>', 'leave out what a scope has beyond so many states', '1500000')
    .option('--json', 'results as JSON (schema ballast.grow/1)')
    .option('--quiet', 'no progress')
    .action(async (flags: GrowFlags) => done(await grow(flags, io)));
}

/** Two sections of two pages are `full`; each target list has one page, one beyond boot memory, and everything. */
export function scopeOf(sections: number, pagesPerSection: number): Scope {
  const most = full.bootPages + sections * pagesPerSection;
  const targets = [...new Set([1, 2, most])].sort((a, b) => a - b);
  return {
    ...full,
    name: `${sections}x${pagesPerSection}`,
    sections,
    pagesPerSection,
    targets,
    hostPages: most,
  };
}

/** Smallest first; where two are alike, fewer sections first. */
function scopesUpTo(sections: number, pages: number): Scope[] {
  const sizes = Array.from({ length: sections }, (_, s) =>
    Array.from({ length: pages }, (_, p) => [s + 1, p + 1] as const),
  ).flat();
  return sizes.sort((a, b) => a[0] * a[1] - b[0] * b[1] || a[0] - b[0]).map(([s, p]) => scopeOf(s, p));
}

async function grow(flags: GrowFlags, io: Io): Promise<Exit> {
  const problems: Problem[] = [];
  const number = wholeNumbers(problems);
  const statesMax = number('max-states', flags.maxStates, 1) ?? 1;
  const sections = number('sections', flags.sections, 1, 16) ?? 1;
  const pages = number('pages', flags.pages, 1, 64) ?? 1;
  const protocol = findProtocol(flags.variant);
  if (!protocol.ok) problems.push(...protocol.problems);
  if (!protocol.ok || problems.length > 0) return printProblems(io, problems, EXIT.usage);
  const rows: GrowthRow[] = [];
  const seen = new Set<string>();
  let interrupted = false;
  // While this thread compares, SIGINT waits for the scope to end; what is done so far is told.
  const unlisten = io.onInterrupt(() => {
    interrupted = true;
  });
  for (const scope of scopesUpTo(sections, pages)) {
    const ran = await runTasks(
      io,
      [taskOf(protocol.value, scope, statesMax)],
      flags.quiet === true ? 'none' : 'auto',
    );
    interrupted ||= ran.interrupted;
    if (interrupted) break;
    const [outcome] = ran.outcomes;
    if (outcome === undefined) throw new Error('one task has one outcome');
    const row = outcome.ok ? rowOf(protocol.value, scope, statesMax, seen, outcome.value.cases) : outcome;
    if (!row.ok) return printProblems(io, row.problems, EXIT.internal);
    rows.push(row.value);
  }
  unlisten();
  const growth: Growth = {
    variant: flags.variant,
    rows,
    reproduce: `ballast grow --variant ${flags.variant} --sections ${sections} --pages ${pages} --max-states ${statesMax}`,
  };
  if (rows.length > 0)
    io.out(flags.json === true ? renderGrowthJson(growth) : renderGrowth(growth, io.style, io.width));
  if (interrupted)
    io.err(`ballast: interrupted after ${rows.length} scopes. Reproduce: ${growth.reproduce}\n`);
  return interrupted ? EXIT.interrupted : EXIT.expected;
}

function rowOf(
  protocol: Protocol,
  scope: Scope,
  statesMax: number,
  seen: Set<string>,
  cases: readonly CaseReport[],
): Result<GrowthRow> {
  const composed = composeProduct(guestModel(protocol, pv64, scope));
  if (!composed.ok) return composed;
  const graph = productGraph(composed.value, { statesMax });
  const { by } = recordExploration(graph, aloneIn(composed.value, 1), {
    source: scope.name,
    variant: protocol.id,
    k: 1,
    followMax: 0,
  }).recording;
  const violated = cases.flatMap(({ property, verdict }) => (verdict.kind === 'violated' ? [property] : []));
  const elements = [...by.states.keys(), ...by.transitions.keys(), ...by.guards.keys()];
  const fresh = [...elements, ...violated.map((id) => `${id} violated`)].filter(
    (element) => !seen.has(element),
  );
  for (const element of fresh) seen.add(element);
  return ok({
    scope: scope.name,
    states: graph.states,
    transitions: graph.targets.length,
    complete: graph.complete,
    elements: elements.length,
    violated,
    fresh,
  });
}

function taskOf(protocol: Protocol, scope: Scope, statesMax: number): Task {
  const ids = properties.filter((property) => property.appliesTo(protocol, scope)).map(({ id }) => id);
  return { variant: protocol.id, form: pv64.id, scope, properties: ids, statesMax };
}
