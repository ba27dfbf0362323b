/**
 * SARIF against the part of its schema that we write (test/reports/sarif-subset.schema.json, our own; the standard's whole
 * schema is not kept here), and what the results say: levels, places, fingerprints.
 */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { properties } from '../../properties/all.ts';
import type { CasePlaces } from '../../reports/places.ts';
import type { RunReport } from '../../reports/run-report.ts';
import { renderSarif } from '../../reports/sarif.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { reworded, somewhere } from './formats.ts';
import { expected, stories, surprising } from './sample.ts';

const root = (path: string) => new URL(`../../${path}`, import.meta.url);
const schema = JSON.parse(readFileSync(root('test/reports/sarif-subset.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true }).compile(schema);
const problems = (text: string) => (validate(JSON.parse(text)) ? [] : (validate.errors ?? []));

const rules = ['I-1', 'I-2', 'I-3', 'I-4'].map((id, at) => ({
  id,
  title: ['one holder', 'only empty', 'nothing lost', 'no wrap'][at] ?? '',
  statement: `The statement of ${id}.`,
  at: 'state' as const,
  grounding:
    at === 3 ? [] : [{ tree: 'linux' as const, path: 'drivers/xen/balloon.c', symbol: 'balloon_thread' }],
}));
const sarif = (report: RunReport, locate: (...of: never[]) => CasePlaces = somewhere) =>
  renderSarif(report, { version: '1.2.3', rules, stories, locate: locate as typeof somewhere });

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region: { readonly startLine: number };
    };
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties?: { readonly variant: string; readonly scope: string };
}
interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly Result[];
    },
  ];
}
const runOf = (text: string) => (JSON.parse(text) as Log).runs[0];

describe('word for word', () => {
  it('as expected', async () => {
    await expect(sarif(expected)).toMatchFileSnapshot('../golden/check-expected.sarif');
  });
  it('with a surprise of every kind', async () => {
    await expect(sarif(surprising)).toMatchFileSnapshot('../golden/check-surprising.sarif');
  });
});

describe('the schema', () => {
  it.each([
    ['as expected', expected],
    ['surprising', surprising],
    ['nothing found', { ...expected, cases: [] }],
  ] as const)('accepts %s', (_, report) => {
    expect(problems(sarif(report))).toEqual([]);
  });

  it.each([
    'check --variant v0 v3 --scope single',
    'check --variant v3-patched --scope single',
    'check --variant lifecycle --scope single --max-states 500',
  ])('accepts %s', async (words) => {
    expect(problems((await ballast(`${words} --format sarif`)).out())).toEqual([]);
  });

  it.each<[string, (text: string) => string]>([
    ['another version', (text) => text.replace('"version": "2.1.0"', '"version": "2.2.0"')],
    ['an unknown level', (text) => text.replace('"level": "note"', '"level": "fine"')],
    ['a line 0', (text) => text.replace('"startLine": 7', '"startLine": 0')],
    ['a path from the root of one machine', (text) => text.replace('"uri": "models', '"uri": "/models')],
    ['an unknown key', (text) => text.replace('"columnKind"', '"columnMind"')],
    ['a result without a rule', (text) => text.replace('"ruleId"', '"rule"')],
  ])('refuses %s', (_, spoil) => {
    const text = sarif(expected);
    expect(spoil(text)).not.toBe(text);
    expect(problems(spoil(text))).not.toEqual([]);
  });
});

describe('results', () => {
  it('a note for what was expected, an error for what was not, a warning for what was not decided', () => {
    expect(runOf(sarif(expected)).results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['I-1', 'note'],
      ['I-2', 'note'],
    ]);
    expect(runOf(sarif(surprising)).results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['I-1', 'warning'],
      ['I-2', 'error'],
      ['I-1', 'error'],
      ['I-2', 'warning'],
      ['I-3', 'error'],
      ['CATALOG', 'error'],
    ]);
  });

  it('each names its rule by index', () => {
    for (const report of [expected, surprising]) {
      const { tool, results } = runOf(sarif(report));
      for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    }
  });

  it('fingerprints do not move with lines, words or versions; another run of the same case keeps the first one', () => {
    const prints = (text: string) =>
      runOf(text).results.map(({ partialFingerprints }) => partialFingerprints);
    const elsewhere = () => ({ last: { file: 'models/moved.ts', line: 999 }, steps: [] });
    const reference = prints(sarif(expected));
    expect(prints(sarif(expected, elsewhere))).toEqual(reference);
    expect(prints(sarif(reworded(expected, (text) => `${text}, said otherwise`)))).toEqual(reference);
    const cases = expected.cases.map((found) =>
      found.trace === undefined
        ? found
        : { ...found, trace: { ...found.trace, labels: [{ type: 'other' }] } },
    );
    const other = prints(sarif({ ...expected, cases }));
    expect(other.map((print) => print['ballastCase/v1'])).toEqual(
      reference.map((print) => print['ballastCase/v1']),
    );
    expect(other[0]?.['ballastRun/v1']).not.toBe(reference[0]?.['ballastRun/v1']);
    const all = reference.map((print) => print['ballastCase/v1']);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('places in the models', () => {
  it('every result of the real variants points at a line that is there, and speaks of the label or the property', async () => {
    const ran = await ballast('check --variant v0 v3 --scope single --format sarif', world());
    const { results } = runOf(ran.out());
    expect(results).toHaveLength(18);
    for (const { ruleId, locations } of results) {
      const [place] = locations;
      const { artifactLocation, region } = place?.physicalLocation ?? {
        artifactLocation: { uri: '' },
        region: { startLine: 0 },
      };
      expect(artifactLocation.uri, ruleId).toMatch(/^models\/(?:guest|host)\/[a-z-]+\.ts$/);
      const lines = readFileSync(root(artifactLocation.uri), 'utf8').split('\n');
      expect(
        lines[region.startLine - 1]?.trim(),
        `${ruleId} ${artifactLocation.uri}:${region.startLine}`,
      ).toBeTruthy();
    }
    const i10 = results.find(({ ruleId }) => ruleId === 'I-10')?.locations[0]?.physicalLocation;
    expect(i10?.artifactLocation.uri).toBe('models/guest/section-there.ts');
  });

  it('every property has a file to point at', () => {
    for (const { id } of properties)
      expect(existsSync(root(`properties/invariants/${id.toLowerCase()}.ts`)), id).toBe(true);
  });
});
