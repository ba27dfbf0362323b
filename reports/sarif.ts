/**
 * The report as SARIF 2.1.0: a rule for each property, a result for each violation and for each surprise.
 * Level: error where it was not expected, note where it was, warning where nothing was decided.
 * Fingerprints name the case and its run, never a line, so that an edited chart does not make an old finding look new.
 */
import { createHash } from 'node:crypto';
import type { Property } from '../properties/property.ts';
import { labelText } from '../src/core/label.ts';
import { type CasePlaces, catalogPlace, type Locate, propertyPlace, type SourcePlace } from './places.ts';
import {
  type Deviation,
  lengthOf,
  type ReportedCase,
  type RunReport,
  type Story,
  searchName,
} from './run-report.ts';
import { verdictText } from './verdict-text.ts';

export type SarifRule = Pick<Property, 'id' | 'title' | 'statement' | 'at' | 'grounding'>;

export interface SarifOptions {
  readonly version: string;
  /** Every property; those that the report speaks of become rules. */
  readonly rules: readonly SarifRule[];
  readonly stories: readonly Story[];
  readonly locate: Locate;
}

const CATALOG_RULE = 'CATALOG';

export function renderSarif(report: RunReport, options: SarifOptions): string {
  const spoken = new Set(report.cases.map(({ property }) => property));
  const rules = [
    ...options.rules.filter(({ id }) => spoken.has(id)).map(ruleOf),
    ...(report.deviations.length === 0 ? [] : [catalogRule]),
  ];
  const ids = rules.map(({ id }) => id);
  const results = [
    ...report.cases
      .filter(({ verdict, standing }) => verdict.kind === 'violated' || standing !== 'expected')
      .map((found) => resultOf(found, ids, options)),
    ...report.deviations.map((one) => deviationOf(one, ids)),
  ];
  const isWhole = !report.searches.some(({ limit }) => limit === 'interrupted' || limit === 'memory');
  const driver = { name: 'ballast', semanticVersion: options.version, rules };
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        automationDetails: { id: 'ballast/check/' },
        columnKind: 'utf16CodeUnits',
        invocations: [{ commandLine: report.reproduce, executionSuccessful: isWhole }],
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const TREES: Readonly<Record<string, (path: string) => string>> = {
  linux: (path) => `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/${path}`,
  xen: (path) => `https://xenbits.xen.org/gitweb/?p=xen.git;a=blob;f=${path}`,
};

function ruleOf({ id, title, statement, at, grounding }: SarifRule) {
  const [first] = grounding;
  const helpUri = first === undefined ? undefined : TREES[first.tree]?.(first.path);
  const grounds = grounding.map(({ tree, path, symbol }) => `${tree}: ${path}, ${symbol}`);
  return {
    id,
    name: title
      .split(/\W+/)
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: statement },
    help: { text: [statement, `Judged: ${at}.`, `Grounds: ${grounds.join('; ')}.`].join(' ') },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: 'error' },
  };
}

const catalogRule = {
  id: CATALOG_RULE,
  name: 'Catalog',
  shortDescription: { text: 'The catalog and the search disagree.' },
  fullDescription: {
    text: 'States, transitions, depth and the labels never taken are as the catalog says.',
  },
  help: { text: 'A changed count is reviewed like changed code.' },
  defaultConfiguration: { level: 'error' },
};

const LEVELS = { expected: 'note', unexpected: 'error', inconclusive: 'warning' } as const;

function resultOf(found: ReportedCase, ids: readonly string[], { locate, stories }: SarifOptions) {
  const places = locate(found);
  const { trace } = found;
  const ruleIndex = ids.indexOf(found.property);
  return {
    ruleId: found.property,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    kind: 'fail',
    level: LEVELS[found.standing],
    message: { text: messageOf(found, stories) },
    locations: [locationOf(places.last ?? propertyPlace(found.property), logicalOf(found))],
    ...(trace === undefined ? {} : { codeFlows: [{ threadFlows: [{ locations: flowOf(found, places) }] }] }),
    partialFingerprints: {
      'ballastCase/v1': digest([found.variant, found.form, found.scope, found.property]),
      ...(trace === undefined ? {} : { 'ballastRun/v1': digest(trace.labels.map(labelText)) }),
    },
    properties: {
      variant: found.variant,
      form: found.form,
      scope: found.scope,
      verdict: found.verdict.kind,
      standing: found.standing,
      ...(found.finding === undefined ? {} : { finding: found.finding }),
      reproduce: found.reproduce,
    },
  };
}

function messageOf(found: ReportedCase, stories: readonly Story[]): string {
  const story = stories.find(({ id }) => id === found.finding);
  return [
    `${searchName(found)}: ${found.property} ${verdictText(found)}.`,
    ...(story === undefined ? [found.statement] : [`${story.title}: ${story.story}`]),
    ...(found.trace?.broken ?? []).map((line) => `${line}.`),
    ...(found.verdict.kind === 'violated' ? [`Shortest run: ${lengthOf(found)} steps.`] : []),
    `Reproduce: ${found.reproduce}`,
  ].join(' ');
}

const logicalOf = (found: ReportedCase) => ({
  name: found.trace?.steps.at(-1)?.label ?? found.property,
  fullyQualifiedName: `${searchName(found)}/${found.property}`,
  kind: 'member',
});

const physical = ({ file, line }: SourcePlace) => ({
  artifactLocation: { uri: file, uriBaseId: '%SRCROOT%' },
  region: { startLine: line },
});

const locationOf = (place: SourcePlace, logical: ReturnType<typeof logicalOf>) => ({
  physicalLocation: physical(place),
  logicalLocations: [logical],
});

/** The run, step by step. */
function flowOf({ trace }: ReportedCase, { steps }: CasePlaces) {
  return (trace?.steps ?? []).map(({ label, actor }, at) => {
    const place = steps[at];
    return {
      executionOrder: at + 1,
      location: {
        ...(place === undefined ? {} : { physicalLocation: physical(place) }),
        message: { text: `${actor}: ${label}` },
      },
    };
  });
}

function deviationOf(one: Deviation, ids: readonly string[]) {
  const logical = { name: one.code, fullyQualifiedName: searchName(one), kind: 'member' };
  return {
    ruleId: CATALOG_RULE,
    ruleIndex: ids.indexOf(CATALOG_RULE),
    kind: 'fail',
    level: 'error',
    message: { text: `${searchName(one)}: ${one.code} ${one.message}` },
    locations: [locationOf(catalogPlace, logical)],
    partialFingerprints: { 'ballastCase/v1': digest([one.variant, one.form, one.scope, one.code]) },
  };
}

const digest = (parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
