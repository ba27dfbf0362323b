/**
 * `ballast export FORMAT`: a product, or its charts, in the language of another tool, into a folder.
 */
import type { Command } from 'commander';
import { properties } from '../../../properties/all.ts';
import { searchName } from '../../../reports/run-report.ts';
import { composeProduct, type Product } from '../../compose/product.ts';
import { expectOk, type Problem } from '../../core/result.ts';
import { addFormFlag, addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { modelOf, type Task } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writingTo } from '../output.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';
import { type ExportFormat, type ExportTask, FORMATS } from './formats.ts';

type ExportFlags = CheckFlags & { readonly out: string; readonly chart?: readonly string[] };

export function addExportCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('export')
    .description('write a product, or its charts, for another tool')
    .argument('<format>', Object.keys(FORMATS).join(', '))
    .option('--out <folder>', 'where the files go', '.')
    .option('--variant <id...>', 'one protocol variant')
    .option('--mutant <id...>', 'or one mutant')
    .option('--scope <name...>', 'one scope: a name, or a JSON file')
    .option('--chart <id...>', 'these charts only, for example balloon or section[0]');
  const formats = Object.entries(FORMATS).map(([name, { summary }]) => `  ${name.padEnd(9)}${summary}`);
  command.addHelpText('after', `\nFormats:\n${formats.join('\n')}`);
  addScopeFlags(addFormFlag(command)).action((format: string, flags: ExportFlags) =>
    done(exportTo(format, flags, io)),
  );
}

function exportTo(name: string, flags: ExportFlags, io: Io): Exit {
  const format = FORMATS[name];
  const plan = planCheck(flags, io.files);
  const problems = [
    ...(format === undefined ? [unknownId('format', name, Object.keys(FORMATS))] : []),
    ...(plan.ok ? [] : plan.problems),
  ];
  if (format === undefined || !plan.ok) {
    const isInput = format !== undefined && 'isUsage' in plan && !plan.isUsage;
    return printProblems(io, problems, isInput ? EXIT.badInput : EXIT.usage);
  }
  const [task, ...more] = plan.value.tasks;
  if (task === undefined || more.length > 0)
    return printProblems(
      io,
      [
        {
          code: 'ONE_PRODUCT',
          message: 'name one variant and one scope',
          got: `${plan.value.tasks.length} of them`,
        },
      ],
      EXIT.usage,
    );
  const product = productOf(task);
  const unknown = (flags.chart ?? []).flatMap((id) => unknownChart(product, id));
  if (unknown.length > 0) return printProblems(io, unknown, EXIT.usage);
  return write(format, exportTask(task, product, flags.chart ?? []), flags.out, io);
}

const productOf = (task: Task): Product =>
  expectOk(composeProduct(modelOf(task)), 'shipped variants obey the rules');

function unknownChart(product: Product, id: string): Problem[] {
  const ids = product.tables.map(({ chart }) => chart.id);
  if (ids.includes(id)) return [];
  return [{ code: 'UNKNOWN_CHART', message: `there is no chart ${id}`, expected: ids.join(' ') }];
}

function exportTask(task: Task, product: Product, charts: readonly string[]): ExportTask {
  return {
    title: searchName({ ...task, scope: task.scope.name }),
    variant: task.variant,
    form: task.form,
    scope: task.scope,
    product,
    charts: product.tables.filter(({ chart }) => charts.includes(chart.id)),
    properties: properties.filter(({ id }) => task.properties.includes(id)),
    expectedViolated: Object.entries(task.expectation?.verdicts ?? {}).flatMap(([id, { kind }]) =>
      kind === 'violated' ? [id] : [],
    ),
  };
}

function write(format: ExportFormat, task: ExportTask, folder: string, io: Io): Exit {
  const files = format.files(task);
  if (!files.ok) return printProblems(io, files.problems, EXIT.badInput);
  const paths: string[] = [];
  writingTo(folder, () => {
    io.files.makeFolder(folder);
    for (const { name, pieces } of files.value) {
      paths.push(`${folder}/${name}`);
      io.files.writePieces(`${folder}/${name}`, pieces);
    }
  });
  io.out(`${paths.join('\n')}\n`);
  for (const line of format.remarks?.(task) ?? []) io.out(`${line}\n`);
  if (format.run !== undefined) io.out(`Run it: cd ${folder} && ${format.run}\n`);
  return EXIT.expected;
}
