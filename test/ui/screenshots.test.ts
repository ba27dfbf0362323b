/** Pictures of the page for reports/screenshots. Written only on request: `npm run screenshots`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { describe, expect, it, vi } from 'vitest';
import { listenOnLoopback } from '../../src/cli/page/server.ts';
import { world } from '../cli/fake-io.ts';
import { buildTemplate } from './built.ts';
import { chromiumPath, openBrowser } from './chromium.ts';
import { ballast, PAGE, pageWorld } from './small-page.ts';

const FOLDER = fileURLToPath(new URL('../../reports/screenshots', import.meta.url));
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const BYTES_MAX = 300_000;
const WAIT_MS = 10 * 60_000;

/** A view, and at which widths and in which colours it is kept. */
const VIEWS = [
  ['verdicts', '#verdicts', 'all'],
  ['counterexample', '#case=v3-full-I-10&step=22', 'all'],
  ['double-claim', '#case=v0-full-I-2&step=6', 'light'],
  ['chart', '#chart=v3/section', 'light'],
  ['coverage', '#coverage', 'light'],
  ['requirements', '#requirements', 'light'],
  ['log', '#log=04-offline-movable&record=257', 'all'],
] as const;

const LOOKS = [
  [1280, 'light'],
  [1280, 'dark'],
  [390, 'light'],
  [390, 'dark'],
] as const;

async function shoot(page: Page, name: string): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled', clip: await clipOf(page) });
  expect([name, statSync(path).size < BYTES_MAX]).toEqual([name, true]);
}

/** A page may be long; what is far below says nothing new. */
async function clipOf(page: Page) {
  const height = (await page.evaluate('document.documentElement.scrollHeight')) as number;
  const width = page.viewportSize()?.width ?? 0;
  return { x: 0, y: 0, width, height: Math.min(height, width > 600 ? 1250 : 2400) };
}

describe.runIf(process.env['BALLAST_SCREENSHOTS'] === '1' && chromiumPath !== undefined)(
  'screenshots',
  () => {
    it(
      'of every view',
      async () => {
        const template = await buildTemplate();
        const made = await ballast(
          `report --quiet -o ${PAGE} --log test/logs/04-offline-movable test/logs/02-hotplug`,
          pageWorld(template, {}, { version }),
        );
        expect(made.exit).toBe(0);
        const scratch = mkdtempSync(join(tmpdir(), 'ballast-shots-'));
        const browser = await openBrowser();
        const at = world({ version, template: () => template, listen: listenOnLoopback });
        const explore = ballast('explore --variant v3 --scope pair', at);
        try {
          if (!existsSync(FOLDER)) mkdirSync(FOLDER, { recursive: true });
          writeFileSync(join(scratch, PAGE), made.files.get(PAGE) ?? '');
          await vi.waitFor(() => expect(at.out()).toContain('http://'));
          const live = `${at.out().trim()}2.3.12.38.47.48.49.58.62.23.64.66.10.25.29.68.72.76.64`;
          for (const [width, colorScheme] of LOOKS) {
            const context = await browser.newContext({
              viewport: { width, height: width > 600 ? 900 : 844 },
              colorScheme,
              reducedMotion: 'reduce',
            });
            const page = await context.newPage();
            for (const [name, hash, looks] of VIEWS) {
              if (looks === 'light' && colorScheme === 'dark') continue;
              await page.goto('about:blank');
              await page.goto(pathToFileURL(join(scratch, PAGE)).href + hash);
              await page.locator('h1').waitFor();
              await shoot(page, `${name}-${width}-${colorScheme}`);
            }
            if (colorScheme === 'light') {
              await page.goto(live);
              await page.locator('.take').first().waitFor();
              await shoot(page, `live-${width}-light`);
            }
            await context.close();
          }
        } finally {
          await browser.close();
          at.interrupt();
          await explore;
          rmSync(scratch, { recursive: true, force: true });
        }
      },
      WAIT_MS,
    );
  },
);
