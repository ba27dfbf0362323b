/**
 * What a real guest's log showed: the verdict, where it stopped and why, and the properties that the guest broke.
 */
import { match } from 'ts-pattern';
import { printable, problemText } from '../src/core/result.ts';
import type { MessagesView, Said } from '../src/validate/messages-check.ts';
import type { Breach } from '../src/validate/past.ts';
import type { Rejection } from '../src/validate/refusals.ts';
import type { ToolstackView } from '../src/validate/toolstack.ts';
import type { Validation } from '../src/validate/validate.ts';
import type { Divergence, Fit } from '../src/validate/witnesses.ts';
import { counted, padEnd, padStart, type Style, thousands, widthOf, wrap } from './style.ts';

export interface ValidationOptions {
  readonly style: Style;
  readonly width: number;
  /** Name of the finding behind a property that this variant is known to break. */
  readonly knownAs: (property: string) => string | undefined;
  readonly statementOf: (property: string) => string;
}

const baseName = (path: string): string => printable(path.slice(path.lastIndexOf('/') + 1));
const where = (place: { readonly file: string; readonly line: number }): string =>
  `${baseName(place.file)}:${place.line}`;

export function renderValidation(found: Validation, options: ValidationOptions): string {
  const { style, width } = options;
  const { geometry } = found;
  const files =
    found.files.length === 1 ? baseName(found.files[0] ?? '') : counted(found.files.length, 'segment');
  const title = `── ${printable(found.guest)} against ${found.variant} (${files}) `;
  return [
    style.heading(title + '─'.repeat(Math.max(0, width - widthOf(title)))),
    style.faint(
      `  ${thousands(geometry.pagesPerSection)} pages a section, ${geometry.batch} a call, ${geometry.retryLimit} tries; begins with target ${geometry.target}, current ${geometry.current}, low ${geometry.low}, total ${geometry.total}`,
    ),
    `  ${verdictLine(found, style)}`,
    ...countLines(found).map((line) => style.faint(`  ${line}`)),
    ...(found.rejection === undefined ? [] : rejectionLines(found.rejection, options)),
    ...found.doubts.flatMap((doubt) =>
      wrap(
        `not clear: ${problemText({ ...doubt, ...(doubt.where === undefined ? {} : { where: { ...doubt.where, file: baseName(doubt.where.file) } }) })}`,
        width - 2,
      ).map((line) => style.bad(`  ${line}`)),
    ),
    ...witnessLines(found, options),
    ...breachLines(found, options),
    ...(found.rejection === undefined ? ledgerLines(found, style) : []),
    '',
  ].join('\n');
}

function verdictLine(found: Validation, style: Style): string {
  return match(found.verdict)
    .with('accepted', () =>
      style.good(
        found.gaps.unjudged === 0
          ? `accepted: all ${thousands(found.records)} records are a run of ${found.variant}`
          : `accepted: ${thousands(found.matched)} of ${thousands(found.records)} records are a run of ${found.variant}, with gaps`,
      ),
    )
    .with('rejected', () =>
      style.bad(
        `rejected after ${thousands(found.matched)} matching ${found.matched === 1 ? 'record' : 'records'}`,
      ),
    )
    .with('ambiguous', () =>
      style.known(`ambiguous: ${thousands(found.matched)} records match, but see below`),
    )
    .exhaustive();
}

function countLines(found: Validation): string[] {
  const { snapshots, gaps } = found;
  return [
    gaps.declared + gaps.resynchronised === 0
      ? ''
      : `records are missing at ${counted(gaps.declared, 'place')}; resynchronised ${gaps.resynchronised === 1 ? 'once' : `${gaps.resynchronised} times`} from the driver's counters, ${counted(gaps.unjudged, 'record')} not judged`,
    [
      found.polls === 0 ? '' : `${counted(found.polls, 'poll')} that changed nothing`,
      found.rejection === undefined ? `${counted(found.beliefs, 'belief')} left` : '',
      snapshots.compared === 0
        ? ''
        : `${counted(snapshots.compared, 'snapshot')} taken at rest agree${snapshots.xen === 0 ? '' : `, ${snapshots.xen} with Xen's own count`}${snapshots.listed === 0 ? '' : `, ${snapshots.listed} with xl list`}`,
    ]
      .filter((part) => part !== '')
      .join('; '),
  ].filter((line) => line !== '');
}

const signed = (pages: number): string => `${pages < 0 ? '−' : '+'} ${thousands(Math.abs(pages))}`;
const lasting = (found: Validation, between: Divergence['between']): string =>
  found.snapshots.witnesses.divergences.some((one) => one.between === between)
    ? 'until they part'
    : 'at every reading';

/** Others who counted the same guest: the constants between them, and where they part. */
function witnessLines(found: Validation, { style, width }: ValidationOptions): string[] {
  const { outside, overhead, divergences } = found.snapshots.witnesses;
  const { toolstack } = found;
  const constants = [
    ...(outside === undefined
      ? []
      : [`Xen's nr_pages = current ${signed(outside)} pages, ${lasting(found, 'driver and Xen')}`]),
    ...(overhead === undefined
      ? []
      : [`MemTotal = current ${signed(-overhead)} pages, ${lasting(found, 'driver and kernel')}`]),
    ...(toolstack === undefined ? [] : toolstackLines(toolstack)),
    ...found.messages.flatMap(messagesLines),
  ];
  const parted = divergences.flatMap(({ between, reading, pages }) =>
    wrap(
      `${between} part at ${where(reading)} (${reading.name}, t=${reading.seconds.toFixed(2)} s): ${thousands(Math.abs(pages))} pages (${megabytes(Math.abs(pages))}) ${pages > 0 ? (between === 'driver and Xen' ? 'more at Xen than the driver counts' : 'that the driver counts and the kernel does not have') : 'fewer than before'}`,
      width - 4,
    ).map((part, row) => style.known(`${row === 0 ? '  ' : '    '}${part}`)),
  );
  return [...constants.map((line) => style.faint(`  ${line}`)), ...parted];
}

function messagesLines({ file, pages, refusals, differs }: MessagesView): string[] {
  const row = (of: Said | undefined, what: string): string[] =>
    of === undefined ? [] : [`${thousands(of.said)} ${what} (${thousands(of.recorded)} recorded)`];
  const said = [
    ...row(pages, 'page ranges onlined, says the kernel'),
    ...row(refusals, 'over-allocations refused, says Xen'),
  ];
  return [`${baseName(file)}: ${said.join('; ')}${differs === undefined ? ', all as in the log' : ''}`];
}

function toolstackLines({ domain, readings, clock, owned, target, slack }: ToolstackView): string[] {
  const row = (what: string, of: string, fit: Fit | undefined, unit = 'different value'): string[] =>
    fit === undefined
      ? []
      : [`${what} = ${of} ${signed(fit.offset)} pages in ${fit.fits} of ${counted(fit.of, unit)}`];
  return [
    `its toolstack read it ${counted(readings, 'time')} as domain ${domain}, ${
      clock === undefined
        ? 'compared in order only (no wall clock in its readings):'
        : `on one clock (dom0's uptime = the guest's ${clock.shift < 0 ? '−' : '+'} ${Math.abs(clock.shift).toFixed(0)} s, ± ${clock.margin} s):`
    }`,
    ...(clock === undefined
      ? row("  Xen's nr_pages", 'current at rest', owned)
      : owned === undefined
        ? ["  none of Xen's nr_pages was read while the log lasts and the guest rests"]
        : row("  Xen's nr_pages", 'current then', owned, 'reading')),
    ...row("  xenstore's target", 'target', target),
    ...(slack === undefined
      ? []
      : [
          `  Xen's max_pages = xenstore's target ${signed(slack.pages)} pages at ${slack.readings} of ${readings}`,
        ]),
  ];
}

function rejectionLines(why: Rejection, { style, width }: ValidationOptions): string[] {
  const line = (text: string) =>
    wrap(text, width - 4).map((part, row) => `${row === 0 ? '  ' : '    '}${part}`);
  return [
    ...line(`${where(why)}, ${why.event}: ${why.message} (${why.code})`).map(style.bad),
    ...(why.tried.length === 0 ? [] : line(`it would mean: ${why.tried.join(' | ')}`)),
    ...why.refused.flatMap(({ chart, state }) => line(`refused by ${chart}, which is ${state}`)),
    ...why.differing.flatMap(({ counter, expected, got }) =>
      line(`${counter} is ${got}, the charts say ${expected}`),
    ),
    ...(why.enabled.length === 0
      ? []
      : line(`the balloon thread could have taken: ${why.enabled.join(', ')}`)),
  ];
}

function breachLines(found: Validation, options: ValidationOptions): string[] {
  const { style, width } = options;
  if (found.breaches.length === 0) return [];
  return [
    '',
    `  ${style.heading('This guest broke:')}`,
    ...found.breaches.flatMap((breach) => {
      const known = options.knownAs(breach.property);
      const name = known === undefined ? style.bad('NEW') : style.known(known);
      const head = `  ${padEnd(breach.property, 5)} ${where(breach)}, ${breach.event}, t=${breach.seconds.toFixed(2)} s `;
      return [
        `${head}${name}`,
        ...wrap(options.statementOf(breach.property), width - 10).map((line) =>
          style.faint(`        ${line}`),
        ),
        ...wrap(labelsOf(breach), width - 10).map((line) => `        ${line}`),
      ];
    }),
  ];
}

const labelsOf = ({ labels }: Breach): string =>
  labels.length === 0 ? 'with no step of its own' : `by ${labels.join(', ')}`;

/** The page ledger at the end; lines that only make sense against a host's size are left out. */
function ledgerLines(found: Validation, style: Style): string[] {
  const shown = Object.entries(found.ledger).filter(
    ([name, pages]) =>
      !['max', 'host free', 'other domain'].includes(name) && (pages !== 0 || ALWAYS.includes(name)),
  );
  const most = Math.max(...shown.map(([name]) => widthOf(name)));
  return [
    '',
    `  ${style.heading('Page ledger at the end')}${found.untold === 0 ? '' : style.faint(` (${thousands(Math.abs(found.untold))} ballooned pages in sections that the log does not tell)`)}`,
    ...shown.map(([name, pages]) => {
      const text = `  ${padEnd(name, most)} ${padStart(thousands(pages), 11)} pages ${padStart(megabytes(pages), 9)}`;
      return LOST.includes(name) ? style.bad(text) : text;
    }),
  ];
}

const ALWAYS: readonly string[] = ['tot', 'target', 'current', 'low', 'total'];
/** Memory that nobody can use. */
const LOST: readonly string[] = ['orphaned', 'ballooned·backed', 'in use·empty'];

const megabytes = (pages: number): string => `${(pages / 256).toFixed(pages % 256 === 0 ? 0 : 1)} MiB`;
