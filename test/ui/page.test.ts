/** The page as text: what is put into it, and that it cannot get out of its place. */
import { beforeAll, describe, expect, it } from 'vitest';
import { single } from '../../models/scopes.ts';
import { type PageParts, renderPage, visible } from '../../reports/page.ts';
import type { PageData } from '../../reports/page-data.ts';
import { scopeToExplore } from '../../src/cli/page/coverage.ts';
import { CHECK_SCHEMA } from '../../src/core/run-report.ts';
import { BARE_TEMPLATE, ballast, PAGE, pageWorld, smallPage } from './small-page.ts';

const SLOT = /<script id="ballast-data" type="application\/json">([\s\S]*?)<\/script>/;
const dataOf = (html: string): PageData => JSON.parse(SLOT.exec(html)?.[1] ?? 'null') as PageData;

const bare: PageParts = {
  version: '0',
  reproduce: 'ballast report',
  run: { schema: CHECK_SCHEMA, searches: [], cases: [], deviations: [], reproduce: '' },
  stories: [],
  cases: [],
  charts: [],
  coverage: [],
  requirements: [],
  logs: [],
};

describe('data in a page', () => {
  const nasty = '</script><script>alert(1)</script><!-- $& $1 \u001b[31mred\u0007 \u202egnp.exe \u2028';
  const html = renderPage(BARE_TEMPLATE, { ...bare, reproduce: nasty });

  it('opens and closes one script only', () => {
    expect(html.match(/<\/?script/g)).toHaveLength(2);
    expect(html.match(/<!--/g)).toBeNull();
  });

  it('comes back as it was, but for what cannot be seen', () => {
    expect(dataOf(html).reproduce).toBe(
      '</script><script>alert(1)</script><!-- $& $1 ␛[31mred␇ <U+202E>gnp.exe <U+2028>',
    );
  });

  it('holds no control character at all', () => {
    const all = Array.from({ length: 0xa0 }, (_, code) => String.fromCharCode(code)).join('');
    const plain = visible(all).replaceAll(/[\n\t]/g, '');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(plain).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    expect(visible('äß → €, 漢字 😀\n\tx')).toBe('äß → €, 漢字 😀\n\tx');
  });

  it('says with whom the page may talk', () => {
    expect(html).toContain("connect-src 'none'");
    const live = renderPage(BARE_TEMPLATE, bare, 'self');
    expect(live).toContain("connect-src 'self'");
    expect(live).toContain('data-reach="self"');
    expect(live).not.toContain("connect-src 'none'");
  });

  it('goes into no other template', () => {
    expect(() => renderPage('<html></html>', bare)).toThrow('no place for data');
  });

  it('is the same whatever the search took', () => {
    const search = (seconds: number): PageParts => ({
      ...bare,
      run: {
        ...bare.run,
        searches: [
          {
            variant: 'v0',
            form: 'pv',
            scope: 'single',
            bounds: {},
            states: 1,
            transitions: 0,
            depth: 0,
            limit: undefined,
            expected: undefined,
            neverTaken: [],
            seconds,
          },
        ],
      },
    });
    expect(renderPage(BARE_TEMPLATE, search(1))).toBe(renderPage(BARE_TEMPLATE, search(2)));
  });
});

describe('ballast report', () => {
  let data: PageData;
  beforeAll(async () => {
    data = dataOf(await smallPage(BARE_TEMPLATE));
  });

  it('draws every violation, and nothing else', () => {
    const violated = data.run.cases.filter(({ verdict }) => verdict.kind === 'violated');
    expect(violated.length).toBeGreaterThan(5);
    expect(data.cases.map(({ variant, property }) => `${variant} ${property}`)).toEqual(
      violated.map(({ variant, property }) => `${variant} ${property}`),
    );
    for (const [at, one] of data.cases.entries()) {
      expect(one.steps.length).toBe(violated[at]?.trace?.steps.length);
      expect(one.steps.map(({ label }) => label)).toEqual(
        violated[at]?.trace?.steps.map(({ label }) => label),
      );
      expect(one.broken).toEqual(violated[at]?.trace?.broken);
    }
  });

  it('moves the charts that the trace of the check moved, from and to the same', () => {
    for (const one of data.cases) {
      const found = data.run.cases.find((of) => of.variant === one.variant && of.property === one.property);
      const now = new Map(Object.entries(one.start).map(([id, { show }]) => [id, show]));
      one.steps.forEach(({ changed, ledger }, at) => {
        const step = found?.trace?.steps[at];
        expect(ledger).toEqual(step?.ledger);
        // A chart without words of its own is shown by its key there, by its state here.
        for (const { chart, from, to } of step?.moved ?? []) {
          if (from.startsWith('[')) continue;
          expect([chart, now.get(chart), changed[chart]?.show]).toEqual([chart, from, to]);
        }
        for (const [id, { show }] of Object.entries(changed)) now.set(id, show);
      });
    }
  });

  it('names a case so that a link can', () => {
    const ids = data.cases.map(({ id }) => id);
    expect(ids).toContain('v3-single-I-10');
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  it('has the charts, the requirements, the real log and where the charts are written', () => {
    const section = data.charts.find(({ variant, kind }) => variant === 'v3' && kind === 'section');
    expect(section?.states.map(({ name }) => name)).toContain('goingOnlineAgain');
    expect(section?.transitions.some(({ takenBy }) => takenBy.length > 0)).toBe(true);
    for (const { takenBy, why } of section?.transitions ?? [])
      expect(takenBy.length > 0).toBe(why === undefined);
    expect(section?.states[0]?.source?.file).toBe('models/guest/section.ts');
    expect(data.requirements.length).toBeGreaterThan(0);
    expect(data.logs.map(({ name }) => name)).toEqual(['04-offline-movable']);
    expect(data.logs[0]?.breaches.length).toBeGreaterThan(0);
  });

  it('shows a run that is there, without a search', async () => {
    const first = await ballast(
      'report --variant v0 --scope single --no-cover --quiet --out runs',
      pageWorld(BARE_TEMPLATE),
    );
    const verdict = [...first.files].find(([name]) => name.endsWith('/verdict.json'))?.[1] ?? '';
    const page = [...first.files].find(([name]) => name.endsWith('/report.html'));
    expect(first.out()).toBe(`${page?.[0]}\n`);
    const again = await ballast(
      `report --from old --no-cover -o ${PAGE}`,
      pageWorld(BARE_TEMPLATE, { 'old/verdict.json': verdict }),
    );
    expect([again.exit, again.err()]).toEqual([0, '']);
    const { reproduce: _, requirements: __, ...rest } = dataOf(again.files.get(PAGE) ?? '');
    const { reproduce: ___, requirements: ____, ...before } = dataOf(page?.[1] ?? '');
    expect(rest).toEqual(before);
  });
});

describe('coverage on the page', () => {
  it('is of the exploration, the counterexamples and the logs, and the charts say who took what', async () => {
    const ran = await ballast(
      `report --variant v3 --scope single --property I-10 D-3 -o ${PAGE} --log test/logs/04-offline-movable`,
      pageWorld(BARE_TEMPLATE),
    );
    const { coverage, charts, cases } = dataOf(ran.files.get(PAGE) ?? '');
    expect(coverage.map(({ source }) => source)).toEqual([
      'exploration v3/single',
      'counterexamples v3/single',
      'log 04-offline-movable',
    ]);
    // A counterexample is a run of what was explored, so it cannot have taken more.
    const [explored, shown] = coverage;
    const transitions = (of: typeof explored, chart: string) =>
      of?.measures.find((one) => one.chart === chart && one.measure === 'transitions')?.covered ?? 0;
    const families = new Set(
      cases.flatMap(({ steps }) => steps.map(({ label }) => label.replace(/\(.*/, ''))),
    );
    for (const { kind, transitions: all } of charts) {
      expect(transitions(shown, kind)).toBeLessThanOrEqual(transitions(explored, kind));
      const taken = all.filter(({ takenBy }) => takenBy.includes('counterexamples v3/single'));
      expect(taken).toHaveLength(transitions(shown, kind));
      for (const { family, takenBy } of taken) {
        expect(families).toContain(family);
        expect(takenBy).toContain('exploration v3/single');
      }
    }
  });
});

describe('what is explored for coverage', () => {
  const searched = (name: string, states: number, limit?: 'states') =>
    ({ scope: { ...single, name }, search: { states, limit } }) as unknown as Parameters<
      typeof scopeToExplore
    >[0][number];

  it.each([
    ['the one searched', [searched('auto', 1000)], 'auto'],
    ['the larger one', [searched('nobody', 14_000), searched('pair', 150_000)], 'pair'],
    [
      'not a small one beside a large one',
      [searched('full', 1_300_000), searched('nobody', 14_000)],
      'single',
    ],
    ['not one whose size nobody knows', [searched('full', 300, 'states')], 'single'],
  ])('%s', (_, of, expected) => {
    expect(scopeToExplore(of).name).toBe(expected);
  });

  it('is of fuzz runs too, on request', async () => {
    const ran = await ballast(
      `report --variant v0 --scope single --property I-2 --fuzz 1 --quiet -o ${PAGE}`,
      pageWorld(BARE_TEMPLATE),
    );
    const { coverage, charts, reproduce } = dataOf(ran.files.get(PAGE) ?? '');
    const fuzz = coverage.find(({ source }) => source.startsWith('fuzz v0'));
    expect(fuzz?.measures.find(({ measure }) => measure === 'transitions')?.covered).toBeGreaterThan(0);
    const names = charts.flatMap(({ transitions }) => transitions.flatMap(({ takenBy }) => takenBy));
    expect(names).toContain(fuzz?.source);
    expect(reproduce).toContain('--fuzz 1');
  });
});

describe('what cannot be shown', () => {
  const at = (given: Readonly<Record<string, string>> = {}) => pageWorld(BARE_TEMPLATE, given);
  const run = (change: object): string =>
    JSON.stringify({
      schema: CHECK_SCHEMA,
      searches: [],
      cases: [],
      deviations: [],
      reproduce: '',
      ...change,
    });

  it.each([
    ['report --from nowhere', {}, 65, 'RUN_NO_FILE'],
    ['report --from a', { 'a/verdict.json': '{' }, 65, 'RUN_NOT_JSON'],
    ['report --from a', { 'a/verdict.json': run({ schema: 'x' }) }, 65, 'RUN_SHAPE'],
    ['report --from a --variant v0 --rival', { 'a/verdict.json': run({}) }, 64, 'FLAGS_TOGETHER'],
    ['report --log-variant v9 --from a', {}, 64, 'UNKNOWN_VARIANT'],
    ['report --fuzz x', {}, 64, 'FLAG_NUMBER'],
    ['report --fuzz 2 --no-cover', {}, 64, 'FLAGS_TOGETHER'],
    ['report --variant v9', {}, 64, 'UNKNOWN_VARIANT'],
    ['report --variant v0 --max-states x', {}, 64, 'FLAG_NUMBER'],
    ['report --log README.md', {}, 65, 'LOG_NOT_FTRACE'],
  ])('%s: %j', async (words, given, exit, code) => {
    const ran = await ballast(words, at(given));
    expect(ran.err()).toContain(code);
    expect(ran.exit).toBe(exit);
    expect(ran.out()).toBe('');
  });

  it('a run of charts that have changed since', async () => {
    const made = await ballast('report --variant v0 --scope single --no-cover --quiet --out runs', at());
    const text = [...made.files].find(([name]) => name.endsWith('/verdict.json'))?.[1] ?? '';
    const edited = text.replaceAll('"type": "hotplug.done"', '"type": "hotplug.timer"');
    expect(edited).not.toBe(text);
    const ran = await ballast('report --from old', at({ 'old/verdict.json': edited }));
    expect(ran.err()).toContain('RUN_OUTDATED');
    expect(ran.exit).toBe(65);
    const gone = await ballast(
      'report --from old',
      at({ 'old/verdict.json': text.replaceAll('"variant": "v0"', '"variant": "v00"') }),
    );
    expect(gone.err()).toContain('RUN_VARIANT');
    expect(gone.exit).toBe(65);
  });
});
