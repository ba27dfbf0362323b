/**
 * `ballast export promela`: a product in the language of another checker, on stdout or into a folder.
 */
import type { Command } from 'commander';
import { properties } from '../../../properties/all.ts';
import { searchName } from '../../../reports/run-report.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk } from '../../core/result.ts';
import { exportPromela, isExportable, TABLES } from '../../export/promela.ts';
import { addFormFlag, addScopeFlags, type CheckFlags } from '../check/check-flags.ts';
import { planCheck } from '../check/plan.ts';
import { modelOf } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';

type ExportFlags = CheckFlags & { readonly out: string };

export function addExportCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  const command = program
    .command('export')
    .description('write a product for another tool')
    .argument('<format>', 'promela')
    .option('--out <folder>', 'where the files go', '.')
    .option('--variant <id...>', 'one protocol variant')
    .option('--mutant <id...>', 'or one mutant')
    .option('--scope <name...>', 'one scope: a name, or a JSON file');
  addScopeFlags(addFormFlag(command)).action((format: string, flags: ExportFlags) =>
    done(exportTo(format, flags, io)),
  );
}

function exportTo(format: string, flags: ExportFlags, io: Io): Exit {
  if (format !== 'promela')
    return printProblems(
      io,
      [{ code: 'UNKNOWN_FORMAT', message: 'no such format', expected: 'promela', got: format }],
      EXIT.usage,
    );
  const plan = planCheck(flags, io.files);
  if (!plan.ok)
    return printProblems(io, plan.problems, 'isUsage' in plan && !plan.isUsage ? EXIT.badInput : EXIT.usage);
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
  const product = expectOk(composeProduct(modelOf(task)), 'shipped variants obey the rules');
  const asked = properties.filter(({ id, watch }) => task.properties.includes(id) && isExportable(watch));
  const files = exportPromela(product, {
    title: `${searchName({ ...task, scope: task.scope.name })}; WATCH: ${asked.map(({ id }, at) => `${at} ${id}`).join(', ')}`,
    watches: asked.map(({ watch }) => watch),
    all: asked.map((_, at) => at),
  });
  try {
    io.files.makeFolder(flags.out);
    io.files.write(`${flags.out}/product.pml`, files.model);
    io.files.write(`${flags.out}/${TABLES}`, files.tables);
  } catch (error) {
    const message = `cannot write to ${flags.out}: ${error instanceof Error ? error.message : String(error)}`;
    return printProblems(io, [{ code: 'OUT_NOT_WRITABLE', message }], EXIT.usage);
  }
  io.out(`${flags.out}/product.pml ${flags.out}/${TABLES}\n`);
  io.out(
    `Run it: cd ${flags.out} && spin -a product.pml && gcc -O2 -DSAFETY -DNOREDUCE -DWATCH_ALL -o pan pan.c && ./pan -m4000000 -w26\n`,
  );
  return EXIT.expected;
}
