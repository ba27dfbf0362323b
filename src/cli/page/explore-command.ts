/**
 * `ballast explore`: the page on this machine's loopback address, stepping the model live, until it is interrupted.
 */
import type { Command } from 'commander';
import { renderPage } from '../../../reports/page.ts';
import { ok, type Problem, type Result } from '../../core/result.ts';
import { CHECK_SCHEMA } from '../../core/run-report.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { printProblems } from '../problems.ts';
import { type Chosen, chosenProblems, PageAnswers } from './answers.ts';
import type { Listening } from './server.ts';

interface ExploreFlags {
  readonly variant: string;
  readonly scope: string;
  readonly port: string;
}

const PORT_MAX = 65_535;

export function addExploreCommand(program: Command, io: Io, done: (exit: Exit) => void): void {
  program
    .command('explore')
    .description('step the model live in a browser: every enabled label, who refuses the others, and why')
    .option('--variant <id>', 'the variant or mutant to begin with', 'v3')
    .option('--scope <name>', 'the scope to begin with', 'pair')
    .option('--port <n>', 'where to listen on 127.0.0.1; 0 takes any free port', '0')
    .action(async (flags: ExploreFlags) => done(await explore(flags, io)));
}

async function explore(flags: ExploreFlags, io: Io): Promise<Exit> {
  const port = /^\d{1,5}$/.test(flags.port) ? Number(flags.port) : PORT_MAX + 1;
  const problems: Problem[] = [...chosenProblems(flags)];
  if (port > PORT_MAX)
    problems.push({
      code: 'BAD_PORT',
      message: '--port is not usable',
      expected: `0 to ${PORT_MAX}`,
      got: flags.port,
    });
  if (problems.length > 0) return printProblems(io, problems, EXIT.usage);
  const answers = new PageAnswers(io, livePage(flags, io), flags);
  const listening = await listen(port, answers, io);
  if (!listening.ok) return printProblems(io, listening.problems, EXIT.usage);
  io.out(`http://127.0.0.1:${listening.value.port}/#live=${flags.variant}/${flags.scope}&walk=\n`);
  io.err('Open it in a browser on this machine. Ctrl-C ends it.\n');
  await interrupted(io);
  io.search.interrupt();
  await listening.value.close();
  return EXIT.expected;
}

async function listen(port: number, answers: PageAnswers, io: Io): Promise<Result<Listening>> {
  try {
    return ok(await io.listen(port, (asked) => answers.answer(asked)));
  } catch (error) {
    const message = `cannot listen on port ${port}: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, problems: [{ code: 'PORT_NOT_FREE', message, expected: 'a free port, or 0' }] };
  }
}

function interrupted(io: Io): Promise<void> {
  return new Promise((resolve) => {
    const unlisten = io.onInterrupt(() => {
      unlisten();
      resolve();
    });
  });
}

/** The same page as a report, with nothing found yet and leave to ask this server. */
function livePage({ variant, scope }: Chosen, io: Io): string {
  const reproduce = `ballast explore --variant ${variant} --scope ${scope}`;
  return renderPage(
    io.template(),
    {
      version: io.version,
      reproduce,
      run: { schema: CHECK_SCHEMA, searches: [], cases: [], deviations: [], reproduce },
      stories: [],
      cases: [],
      charts: [],
      coverage: [],
      requirements: [],
      logs: [],
    },
    'self',
  );
}
