/**
 * `ballast shrink FILE`, or `--log PATH`: the run of a trace file or of a real guest's log, made as short as leaving steps out
 * allows, breaking the same property. Exit 1 where it does not break it, 2 where a log does not say in which order things happened.
 */
import type { Command } from 'commander';
import type { Scope } from '../../../models/scope.ts';
import { scopes } from '../../../models/scopes.ts';
import { renderTraceJson } from '../../../reports/json.ts';
import { renderShrunk, type ShrunkReport } from '../../../reports/shrunk.ts';
import type { Label } from '../../core/label.ts';
import { fail, ok, type Problem, type Result } from '../../core/result.ts';
import { breaks, shrinkRun } from '../../trace/rerun.ts';
import type { Shrunk } from '../../trace/shrink.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { wholeNumbers } from '../numbers.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';
import { isSpelt, type OpenTrace, openLog, openTrace, outcomesIn, scaledTo } from './input.ts';
import { replayed } from './replayed.ts';

interface ShrinkFlags {
  readonly log?: string;
  readonly variant?: string;
  readonly property?: string;
  readonly scope?: string;
  readonly output?: string;
  readonly json?: boolean;
  readonly tries?: string;
  readonly quiet?: boolean;
}

export function addShrinkCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('shrink')
    .description('a shorter run that breaks the same property')
    .argument('[file]', 'trace file (schema ballast.trace/1)')
    .option('--log <path>', "instead of a file: a real guest's logs, with --property")
    .option('--variant <id>', 'which protocol the guest of the logs runs (v3)')
    .option('--property <id>', "another property than the file's own")
    .option('--scope <name>', 'in this scope instead, sections and pages in proportion')
    .option('-o, --output <file>', 'where the shrunk run goes, as a trace file')
    .option('--tries <n>', 'reruns at most', '20000')
    .option('--json', 'the shrunk run as a trace file on stdout')
    .option('--quiet', 'no progress')
    .action((path: string | undefined, flags: ShrinkFlags) => done(shrinkInput(path, flags, io)));
}

function shrinkInput(path: string | undefined, flags: ShrinkFlags, io: Io): Exit {
  const usable = usageProblems(path, flags);
  if (usable.length > 0) return printProblems(io, usable, EXIT.usage);
  const open = openInput(path, flags, io);
  if (!open.ok) {
    // A problem without a place is about a flag, if one was given that could be wrong.
    const isUsage = open.problems.every(
      ({ code, where }) => where === undefined && /^(UNKNOWN|PROPERTY)_/.test(code),
    );
    const [first] = open.problems;
    if (first?.code === 'LOG_NOT_BROKEN') return printProblems(io, open.problems, EXIT.unexpected);
    if (first?.code === 'LOG_NOT_A_RUN') return printProblems(io, open.problems, EXIT.inconclusive);
    return printProblems(io, open.problems, isUsage ? EXIT.usage : EXIT.badInput);
  }
  const { property, protocol } = open.value;
  const preset = scopes.find(({ name }) => name === flags.scope);
  if (preset !== undefined && !property.appliesTo(protocol, preset))
    return printProblems(
      io,
      [
        {
          code: 'PROPERTY_SILENT',
          message: `${property.id} says nothing about ${protocol.id} in ${preset.name}`,
        },
      ],
      EXIT.usage,
    );
  const told = shrinkWhere(open.value, preset, flags, io);
  if (io.errIsTerminal && flags.quiet !== true) io.err('\r\u001b[K');
  if (told.ok) return tell(told.value, open.value.file.labels.length, commandOf(path, flags), flags, io);
  return printProblems(io, told.problems, EXIT.unexpected);
}

interface Told {
  readonly open: OpenTrace;
  readonly shrunk: Shrunk;
}

/** In its own scope; or in the one chosen: the whole run in proportion, or where that breaks nothing, the short one. */
function shrinkWhere(open: OpenTrace, preset: Scope | undefined, flags: ShrinkFlags, io: Io): Result<Told> {
  const triesMax = Number(flags.tries);
  const shown = flags.quiet === true ? undefined : io;
  const { property } = open;
  const inPreset = (labels: readonly Label[]): Told | undefined => {
    if (preset === undefined) return undefined;
    const scaled = scaledTo(open, labels, preset);
    const found = shrinkOf(scaled, triesMax, shown);
    return found === undefined ? undefined : { open: scaled, shrunk: found };
  };
  const whole = inPreset(open.file.labels);
  if (whole !== undefined) return ok(whole);
  const shrunk = shrinkOf(open, triesMax, shown);
  if (shrunk === undefined)
    return fail({ code: 'NOT_BROKEN', message: `the run does not break ${property.id}` });
  if (preset === undefined) return ok({ open, shrunk });
  const short = inPreset(shrunk.labels);
  if (short !== undefined) return ok(short);
  const message = `the run, in proportion, does not break ${property.id} in ${preset.name}`;
  return fail({ code: 'NOT_BROKEN', message, expected: 'shrink it without --scope' });
}

function usageProblems(path: string | undefined, flags: ShrinkFlags): Problem[] {
  const numbers: Problem[] = [];
  wholeNumbers(numbers)('tries', flags.tries, 1);
  const code = 'FLAG_CONFLICT';
  return [
    ...numbers,
    ...((path === undefined) === (flags.log === undefined)
      ? [{ code, message: 'one run is shrunk at a time', expected: 'a trace file or --log' }]
      : []),
    ...(flags.log !== undefined && flags.property === undefined
      ? [
          {
            code: 'FLAG_MISSING',
            message: 'a log is about no property by itself',
            expected: '--property with --log',
          },
        ]
      : []),
    ...(flags.log === undefined && flags.variant !== undefined
      ? [{ code, message: 'a trace file names its variant', expected: '--variant with --log only' }]
      : []),
    ...(flags.scope === undefined || scopes.some(({ name }) => name === flags.scope)
      ? []
      : [
          unknownId(
            'scope',
            flags.scope,
            scopes.map(({ name }) => name),
          ),
        ]),
  ];
}

function openInput(
  path: string | undefined,
  { log, variant = 'v3', property }: ShrinkFlags,
  io: Io,
): Result<OpenTrace> {
  if (log !== undefined) return openLog(io, log, variant, property ?? '');
  return openTrace(io, path ?? '', property);
}

function shrinkOf(
  { property, world, alphabet, file, protocol, form, scope }: OpenTrace,
  triesMax: number,
  io?: Io,
): Shrunk | undefined {
  // A run may move many pages in one label also in a small scope; the alphabet has single pages only.
  const options =
    alphabet !== undefined && isSpelt(file.labels, alphabet)
      ? { alphabet }
      : { outcomes: outcomesIn(protocol, form, scope) };
  return shrinkRun(file.labels, world, breaks(property.watch, alphabet === undefined ? {} : { alphabet }), {
    ...options,
    triesMax,
    ...(io === undefined ? {} : { onProgress: progressOn(io) }),
  });
}

const commandOf = (path: string | undefined, { log, variant, property, scope }: ShrinkFlags): string =>
  [
    'ballast shrink',
    ...(path === undefined ? [] : [path]),
    ...(log === undefined ? [] : [`--log ${log}`]),
    ...(variant === undefined ? [] : [`--variant ${variant}`]),
    ...(property === undefined ? [] : [`--property ${property}`]),
    ...(scope === undefined ? [] : [`--scope ${scope}`]),
  ].join(' ');

function tell({ open, shrunk }: Told, from: number, command: string, flags: ShrinkFlags, io: Io): Exit {
  const { property, file } = open;
  const report = replayed(command, open, shrunk.labels);
  if (!report.ok) throw new Error('a shrunk run is refused');
  if (!report.value.confirmed) throw new Error('a shrunk run does not break its property');
  const { trace, breaches } = report.value;
  const text = renderTraceJson(
    {
      variant: open.protocol.id,
      form: open.form.id,
      scope: open.scope.name,
      property: property.id,
      statement: property.statement,
      at: property.at,
      finding: file.property === property.id ? file.finding : undefined,
      reproduce: flags.output === undefined ? command : `ballast replay ${flags.output}`,
      trace: { ...trace, broken: breaches.find((one) => one.property === property.id)?.lines ?? [] },
    },
    { ...open.scope },
  );
  if (flags.output !== undefined) writeText(io, flags.output, text);
  const told: ShrunkReport = { replay: report.value, from, ...shrunk, output: flags.output };
  io.out(
    flags.json === true
      ? text
      : `${renderShrunk(told, { style: io.style, width: io.width, moves: false })}\n`,
  );
  return EXIT.expected;
}

const SECOND = 1000;

/** A line that is written over on a terminal; one every ten seconds elsewhere. */
function progressOn(io: Io): (progress: { readonly tries: number; readonly length: number }) => void {
  let last = io.clock();
  return ({ tries, length }) => {
    if (io.clock() - last < (io.errIsTerminal ? SECOND / 5 : 10 * SECOND)) return;
    last = io.clock();
    const text = `shrink  ${length} steps after ${tries} tries`;
    io.err(io.errIsTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  };
}
