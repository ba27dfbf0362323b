/**
 * `ballast gen checklist`: what an outsider can make a guest do, label by label and transition by transition, and why not the rest.
 */
import type { Command } from 'commander';
import { alphabetOf } from '../../../models/alphabet.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { auto } from '../../../models/scopes.ts';
import { v3 } from '../../../models/variants/v3.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk } from '../../core/result.ts';
import { recordExploration } from '../../coverage/exploration.ts';
import { productGraph } from '../../coverage/product-graph.ts';
import { aloneIn } from '../../coverage/universe.ts';
import { checklist, type Forced, renderChecklist, renderSeen } from '../../gen/checklist.ts';
import { suite } from '../../gen/plan.ts';
import { recordLogs } from '../cover/inputs.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { explorerOf, MEANS } from './ground.ts';
import { KINDS } from './tests-command.ts';

/** Every actor on and both ways of onlining, one section: enough to take every transition of one section, block or driver. */
const EVERYBODY: Scope = { ...auto, name: 'everybody', sections: 1, targets: [1, 2, 3], hostPages: 3 };

export function addChecklistCommand(gen: Command, io: Io, done: (exit: Exit) => void): void {
  gen
    .command('checklist')
    .description('what can be forced on a guest from outside, and why the rest cannot (Markdown)')
    .option('--log <path...>', 'logs of real guests: which forced transitions they show')
    .option('-o, --output <file>', 'where it goes (stdout)')
    .action((flags: { readonly log?: readonly string[]; readonly output?: string }) =>
      done(writeChecklist(flags.log ?? [], flags.output, io)),
    );
}

function writeChecklist(logs: readonly string[], output: string | undefined, io: Io): Exit {
  const recorded = recordLogs(logs, v3, 2, io);
  if (!recorded.ok) return printProblems(io, recorded.problems, EXIT.badInput);
  const rows = forcedOf(v3);
  const text = renderChecklist(familiesOf(v3), rows, 'ballast gen checklist');
  const seen = new Set(recorded.value.flatMap(({ by }) => [...by.transitions.keys()]));
  const whole = logs.length === 0 ? text : `${text}${renderSeen(rows, seen, logs.length)}`;
  writeText(io, output, whole);
  return EXIT.expected;
}

const familiesOf = (protocol: Protocol): readonly string[] => [
  ...new Set(alphabetOf(protocol, pv64, EVERYBODY).map(({ type }) => type)),
];

/** Every transition that the product reaches, and whether a plan takes it. */
function forcedOf(protocol: Protocol): readonly Forced[] {
  const product = expectOk(composeProduct(guestModel(protocol, pv64, EVERYBODY)), 'shipped models compose');
  const explored = recordExploration(productGraph(product), aloneIn(product, 2), {
    source: EVERYBODY.name,
    variant: protocol.id,
    k: 2,
  });
  const isOurs = (element: string) => KINDS.some((kind) => element.startsWith(`${kind}: `));
  const plans = suite(explorerOf(protocol, 'dom0'), KINDS, MEANS.dom0);
  const forced = plans.flatMap(({ steps }) => steps.flatMap(({ settled }) => settled.taken));
  return checklist(
    [...explored.recording.by.transitions.keys()].filter(isOurs),
    new Set(forced.filter(isOurs)),
  );
}
