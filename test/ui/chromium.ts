/** A headless Chromium of this machine, where there is one. */
import { execFileSync } from 'node:child_process';
import { type Browser, chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

function which(name: string): string | undefined {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Undefined where there is none; then the tests that need it are skipped, and say so. */
export const chromiumPath: string | undefined = NAMES.map(which).find((path) => path !== undefined);
if (chromiumPath === undefined)
  process.stderr.write(`no ${NAMES.join(', ')}: the page is not tested in a browser\n`);

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath ?? '', args: ['--no-sandbox', '--disable-lcd-text'] });
