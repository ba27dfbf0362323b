/** What the commands print has the shape that is published, and nothing else has. Judged by ajv, which shares nothing with us. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { mutants } from '../../properties/mutants/all.ts';
import { renderJson, renderTraceJson } from '../../reports/json.ts';
import { readTraceFile } from '../../src/trace/trace-file.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { store } from '../logs/real-logs.ts';
import { expected, surprising } from './sample.ts';

const FOLDER = fileURLToPath(new URL('../../reports/schemas/', import.meta.url));
const SCHEMAS = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
const compiled = new Map(
  SCHEMAS.map((name): [string, ValidateFunction] => [
    name.replace('.schema.json', ''),
    ajv.compile(JSON.parse(readFileSync(`${FOLDER}${name}`, 'utf8'))),
  ]),
);
const problems = (schema: string, text: string): readonly string[] => {
  const validate = compiled.get(schema);
  if (validate === undefined) throw new Error(`no schema ${schema}`);
  return validate(JSON.parse(text))
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

type Json = { [key: string]: Json } & Json[];
/** The text after a change somewhere deep inside. */
function planted(text: string, change: (value: Json) => void): string {
  const value = JSON.parse(text) as Json;
  change(value);
  return JSON.stringify(value);
}

const real = await ballast('check --variant v3 --scope single --out out --format json', world());
const trace = real.files.get('out/check-20100727T120000Z/traces/v3-single-I-10.json') ?? '';

describe('ballast.check/1', () => {
  it('a real report, in the file and on stdout', () => {
    expect(problems('check-1', real.out())).toEqual([]);
    expect(real.files.get('out/check-20100727T120000Z/verdict.json')).toBe(real.out());
  });

  it.each([
    'check --variant v3-patched --scope single --json',
    'check --variant lifecycle --scope single --max-states 500 --json',
    'check --variant v3 --sections 1 --targets 1,2 --host 3 --no-rival --property D-3 --json',
    `check --mutant ${mutants[0]?.id} --json`,
  ])('%s', async (words) => {
    expect(problems('check-1', (await ballast(words)).out())).toEqual([]);
  });

  it('every kind of verdict and of surprise', () => {
    // The sample's bounds are shortened by hand; they are not what this is about.
    const { bounds } = (JSON.parse(real.out()) as { searches: { bounds: object }[] }).searches[0] ?? {
      bounds: {},
    };
    for (const report of [expected, surprising]) {
      const searches = report.searches.map((search) => ({ ...search, bounds: { ...bounds } }));
      expect(problems('check-1', renderJson({ ...report, searches }))).toEqual([]);
    }
  });

  it.each<[string, (report: Json) => void]>([
    ['an unknown key', (r) => Object.assign(r, { extra: 1 })],
    ['another schema', (r) => Object.assign(r, { schema: 'ballast.check/2' })],
    [
      'an unknown key deep inside',
      (r) =>
        Object.assign(r['cases']?.find((one) => 'trace' in one)?.['trace']?.['steps']?.[0] ?? {}, {
          extra: 1,
        }),
    ],
    ['a count that is no integer', (r) => Object.assign(r['searches']?.[0] ?? {}, { states: 1.5 })],
    ['a count that is a text', (r) => Object.assign(r['searches']?.[0] ?? {}, { depth: '7' })],
    ['an unknown verdict', (r) => Object.assign(r['cases']?.[0]?.['verdict'] ?? {}, { kind: 'fine' })],
    [
      'a violation without its run',
      (r) => delete (r['cases']?.find((c) => 'trace' in c) ?? ({} as Json))['trace'],
    ],
    [
      'a run where nothing is violated',
      (r) =>
        Object.assign(r['cases']?.[0] ?? {}, { trace: r['cases']?.find((c) => 'trace' in c)?.['trace'] }),
    ],
    ['an unknown standing', (r) => Object.assign(r['cases']?.[0] ?? {}, { standing: 'ok' })],
    ['bounds without a key', (r) => delete r['searches']?.[0]?.['bounds']?.['rival']],
    ['no command', (r) => delete r['reproduce']],
  ])('refuses %s', (_, change) => {
    const bad = planted(real.out(), change);
    expect(bad).not.toBe(JSON.stringify(JSON.parse(real.out())));
    expect(problems('check-1', bad)).not.toEqual([]);
  });
});

describe('ballast.trace/1', () => {
  it('every run that check and shrink write', async () => {
    const files = [...real.files].filter(([name]) => /traces\/[^/]*(?<!itf)\.json$/.test(name));
    expect(files).toHaveLength(11);
    for (const [, text] of files) expect(problems('trace-1', text)).toEqual([]);
    const shrunk = await ballast('shrink t.json --json', world({}, { 't.json': trace }));
    expect(problems('trace-1', shrunk.out())).toEqual([]);
  });

  it.each<[string, (file: Json) => void]>([
    ['an unknown key', (t) => Object.assign(t, { extra: 1 })],
    ['no labels', (t) => delete t['labels']],
    ['an empty run', (t) => Object.assign(t, { labels: [] })],
    ['a label with an unknown number', (t) => Object.assign(t['labels']?.[0] ?? {}, { domain: 1 })],
    ['a section below boot memory', (t) => Object.assign(t['labels']?.[0] ?? {}, { section: -2 })],
    ['pages that are a text', (t) => Object.assign(t['labels']?.[0] ?? {}, { pages: '1' })],
  ])('refuses %s; most of it the reader refuses too', (name, change) => {
    const bad = planted(trace, change);
    expect(problems('trace-1', bad)).not.toEqual([]);
    // What a section may be depends on the scope: `replay` says that, with the scope in hand.
    if (!name.includes('section')) expect(readTraceFile(bad, 't.json').ok).toBe(false);
  });

  it('the least that a reader needs', () => {
    const { schema, variant, bounds, property, labels } = JSON.parse(trace);
    const least = JSON.stringify({ schema, variant, bounds, property, labels });
    expect(problems('trace-1', least)).toEqual([]);
    expect(readTraceFile(least, 't.json').ok).toBe(true);
    const [found] = expected.cases.filter((one) => one.trace !== undefined);
    expect(found).toBeDefined();
    if (found !== undefined) expect(problems('trace-1', renderTraceJson(found, bounds))).toEqual([]);
  });
});

describe('ballast.validate/1', () => {
  it.each(['04-offline-movable', '12-partial', '07-target-mid'])('%s', async (run) => {
    const ran = await ballast(`validate ${run} --json`, world({ logs: store }));
    expect(ran.exit).toBeLessThan(3);
    expect(problems('validate-1', ran.out())).toEqual([]);
    const bad = planted(ran.out(), (v) => Object.assign(v['guests']?.[0] ?? {}, { mood: 'good' }));
    expect(problems('validate-1', bad)).not.toEqual([]);
  });
});

describe('ballast.cover/1', () => {
  // With tours: see schema.deep.test.ts.
  it('with a log and a goal', async () => {
    const scope = '--sections 1 --pages 1 --targets 1,2 --host 2 --no-rival --no-other-domain';
    const words = `cover --variant v3 ${scope} --log 02-hotplug --format json --quiet --until pairs>=10%`;
    const ran = await ballast(words, world({ logs: store }));
    expect(ran.err()).toBe('');
    expect(problems('cover-1', ran.out())).toEqual([]);
    expect(
      problems(
        'cover-1',
        planted(ran.out(), (c) => delete c['cases']?.[0]?.['sources']),
      ),
    ).not.toEqual([]);
    const extra = planted(ran.out(), (c) =>
      Object.assign(c['cases']?.[0]?.['sources']?.[0]?.['rows']?.[0] ?? {}, { of: 1 }),
    );
    expect(problems('cover-1', extra)).not.toEqual([]);
  });
});

describe('ballast.fuzz/1', () => {
  it('with a finding that is shrunk', async () => {
    const words =
      'fuzz --mutant no-rollback --sections 4 --pages 8 --steps 400 --runs 6 --seed 1 --jobs 1 --json';
    const ran = await ballast(words, world());
    expect(ran.out()).toContain('"shrunk"');
    expect(problems('fuzz-1', ran.out())).toEqual([]);
    expect(
      problems(
        'fuzz-1',
        planted(ran.out(), (f) => Object.assign(f['variants']?.[0] ?? {}, { mood: 1 })),
      ),
    ).not.toEqual([]);
  });
});

const TINY = '--sections 1 --pages 1 --targets 1,2 --host 2 --no-rival --no-other-domain';

describe.each<[string, string, string, (value: Json) => void]>([
  [
    'ballast.mutants/1',
    'mutants --mutant no-rollback --json --quiet',
    'mutants-1',
    (v) => delete v['mutants']?.[0]?.['kills'],
  ],
  [
    'ballast.diff/1',
    'diff v3 v3+callback=testP2m --scope single --json --quiet',
    'diff-1',
    (v) => delete v['gained']?.['run'],
  ],
  [
    'ballast.diff/1 where nothing differs',
    `diff v3-patched v3+callback=testP2m ${TINY} --json --quiet`,
    'diff-1',
    (v) => Object.assign(v, { pairs: 0 }),
  ],
  [
    'ballast.fixes/1',
    `fixes D-3 ${TINY} --json --quiet`,
    'fixes-1',
    (v) => Object.assign(v['tried']?.[0] ?? {}, { verdict: 'cured' }),
  ],
  [
    'ballast.history/1',
    'history --variant lifecycle v0 --scope single --json --quiet',
    'history-1',
    (v) => Object.assign(v['findings']?.[0] ?? {}, { shown: 1 }),
  ],
  [
    'ballast.grow/1',
    'grow --sections 1 --pages 1 --json --quiet',
    'grow-1',
    (v) => Object.assign(v['rows']?.[0] ?? {}, { scope: 'big' }),
  ],
  [
    'ballast.spec/1',
    'spec --from out/check-20100727T120000Z --logs . --format json --quiet',
    'spec-1',
    (v) => Object.assign(v['requirements']?.[0] ?? {}, { status: 'known' }),
  ],
])('%s', (_, words, schema, spoil) => {
  it('what is printed has the shape, and not with one thing changed', async () => {
    const ran = await ballast(words, world({ logs: store }, Object.fromEntries(real.files)));
    expect(problems(schema, ran.out())).toEqual([]);
    expect(JSON.parse(ran.out()).schema).toBe(`ballast.${schema.replace('-', '/')}`);
    expect(problems(schema, planted(ran.out(), spoil))).not.toEqual([]);
    expect(
      problems(
        schema,
        planted(ran.out(), (v) => Object.assign(v, { extra: 1 })),
      ),
    ).not.toEqual([]);
  });
});

it('every name that a command promises has a schema, and the page of schemas names each', () => {
  const folder = fileURLToPath(new URL('../../src/cli/', import.meta.url));
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${folder}${name}`, 'utf8'));
  const promised = texts.flatMap((text) =>
    [...text.matchAll(/ballast\.([a-z]+)\/1/g)].map(([, name]) => `${name}-1`),
  );
  const missing = [...new Set(promised)].filter((name) => !compiled.has(name));
  expect(missing).toEqual([]);
  expect(promised.length).toBeGreaterThan(9);
  const page = readFileSync(`${FOLDER}README.md`, 'utf8');
  for (const name of SCHEMAS) expect(page).toContain(`(${name})`);
});

it('every schema ships in the package, and names itself', () => {
  const { files } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  expect(files).toContain('reports/schemas');
  for (const name of compiled.keys()) {
    const { title, $id } = JSON.parse(readFileSync(`${FOLDER}${name}.schema.json`, 'utf8'));
    expect(title).toBe(`ballast.${name.replace('-', '/')}`);
    expect($id).toBe(`urn:ballast:${name.replace('-', ':')}`);
  }
});
