/** A small report by hand: two searches, one verdict of every kind, one finding that breaks two properties. */
import type { ReportedCase, RunReport, Story } from '../../reports/run-report.ts';
import { CHECK_SCHEMA, type SearchReport, type ShownTrace } from '../../src/core/run-report.ts';

const trace: ShownTrace = {
  labels: [
    { type: 'max.set', pages: 2 },
    { type: 'fill.ok', section: 0, pages: 1 },
    { type: 'intrude', section: 0 },
  ],
  start: { tot: 1, max: 1, 'host free': 4, ballooned·backed: 0, filled: 0 },
  steps: [
    {
      label: 'max.set(pages 2)',
      actor: 'toolstack',
      moved: [{ chart: 'toolstack', from: 'target 1', to: 'limit 2 set, target next' }],
      ledger: { tot: 1, max: 2, 'host free': 4, ballooned·backed: 0, filled: 0 },
    },
    {
      label: 'fill.ok(section 0, pages 1)',
      actor: 'driver',
      moved: [
        { chart: 'section[0]', from: 'free', to: 'populatedUnreserved: 1 backed' },
        { chart: 'wake', from: 'target tried', to: 'target tried' },
      ],
      ledger: { tot: 2, max: 2, 'host free': 3, ballooned·backed: 1, filled: 1 },
    },
    {
      label: 'intrude(section 0)',
      actor: 'rival',
      moved: [{ chart: 'slot[0]', from: 'free', to: 'rival' }],
      ledger: { tot: 2, max: 2, 'host free': 3, ballooned·backed: 1, filled: 1 },
    },
  ],
  broken: ['section 0: slot.holders 1 + section.unreserved 1 = 2 > 1'],
};

const search = (variant: string, change: Partial<SearchReport> = {}): SearchReport => ({
  variant,
  form: 'pv-x86_64',
  scope: 'tiny',
  bounds: { name: 'tiny', sections: 1, targets: [1, 2] },
  states: 1234,
  transitions: 5678,
  depth: 9,
  limit: undefined,
  expected: { states: 1234, transitions: 5678, depth: 9 },
  neverTaken: [{ family: 'refill.done', why: 'the list is empty' }],
  seconds: 0.5,
  ...change,
});

type CaseChange = Pick<ReportedCase, 'variant' | 'property' | 'title' | 'verdict'> & Partial<ReportedCase>;

const found = (change: CaseChange): ReportedCase => ({
  form: 'pv-x86_64',
  scope: 'tiny',
  statement: `The statement of ${change.property}.`,
  at: 'state',
  expected: 'holds',
  expectedLength: undefined,
  finding: undefined,
  standing: 'expected',
  trace: undefined,
  reproduce: `ballast check --variant ${change.variant} --scope tiny --property ${change.property}`,
  ...change,
});

const violated = { kind: 'violated', trace: trace.labels, violating: 7 } as const;
const known = { verdict: violated, expected: 'violated', expectedLength: 3, finding: 'W0a', trace } as const;

export const stories: readonly Story[] = [
  {
    id: 'W0a',
    title: 'double claim',
    story: 'A gap is looked for and claimed only later; a rival may come in between.',
  },
];

/** All as expected. */
export const expected: RunReport = {
  schema: CHECK_SCHEMA,
  searches: [search('old'), search('new', { states: 1_000_000, neverTaken: [] })],
  cases: [
    found({ variant: 'old', property: 'I-1', title: 'one holder', ...known }),
    found({ variant: 'old', property: 'I-3', title: 'nothing lost', verdict: { kind: 'holds' } }),
    found({
      variant: 'old',
      property: 'I-4',
      title: 'no wrap',
      verdict: { kind: 'vacuous', witness: 'a.b' },
      expected: 'vacuous',
    }),
    found({ variant: 'new', property: 'I-1', title: 'one holder', verdict: { kind: 'holds' } }),
    found({
      variant: 'new',
      property: 'I-2',
      title: 'only empty',
      ...known,
      at: 'step',
      trace: { ...trace, broken: [] },
    }),
    found({ variant: 'new', property: 'I-3', title: 'nothing lost', verdict: { kind: 'holds' } }),
    found({ variant: 'new', property: 'I-4', title: 'no wrap', verdict: { kind: 'holds' } }),
  ],
  deviations: [],
  reproduce: 'ballast check',
};

/** One of each surprise. */
export const surprising: RunReport = {
  ...expected,
  searches: [
    search('old', { limit: 'states' }),
    search('new', { expected: undefined, neverTaken: [{ family: 'add.ok', why: undefined }] }),
  ],
  cases: [
    found({
      variant: 'old',
      property: 'I-1',
      title: 'one holder',
      verdict: { kind: 'bounded', limit: 'states' },
      standing: 'inconclusive',
    }),
    found({
      variant: 'old',
      property: 'I-2',
      title: 'only empty',
      ...known,
      expectedLength: 4,
      standing: 'unexpected',
    }),
    found({
      variant: 'new',
      property: 'I-1',
      title: 'one holder',
      verdict: { kind: 'holds' },
      expected: 'violated',
      standing: 'unexpected',
    }),
    found({
      variant: 'new',
      property: 'I-2',
      title: 'only empty',
      verdict: { kind: 'vacuous', witness: 'a.b' },
      standing: 'inconclusive',
    }),
    found({
      variant: 'new',
      property: 'I-3',
      title: 'nothing lost',
      verdict: violated,
      expected: undefined,
      standing: 'unexpected',
      trace,
      at: 'possible',
    }),
  ],
  deviations: [
    {
      code: 'COUNTS_DIFFER',
      variant: 'new',
      form: 'pv-x86_64',
      scope: 'tiny',
      message: 'from the catalog: states 1, not 2',
    },
  ],
};
