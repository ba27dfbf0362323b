/**
 * `ballast validate PATH…`: logs of real guests judged by the charts. Files of one run are its segments; a folder is a run.
 */
import type { Command } from 'commander';
import type { Protocol } from '../../../models/protocol.ts';
import { variants } from '../../../models/variants/all.ts';
import { properties } from '../../../properties/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import { findings } from '../../../properties/findings.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { renderValidation } from '../../../reports/validation.ts';
import { renderValidationJson } from '../../../reports/validation-json.ts';
import { fail, type Problem, printable, type Result } from '../../core/result.ts';
import { type ValidateOptions, type Validation, validate } from '../../validate/validate.ts';
import { findProtocol } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wholeNumbers } from '../numbers.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';
import { PIPED, validateStream } from './stream.ts';

interface ValidateFlags {
  readonly variant: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly sectionPages?: string;
  readonly batch?: string;
  readonly retries?: string;
}

export function addValidateCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('validate')
    .description('judge the logs of real guests by the same charts')
    .argument(
      '<path...>',
      'trace files of one run, in order, or folders of one run each; .gz is read as it is; - judges what is piped in, as it comes',
    )
    .option(
      '--variant <id>',
      'which protocol the guest runs, or one with fields changed: v3+callback=testP2m',
      'v3',
    )
    .option('--section-pages <n>', 'pages of a section, if the log does not tell (32768)')
    .option('--batch <n>', 'extents of one hypercall (512)')
    .option('--retries <n>', 'max_retry_count of the guest (4)')
    .option('--json', 'results as JSON (schema ballast.validate/1)')
    .option('--quiet', 'only the verdicts')
    .action(async (paths: string[], flags: ValidateFlags) => done(await validatePaths(paths, flags, io)));
}

async function validatePaths(paths: readonly string[], flags: ValidateFlags, io: Io): Promise<Exit> {
  const named = variantNamed(flags.variant);
  const numbers = numbersOf(flags);
  const unusable: Problem[] = [...(named.ok ? [] : named.problems), ...numbers.problems];
  if (!named.ok || unusable.length > 0) return printProblems(io, unusable, EXIT.usage);
  const isLive = paths.includes(PIPED);
  if (isLive && paths.length > 1) {
    const problem = { code: 'ONE_STREAM', message: 'a stream is judged alone', expected: PIPED };
    return printProblems(io, [{ ...problem, got: paths.join(' ') }], EXIT.usage);
  }
  const progress = flags.quiet === true ? undefined : new RecordCount(io);
  const options: ValidateOptions = {
    protocol: named.value,
    properties,
    ...numbers.values,
    onProgress: (records) => progress?.update(records),
  };
  const isTold = flags.quiet !== true && flags.json !== true;
  const found = isLive
    ? await validateStream(io, options, isTold ? io.out : () => {})
    : validate(paths, io.logs, options);
  progress?.clear();
  if (!found.ok) return printProblems(io, found.problems, EXIT.badInput);
  const exit = exitOfValidation(found.value);
  const reproduce = [
    'ballast validate',
    ...paths,
    ...(flags.variant === 'v3' ? [] : [`--variant ${flags.variant}`]),
  ].join(' ');
  if (flags.json === true) {
    io.out(renderValidationJson(found.value, { knownAs, reproduce }));
    return exit;
  }
  for (const one of found.value) {
    if (flags.quiet === true) io.out(`${printable(`${one.verdict} ${one.guest} ${one.files.join(' ')}`)}\n`);
    else {
      for (const warning of one.warnings.slice(0, WARNINGS_SHOWN))
        printProblems(io, [warning], exit === EXIT.internal ? EXIT.badInput : exit);
      io.out(
        `${renderValidation(one, { style: io.style, width: io.width, knownAs: (id) => knownAs(one, id), statementOf })}\n`,
      );
    }
  }
  if (flags.quiet !== true) for (const line of storyLines(found.value)) io.out(`${line}\n`);
  if (exit !== EXIT.expected) io.out(`Reproduce: ${reproduce}\n`);
  return exit;
}

const WARNINGS_SHOWN = 5;
const SECOND = 1000;

/** Records judged so far, on stderr: a line that is written over on a terminal, one every ten seconds elsewhere. */
class RecordCount {
  private readonly io: Io;
  private last: number;
  private shown = false;
  constructor(io: Io) {
    this.io = io;
    this.last = io.clock();
  }

  update(records: number): void {
    const { io } = this;
    if (io.clock() - this.last < (io.errIsTerminal ? SECOND : 10 * SECOND)) return;
    this.last = io.clock();
    this.shown = true;
    io.err(io.errIsTerminal ? `\rvalidate  ${records} records` : `validate  ${records} records\n`);
  }

  clear(): void {
    if (this.shown && this.io.errIsTerminal) this.io.err('\r\u001b[K');
  }
}

/** A log that a variant cannot have made, or a property that nobody knew to break: 1. Not clear: 2. */
function exitOfValidation(found: readonly Validation[]): Exit {
  const surprising = found.some(
    (one) =>
      one.verdict === 'rejected' || one.breaches.some(({ property }) => knownAs(one, property) === undefined),
  );
  if (surprising) return EXIT.unexpected;
  return found.some(({ verdict }) => verdict === 'ambiguous') ? EXIT.inconclusive : EXIT.expected;
}

/** The finding that the catalog names for a property of a variant; of several the one that tells most of what this guest broke. */
function knownAs({ variant, breaches }: Validation, property: string): string | undefined {
  const told = (finding: string): number =>
    breaches.filter((breach) => namesOf(variant, breach.property).includes(finding)).length;
  const [first, ...others] = namesOf(variant, property);
  return others.reduce((best, name) => (told(name) > told(best ?? name) ? name : best), first);
}

/** In the order of the catalog. */
const namesOf = (variant: string, property: string): readonly string[] => [
  ...new Set(
    catalog.flatMap((row) =>
      row.variant === variant ? (row.expectation.verdicts[property]?.finding ?? []) : [],
    ),
  ),
];

const statementOf = (id: string): string =>
  properties.find((property) => property.id === id)?.statement ?? '';

/** What the known findings in these logs are about. */
function storyLines(found: readonly Validation[]): string[] {
  const known = new Set(found.flatMap((one) => one.breaches.map(({ property }) => knownAs(one, property))));
  return findings
    .filter(({ id }) => known.has(id))
    .map(
      ({ id, title, story }) =>
        `${id}, ${title}: ${story}\nSee the model derive it: ballast check --explain ${id}`,
    );
}

/** A guest runs a variant, or one with fields changed; nobody runs a mutant. */
const variantNamed = (id: string): Result<Protocol> =>
  mutants.some((mutant) => mutant.id === id)
    ? fail(
        unknownId(
          'variant',
          id,
          variants.map((variant) => variant.id),
        ),
      )
    : findProtocol(id);

function numbersOf(flags: ValidateFlags) {
  const problems: Problem[] = [];
  const natural = wholeNumbers(problems);
  const values = {
    pagesPerSection: natural('section-pages', flags.sectionPages, 1),
    batch: natural('batch', flags.batch, 1),
    retryLimit: natural('retries', flags.retries, 1),
  };
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  return { problems, values: given as Partial<Record<keyof typeof values, number>> };
}
