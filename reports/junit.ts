/**
 * The report as JUnit XML, in the shape that Jenkins and GitLab read (junit-10): one testsuite a search, one testcase a case.
 *
 *   as expected, holds       passed
 *   as expected, violated    passed, with the finding and its run in system-out
 *   as expected, vacuous or bounded    skipped: nothing was shown, and nobody claims it was
 *   not as expected          failure
 *   inconclusive             error: most readers show a skipped test as a pass, and this is none
 *
 * What disagrees with the catalog though the verdicts do not is one more testcase of its suite. No times: the same search
 * gives the same bytes.
 */
import type { SearchReport } from '../src/core/run-report.ts';
import { endLines } from './finding.ts';
import { renderRun } from './run.ts';
import {
  isSameSearch,
  lengthOf,
  type ReportedCase,
  type RunReport,
  type Story,
  searchName,
} from './run-report.ts';
import { plain } from './style.ts';
import { verdictText } from './verdict-text.ts';
import { element, textElement } from './xml.ts';

const WIDTH = 120;

type Outcome = 'passed' | 'skipped' | 'failure' | 'error';

interface Test {
  readonly outcome: Outcome;
  readonly xml: string;
}

export function renderJunit(report: RunReport, stories: readonly Story[]): string {
  const suites = report.searches.map((search) => suite(report, search, stories));
  const tests = suites.flatMap((one) => one.tests);
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    element(
      'testsuites',
      { name: report.reproduce, ...counts(tests) },
      suites.map(({ xml }) => xml),
    ),
  ].join('\n')}\n`;
}

function counts(tests: readonly Test[]): Readonly<Record<string, number>> {
  const of = (outcome: Outcome): number => tests.filter((test) => test.outcome === outcome).length;
  return { tests: tests.length, failures: of('failure'), errors: of('error') };
}

function suite(report: RunReport, search: SearchReport, stories: readonly Story[]) {
  const cases = report.cases.filter((found) => isSameSearch(found, search));
  const tests = [...cases.map((found) => test(found, stories)), catalogTest(report, search)].filter(
    (one) => one !== undefined,
  );
  const properties = [
    ['form', search.form],
    ['bounds', JSON.stringify(search.bounds)],
    ['states', String(search.states)],
    ['transitions', String(search.transitions)],
    ['depth', String(search.depth)],
    ['limit', search.limit],
    ['families never taken', search.neverTaken.map(({ family }) => family).join(' ')],
  ].flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [element('property', { name, value })],
  );
  const skipped = tests.filter(({ outcome }) => outcome === 'skipped').length;
  const xml = element('testsuite', { name: searchName(search), ...counts(tests), skipped }, [
    element('properties', {}, properties),
    ...tests.map((one) => one.xml),
  ]);
  return { xml, tests };
}

const className = (of: { readonly variant: string; readonly scope: string }): string =>
  `ballast.${of.variant}.${of.scope}`;

function test(found: ReportedCase, stories: readonly Story[]): Test {
  const attributes = { name: `${found.property} ${found.title}`, classname: className(found) };
  const outcome = outcomeOf(found);
  const message = verdictText(found);
  const text = tale(found, stories);
  const inside = {
    passed: found.verdict.kind === 'violated' ? [textElement('system-out', {}, text)] : [],
    skipped: [element('skipped', { message: `${found.verdict.kind}, as expected: nothing was shown` })],
    failure: [textElement('failure', { type: found.verdict.kind, message }, text)],
    error: [textElement('error', { type: found.verdict.kind, message }, text)],
  }[outcome];
  return { outcome, xml: element('testcase', attributes, inside) };
}

function outcomeOf({ standing, verdict }: ReportedCase): Outcome {
  if (standing === 'unexpected') return 'failure';
  if (standing === 'inconclusive') return 'error';
  return verdict.kind === 'vacuous' || verdict.kind === 'bounded' ? 'skipped' : 'passed';
}

/** What a person needs who sees nothing but this test. */
function tale(found: ReportedCase, stories: readonly Story[]): string {
  const story = stories.find(({ id }) => id === found.finding);
  const { trace } = found;
  return [
    ...(story === undefined ? [] : [`${story.id}: ${story.title}. ${story.story}`]),
    `${found.property}: ${found.statement}`,
    ...(trace === undefined
      ? []
      : [
          `Shortest run, ${lengthOf(found)} steps:`,
          ...renderRun(trace, { style: plain, width: WIDTH, moves: false }),
          ...endLines(found, WIDTH),
        ]),
    `Reproduce: ${found.reproduce}`,
  ].join('\n');
}

/** Counts and labels against the catalog; a search without a row has no such test. */
function catalogTest(report: RunReport, search: SearchReport): Test | undefined {
  const deviations = report.deviations.filter((one) => isSameSearch(one, search));
  if (search.expected === undefined && deviations.length === 0) return undefined;
  const attributes = { name: 'counts and labels as the catalog says', classname: className(search) };
  const text = deviations.map(({ code, message }) => `${code} ${message}`).join('\n');
  const failed = deviations.length > 0;
  // A search that stopped early is not compared.
  const skipped = !failed && search.limit !== undefined;
  const inside = failed
    ? [textElement('failure', { type: deviations[0]?.code, message: deviations[0]?.message }, text)]
    : skipped
      ? [element('skipped', { message: `stopped early: ${search.limit}` })]
      : [];
  return {
    outcome: failed ? 'failure' : skipped ? 'skipped' : 'passed',
    xml: element('testcase', attributes, inside),
  };
}
