/**
 * A finding as a mail to those who maintain the code: plain text of 72 columns, and nothing that a reader has to know Ballast for.
 */
import type { Grounding } from '../properties/property.ts';
import { type Label, labelText } from '../src/core/label.ts';
import type { ShownTrace } from '../src/core/run-report.ts';
import type { Validation } from '../src/validate/validate.ts';
import { thousands, wrap } from './style.ts';

export interface AffectedVersion {
  readonly variant: string;
  readonly summary: string;
  /** The kernel it is of; undefined for a proposal and a design. */
  readonly kernel: string | undefined;
  readonly properties: readonly string[];
}

export interface MaintainerReport {
  readonly id: string;
  readonly title: string;
  readonly story: string;
  /** Whose run is shown. */
  readonly variant: string;
  readonly scope: string;
  readonly bounds: Bounds;
  readonly property: {
    readonly id: string;
    readonly statement: string;
    readonly grounding: readonly Grounding[];
  };
  /** What else of this finding the variant breaks. */
  readonly alsoBroken: readonly { readonly id: string; readonly statement: string }[];
  readonly trace: ShownTrace;
  readonly affected: readonly AffectedVersion[];
  /** Variants that were searched for the same property and do not break it. */
  readonly sound: readonly AffectedVersion[];
  /** Logs of real guests of that variant, and the properties of this finding. */
  readonly logs: readonly Validation[];
  readonly properties: readonly string[];
  /** How a label comes about, in words. */
  /** What a label is in the code; undefined where the charts say more than a line. */
  readonly wordsOf: (family: string) => string | undefined;
  readonly causeOf: (label: Label) => { readonly isAct: boolean; readonly by: string };
  readonly reproduce: string;
  readonly version: string;
}

/** What a page of the small scope is on a guest. */
export interface Bounds {
  readonly pagesPerSection: number;
  readonly bootPages: number;
}

const WIDTH = 72;
const SECTION_MIB = 128;
const KB_PER_MIB = 1024;

export function renderMaintainerReport(report: MaintainerReport): string {
  const { property, trace, title } = report;
  return [
    `Subject: [BUG] ${subsystemOf(property.grounding)}: ${title}`,
    '',
    'Hello,',
    '',
    ...paragraph(report.story),
    '',
    ...section('Versions', versionLines(report)),
    ...section('What happens, step by step', [
      ...paragraph(
        `The shortest run that shows it, ${trace.steps.length} steps, found by a model checker in a small guest: one page of it stands for ${SECTION_MIB / report.bounds.pagesPerSection} MiB. Each column is an actor, the star is who moves.`,
      ),
      '',
      ...diagram(trace),
      '',
      ...legend(report),
    ]),
    ...section('How to see it on a guest', commands(report)),
    ...section('Expected', [
      ...paragraph(`(${property.id}) ${property.statement}`),
      ...report.alsoBroken.flatMap(({ id, statement }) => ['', ...paragraph(`(${id}) ${statement}`)]),
    ]),
    ...section('Observed', observed(trace, property.id)),
    ...section(
      'Where in the source',
      property.grounding.map(({ tree, path, symbol }) => `  ${tree} ${path}: ${symbol}`),
    ),
    ...report.logs.flatMap((log) => section('On a real guest', guestLines(log, report))),
    ...section('Where this comes from', [
      ...paragraph(
        `A statechart model of the driver, the memory hotplug core and Xen, searched exhaustively (${report.variant}, scope ${report.scope}, property ${property.id}). To see the run again:`,
      ),
      '',
      `  ${report.reproduce}`,
    ]),
    '-- ',
    `Ballast ${report.version}, finding ${report.id}`,
    '',
  ].join('\n');
}

const paragraph = (text: string): readonly string[] => wrap(text, WIDTH);
const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, '-'.repeat(title.length), '', ...lines, ''];

/** Prefix of the subject, as the tree's own commits have it. */
function subsystemOf(grounding: readonly Grounding[]): string {
  const [first] = grounding;
  if (first === undefined) return 'xen/balloon';
  if (first.tree === 'xen') return first.path.replace(/^xen\//, '').replace(/\.c$/, '');
  return first.path.startsWith('drivers/xen') ? 'xen/balloon' : 'mm/memory_hotplug';
}

function versionLines({ affected, sound, property }: MaintainerReport): readonly string[] {
  const line = (mark: string, { variant, summary, kernel, properties }: AffectedVersion): string[] =>
    wrap(
      `${summary}${kernel === undefined || summary.includes(kernel) ? '' : ` (Linux ${kernel})`} [${variant}]${properties.length === 0 ? '' : `: breaks ${properties.join(', ')}`}`,
      WIDTH - MARK,
    ).map((part, at) => `${(at === 0 ? `  ${mark}` : '').padEnd(MARK)}${part}`);
  return [
    ...affected.flatMap((one) => line('affected', one)),
    ...sound.flatMap((one) => line('not', one)),
    ...(sound.length === 0
      ? []
      : ['', ...paragraph(`"not": searched in the same scope, and ${property.id} holds.`)]),
  ];
}

const MARK = 12;
const NUMBER = 4;
const LANE = 4;

/** A star in the lane of whoever moves, the step beside it. */
function diagram({ steps, loopFrom }: ShownTrace): readonly string[] {
  const actors = [...new Set(steps.map(({ actor }) => actor))];
  const legend = actors.map((actor, at) => `${' '.repeat(NUMBER)}${'|   '.repeat(at)}+-- ${actor}`);
  const bars = `${' '.repeat(NUMBER)}${actors.map(() => '|').join(' '.repeat(LANE - 1))}`;
  const rows = steps.flatMap(({ label, actor }, at): string[] => {
    const lanes = actors.map((one) => (one === actor ? '*' : '|')).join(' '.repeat(LANE - 1));
    const row = `${`${at + 1}`.padStart(NUMBER - 1)} ${lanes}   ${label}`;
    return loopFrom === at ? ['     (from here on again and again)', row] : [row];
  });
  return [...legend, bars, ...rows, bars];
}

const WORD = 18;

/** What the steps are in the code, each family once, in the order in which they come. */
function legend({ trace, wordsOf }: MaintainerReport): readonly string[] {
  const families = [...new Set(trace.labels.map(({ type }) => type))];
  const lines = families.flatMap((family) => {
    const words = wordsOf(family);
    return words === undefined
      ? []
      : wrap(words, WIDTH - WORD - 2).map((line, at) => `  ${(at === 0 ? family : '').padEnd(WORD)}${line}`);
  });
  return lines.length === 0 ? [] : ['In the code:', '', ...lines];
}

/** Shell for what a person does; the rest is waited for. */
function commands(report: MaintainerReport): readonly string[] {
  const { trace, bounds, causeOf } = report;
  const lines: string[] = [];
  let waits: string[] = [];
  const flush = () => {
    if (waits.length > 0)
      lines.push(...wrap(`(then, by itself: ${waits.join(', ')})`, WIDTH - 4).map((part) => `  # ${part}`));
    waits = [];
  };
  for (const label of trace.labels) {
    const shell = shellOf(label, bounds);
    if (shell !== undefined) {
      flush();
      lines.push(`  ${shell}`);
      continue;
    }
    const { isAct, by } = causeOf(label);
    if (isAct) {
      flush();
      lines.push(...wrap(`${labelText(label)}: ${by}`, WIDTH - 4).map((part) => `  # ${part}`));
    } else waits.push(label.type);
  }
  flush();
  return [
    ...paragraph(
      'As root in the guest (the toolstack commands in dom0). Between two steps, wait until the state named has been reached, not for a time.',
    ),
    '',
    '  G=/sys/devices/system/xen_memory/xen_memory0',
    '  M=/sys/devices/system/memory',
    '  BOOT=$(($(cat $G/info/current_kb) + $(cat $G/info/low_kb)))',
    '  FIRST=$(ls -d $M/memory[0-9]* | wc -l)  # number of the next block',
    ...lines,
    '  cat $G/info/*_kb; grep MemTotal /proc/meminfo; xl debug-keys q; xl dmesg | tail',
  ];
}

function shellOf(label: Label, { pagesPerSection, bootPages }: Bounds): string | undefined {
  const kb = ((label.pages ?? 0) - bootPages) * ((SECTION_MIB * KB_PER_MIB) / pagesPerSection);
  const offset = `${kb < 0 ? '-' : '+'} ${Math.abs(kb)}`;
  const state = (word: string) => `echo ${word} > $M/memory$((FIRST + ${label.block ?? 0}))/state`;
  switch (label.type) {
    case 'target.set':
      return `echo $((BOOT ${offset})) > $G/target_kb`;
    case 'max.set':
      return `xl mem-max "$DOM" $(((BOOT ${offset}) / 1024))  # in dom0`;
    case 'online.begin':
      return state('online_movable');
    case 'offline.begin':
    case 'offline.ebusy':
      return state('offline');
    default:
      return undefined;
  }
}

/** The step that breaks a property of steps, or the sum that does not come out; then every counter that is not as before. */
function observed({ broken, start, steps }: ShownTrace, property: string): readonly string[] {
  const end = steps.at(-1)?.ledger ?? start;
  const changed = Object.keys(end).filter((name) => end[name] !== start[name]);
  const lines =
    broken.length > 0
      ? broken
      : [`Step ${steps.length}, ${steps.at(-1)?.label ?? 'start'}, breaks ${property}.`];
  return [
    ...lines.flatMap((line) => wrap(line, WIDTH - 2).map((part) => `  ${part}`)),
    '',
    '  counter              before   after',
    ...changed.map(
      (name) =>
        `  ${name.padEnd(18)} ${`${start[name] ?? 0}`.padStart(8)} ${`${end[name] ?? 0}`.padStart(7)}`,
    ),
  ];
}

function guestLines(log: Validation, { properties }: MaintainerReport): readonly string[] {
  const breaches = log.breaches.filter(({ property }) => properties.includes(property));
  if (breaches.length === 0) return [];
  const { divergences } = log.snapshots.witnesses;
  const name = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  return [
    ...paragraph(
      `A trace of ${thousands(log.records)} records of the kprobes that ballast gen probes defines is a run of the same model (${log.verdict}), and shows it:`,
    ),
    '',
    ...breaches.flatMap(({ property, file, line, seconds, event }) => [
      `  ${property} at ${name(file)}:${line}, t=${seconds.toFixed(2)} s, ${event}`,
    ]),
    ...divergences.flatMap(({ between, reading, pages }) =>
      wrap(
        `${between} disagree by ${thousands(Math.abs(pages))} pages from ${reading.name} on (t=${reading.seconds.toFixed(2)} s)`,
        WIDTH - 2,
      ).map((part) => `  ${part}`),
    ),
    ...Object.entries(log.ledger)
      .filter(
        ([counter, pages]) =>
          pages !== 0 && ['orphaned', 'ballooned·backed', 'in use·empty'].includes(counter),
      )
      .map(([counter, pages]) => `  at the end: ${thousands(pages)} pages ${counter.replace('·', ', ')}`),
  ];
}
