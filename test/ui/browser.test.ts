/** The page in a real browser: it opens from a file, steps, links, speaks, and asks nobody for anything. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderPage } from '../../reports/page.ts';
import type { PageData } from '../../reports/page-data.ts';
import { listenOnLoopback } from '../../src/cli/page/server.ts';
import { world } from '../cli/fake-io.ts';
import { buildTemplate } from './built.ts';
import { chromiumPath, openBrowser } from './chromium.ts';
import { ballast, smallPage } from './small-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'ballast-browser-'));
const CASE = 'v3-single-I-10';

let browser: Browser;
let template = '';
let data: PageData;
/** Everything that must not happen: errors on the console, exceptions, requests. */
let trouble: string[] = [];

const urlOf = (name: string): string => pathToFileURL(join(folder, name)).href;

interface Look {
  readonly width?: number;
  readonly dark?: boolean;
}

async function open(url: string, { width = 1280, dark = false }: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
  });
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('request', (request) => {
    const asked = request.url();
    const isOwn = asked.startsWith('data:') || asked.split('#')[0] === url.split('#')[0];
    if (!isOwn && !asked.startsWith('http://127.0.0.1:')) trouble.push(`request ${asked}`);
  });
  await page.goto(url);
  await page.locator('h1').waitFor();
  return page;
}

const close = (page: Page): Promise<void> => page.context().close();
const count = (page: Page): Promise<string> => page.locator('.stepper .count').innerText();

/** Violations of impact serious or critical, and which elements. */
async function axeFinds(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => ['serious', 'critical'].includes(impact))
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
}

describe.skipIf(chromiumPath === undefined)('the page in a browser', () => {
  beforeAll(async () => {
    template = await buildTemplate();
    const html = await smallPage(template);
    writeFileSync(join(folder, 'page.html'), html);
    data = JSON.parse(
      /id="ballast-data" type="application\/json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '',
    );
    browser = await openBrowser();
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(() => {
    const found = trouble;
    trouble = [];
    expect(found).toEqual([]);
  });

  it('opens from a file with the verdict table', async () => {
    const page = await open(urlOf('page.html'));
    expect(await page.title()).toBe('Verdicts · Ballast');
    const rows = await page.locator('table.verdicts tbody tr').count();
    expect(rows).toBe(new Set(data.run.cases.map(({ property }) => property)).size);
    expect(await page.locator('table.verdicts a.verdict').count()).toBe(data.cases.length);
    await page.locator(`table.verdicts a.verdict[href^="#case=${CASE}"]`).click();
    expect(await page.locator('h1').innerText()).toBe('I-10: ballooned pages are empty');
    expect(page.url()).toContain(`#case=${CASE}&step=`);
    await close(page);
  });

  it('steps a counterexample to the step that breaks it', async () => {
    const page = await open(`${urlOf('page.html')}#case=${CASE}&step=0`);
    const found = data.cases.find(({ id }) => id === CASE);
    const last = found?.steps.length ?? 0;
    expect(last).toBeGreaterThan(10);
    const next = page.getByRole('button', { name: 'Next' });
    for (let at = 1; at <= last; at++) {
      expect(await page.locator('.balance.broken').count()).toBe(0);
      await next.click();
      expect(await count(page)).toBe(`step ${at} of ${last}`);
      expect(await page.locator('.steps [aria-current] .label').innerText()).toContain(
        found?.steps[at - 1]?.label ?? '?',
      );
      // Every chart that moved is marked, and no other.
      const moved = await page.locator('.charts-now tr.changed').count();
      expect(moved).toBe(Object.keys(found?.steps[at - 1]?.changed ?? {}).length);
    }
    expect(await next.isDisabled()).toBe(true);
    expect(await page.locator('.balance.broken').innerText()).toContain('I-10 is broken');
    expect(await page.locator('.balance.broken code').allInnerTexts()).toEqual(found?.broken);
    expect(await page.locator('.steps li.breaks .mark').innerText()).toBe('✗ breaks here');
    expect(await page.locator('.cells .square.balloonedBacked').count()).toBe(1);
    expect(await page.locator('[aria-live=polite]').innerText()).toContain('I-10 is broken.');
    await close(page);
  });

  it('moves with the keyboard, and puts the step into the address', async () => {
    const page = await open(`${urlOf('page.html')}#case=${CASE}&step=3`);
    const last = data.cases.find(({ id }) => id === CASE)?.steps.length ?? 0;
    const press = async (key: string, step: number): Promise<void> => {
      await page.keyboard.press(key);
      await expect.poll(() => count(page)).toBe(`step ${step} of ${last}`);
      expect(page.url()).toMatch(new RegExp(`step=${step}$`));
    };
    await press('ArrowRight', 4);
    await press('ArrowRight', 5);
    await press('ArrowLeft', 4);
    await press('End', last);
    await press('ArrowRight', last);
    await press('Home', 0);
    await page.locator('input[type=range]').focus();
    await press('ArrowRight', 1);
    await page.locator('.steps button').nth(7).focus();
    await press('Enter', 7);
    await press('ArrowRight', 8);
    await close(page);
  });

  it('has a visible focus on everything that Tab reaches', async () => {
    const page = await open(`${urlOf('page.html')}#case=${CASE}&step=3`);
    const seen = new Set<string>();
    for (let at = 0; at < 25; at++) {
      await page.keyboard.press('Tab');
      const focused = (await page.evaluate(
        `(() => { const { activeElement: e } = document; const s = getComputedStyle(e);
          return { name: e.tagName + ' ' + (e.textContent || e.type), width: parseFloat(s.outlineWidth), style: s.outlineStyle }; })()`,
      )) as { name: string; width: number; style: string };
      if (focused.name.startsWith('BODY')) break;
      seen.add(focused.name);
      expect([focused.name, focused.width >= 2 && focused.style !== 'none']).toEqual([focused.name, true]);
    }
    expect(seen.size).toBeGreaterThan(15);
    await close(page);
  });

  it('goes where a link says: on load, by hand, back and forward', async () => {
    const page = await open(`${urlOf('page.html')}#case=${CASE}&step=12`);
    expect(await count(page)).toMatch(/^step 12 of/);
    await page.evaluate(`location.hash = '#case=v0-single-I-2&step=2'`);
    await expect.poll(() => page.locator('h1').innerText()).toBe('I-2: one holder');
    expect(await count(page)).toMatch(/^step 2 of/);
    await page.getByRole('link', { name: 'Charts', exact: true }).click();
    await expect.poll(() => page.locator('h1').innerText()).toBe('Charts');
    await page.goBack();
    await expect.poll(() => page.locator('h1').innerText()).toBe('I-2: one holder');
    await page.goBack();
    await expect.poll(() => count(page)).toMatch(/^step 12 of/);
    await page.goForward();
    await expect.poll(() => page.locator('h1').innerText()).toBe('I-2: one holder');
    await page.evaluate(`location.hash = '#case=nothing-like-it'`);
    await expect.poll(() => page.locator('h1').innerText()).toBe('No such run');
    await close(page);
  });

  it('says that a search which stopped early answers nothing', async () => {
    const { schema: _, ...parts } = data;
    const cases = data.run.cases.map((one) => ({
      ...one,
      standing: 'inconclusive' as const,
      verdict: { kind: 'bounded' as const, limit: 'states' as const },
      trace: undefined,
    }));
    const html = renderPage(template, { ...parts, run: { ...data.run, cases }, cases: [] });
    writeFileSync(join(folder, 'bounded.html'), html);
    const page = await open(`${urlOf('bounded.html')}#runs`);
    expect(await page.locator('.empty').innerText()).toContain('verdicts are bounded');
    await page.getByRole('link', { name: 'Verdicts' }).click();
    expect(await page.locator('td .inconclusive').count()).toBe(cases.length);
    await close(page);
  });

  it('heads a column by variant, form and scope, with more forms than one', async () => {
    const { schema: _, ...parts } = data;
    const twice = <T extends { readonly form: string }>(list: readonly T[]): T[] =>
      ['pv-x86_64', 'hvm-x86_64'].flatMap((form) => list.map((one) => ({ ...one, form })));
    const run = { ...data.run, searches: twice(data.run.searches), cases: twice(data.run.cases) };
    writeFileSync(join(folder, 'forms.html'), renderPage(template, { ...parts, run }));
    const page = await open(urlOf('forms.html'));
    const heads = page.locator('table.verdicts thead tr');
    expect(await heads.nth(0).locator('th').allInnerTexts()).toEqual(['property', 'v0', 'v3']);
    expect(await heads.nth(0).locator('th[colspan="2"][scope=colgroup]').count()).toBe(2);
    const forms = ['pv-x86_64', 'hvm-x86_64'];
    expect(await heads.nth(1).locator('th').allInnerTexts()).toEqual([...forms, ...forms]);
    expect(await heads.nth(2).locator('th').allInnerTexts()).toEqual(Array(4).fill('single'));
    const first = page.locator('table.verdicts tbody tr').first();
    expect(await first.locator('td').count()).toBe(4);
    await close(page);
  });

  it('asks requirements by verdict and source', async () => {
    const page = await open(`${urlOf('page.html')}#requirements`);
    const rows = page.locator('table.requirements tbody tr');
    expect(await rows.count()).toBe(data.requirements.length);
    const refuted = data.requirements.filter(({ verdicts }) =>
      verdicts.some(({ verdict }) => verdict.startsWith('refuted')),
    );
    await page.getByLabel('Verdict').selectOption('refuted');
    await expect.poll(() => rows.count()).toBe(refuted.length);
    const book = 'Toolstack';
    const of = refuted.filter(({ source }) => source.startsWith(book));
    await page.getByLabel('Source').selectOption(book);
    await expect
      .poll(() => page.locator('output').innerText())
      .toBe(`${of.length} of ${data.requirements.length}`);
    await close(page);
  });

  it('is printed whole, dark on light', async () => {
    const page = await open(`${urlOf('page.html')}#requirements`, { dark: true });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const at = (query: string): Promise<string> => page.evaluate(query);
    expect(await at(`getComputedStyle(document.querySelector('.scroll')).overflowX`)).toBe('visible');
    expect(await at(`getComputedStyle(document.querySelector('header.top nav')).display`)).toBe('none');
    expect(await at('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(252, 252, 250)');
    await close(page);
  });

  it('draws a chart; an edge says who took it', async () => {
    const page = await open(`${urlOf('page.html')}#chart=v3/section`);
    const chart = data.charts.find(({ variant, kind }) => variant === 'v3' && kind === 'section');
    const nodes = page.locator('.graph .node');
    // What only records an impossible order is drawn on request.
    expect(await nodes.count()).toBe((chart?.states.length ?? 0) - 1);
    await page.getByRole('combobox', { name: 'Show' }).selectOption('all');
    await expect.poll(() => nodes.count()).toBe(chart?.states.length);
    await page.getByRole('button', { name: 'offline.done: goingOffline to offline, taken' }).focus();
    const row = page.locator('figcaption tbody tr');
    expect(await row.innerText()).toContain('offline.done');
    expect(await row.innerText()).toContain('models/guest/section.ts:');
    await page.getByRole('combobox', { name: 'Chart' }).selectOption('slot');
    await expect.poll(() => page.url()).toContain('#chart=v3/slot');
    await close(page);
  });

  it('scrubs through a real log to the record that breaks a property', async () => {
    const page = await open(`${urlOf('page.html')}#log=04-offline-movable&record=0`);
    const [log] = data.logs;
    const breach = log?.breaches.find(({ property }) => property === 'I-10');
    await page.getByRole('button', { name: '✗ I-10 at record' }).click();
    expect(await count(page)).toBe(`record ${breach?.record} of ${(log?.records.length ?? 0) - 1}`);
    expect(await page.locator('.balance.broken').innerText()).toContain('I-10');
    expect(await page.locator('.strip .balloonedBacked').count()).toBe(1);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.strip .balloonedBacked').count()).toBe(0);
    await close(page);
  });

  const VIEWS = [
    '#verdicts',
    '#runs',
    `#case=${CASE}&step=999`,
    '#chart=v3/section',
    '#coverage',
    '#requirements',
    '#logs',
    '#log=04-offline-movable&record=999',
  ];

  it.each([
    ['light', false, 1280],
    ['dark', true, 1280],
    ['light', false, 390],
    ['dark', true, 390],
  ] as const)(
    'is accessible in %s, and no wider than the window (dark %j, %d px)',
    async (_, dark, width) => {
      const page = await open(urlOf('page.html'), { dark, width });
      for (const view of VIEWS) {
        await page.evaluate(`location.hash = ${JSON.stringify(view)}`);
        await expect.poll(() => page.evaluate('location.hash')).toBe(view);
        await page.locator('h1').waitFor();
        expect([view, await page.evaluate('document.documentElement.scrollWidth <= innerWidth')]).toEqual([
          view,
          true,
        ]);
        // What a small window changes is how figures scroll; what the dark changes is colours, and these views have them all.
        const has = width === 1280 ? /verdicts|case|chart|log=/ : /case|log=/;
        if ((width === 1280 && !dark) || has.test(view))
          expect([view, await axeFinds(page)]).toEqual([view, []]);
      }
      await close(page);
    },
  );

  it('turns dark and light by a button', async () => {
    const page = await open(urlOf('page.html'));
    const ground = (): Promise<string> =>
      page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const light = await ground();
    const button = page.getByRole('button', { name: 'Theme' });
    await button.click();
    expect(await ground()).toBe(light);
    await button.click();
    await expect.poll(ground).not.toBe(light);
    await close(page);
  });

  it('shows what a hostile log says, and does not do it', async () => {
    const nasty = `</script><img src="http://evil.test/x" onerror="document.title='taken'">\u001b[2J\u001b]0;x\u0007\u202e`;
    const logs = data.logs.map((log) => ({
      ...log,
      name: nasty,
      records: log.records.map((record) => ({ ...record, text: nasty, task: nasty })),
    }));
    const { schema: _, ...parts } = data;
    writeFileSync(join(folder, 'hostile.html'), renderPage(template, { ...parts, logs, reproduce: nasty }));
    const page = await open(`${urlOf('hostile.html')}#logs`);
    await page.locator('.cards a').click();
    const shown = nasty.replaceAll('\u001b', '␛').replaceAll('\u0007', '␇').replaceAll('\u202e', '<U+202E>');
    expect(await page.locator('.raw').first().innerText()).toBe(shown);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).not.toBe('taken');
    await close(page);
  });

  describe('live', () => {
    const at = world({ template: () => template, listen: listenOnLoopback });
    let ended: Promise<number>;
    let url = '';
    beforeAll(async () => {
      ended = ballast('explore --variant v3 --scope single', at).then(({ exit }) => exit);
      await vi.waitFor(() => expect(at.out()).toContain('http://'), 10_000);
      url = at.out().trim();
    });
    afterAll(async () => {
      at.interrupt();
      expect(await ended).toBe(0);
    });

    it('steps, says who refuses, goes back, and can be shared', async () => {
      const page = await open(url);
      await page.locator('[data-label="max.set(pages 3)"]').click();
      await page.locator('[data-label="target.set(pages 3)"]').click();
      await page.locator('[data-label="hotplug.done"]').waitFor();
      expect(await page.locator('.steps li').count()).toBe(3);
      const shared = page.url();
      expect(shared).toMatch(/#live=v3\/single&of=[0-9a-f]{8}&walk=\d+\.\d+$/);
      await page.getByText('Refused:').click();
      expect(await page.locator('.refused').innerText()).toContain('takes it only in');
      await page.getByRole('button', { name: 'Go back' }).click();
      await page.locator('[data-label="target.set(pages 3)"]').waitFor();
      await page.goBack();
      await page.locator('[data-label="hotplug.done"]').waitFor();
      expect(page.url()).toBe(shared);
      await page.getByRole('button', { name: 'Restart' }).click();
      await page.locator('[data-label="max.set(pages 3)"]').waitFor();
      const other = await open(shared);
      await other.locator('[data-label="hotplug.done"]').waitFor();
      expect(await axeFinds(other)).toEqual([]);
      await close(other);
      await close(page);
    });

    it('loads a counterexample and lights up what it breaks', async () => {
      const page = await open(url);
      await page.getByRole('button', { name: 'Find counterexamples' }).click();
      await page.getByLabel('Counterexample').selectOption('I-10');
      await expect.poll(() => page.locator('.balance.broken').innerText()).toContain('I-10');
      const steps = data.cases.find(({ id }) => id === CASE)?.steps.length ?? 0;
      expect(await page.locator('.steps li').count()).toBe(steps + 1);
      await page.getByRole('button', { name: 'Go back' }).click();
      await expect.poll(() => page.locator('.balance.broken').count()).toBe(0);
      expect(await page.locator('.take .mark').allInnerTexts()).toEqual(['✗ breaks I-10']);
      await close(page);
    });

    it('says that a link is of other labels', async () => {
      const page = await open(url.replace('walk=', 'of=00000000&walk=0'));
      expect(await page.getByRole('alert').innerText()).toContain('WALK_STALE');
      await page.getByRole('button', { name: 'Restart' }).click();
      await page.locator('.take').first().waitFor();
      trouble = trouble.filter((text) => !text.includes('400 (Bad Request)'));
      await close(page);
    });

    it('says what is wrong with a walk', async () => {
      const page = await open(url.replace('walk=', 'walk=0.0'));
      expect(await page.getByRole('alert').innerText()).toContain('LABEL_REFUSED');
      // The refusal itself is what Chromium reports.
      trouble = trouble.filter((text) => !text.includes('400 (Bad Request)'));
      await close(page);
    });
  });
});
