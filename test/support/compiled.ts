/** The program compiled into a folder of its own below node_modules, where packages are found, so that no test depends on dist. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The folder; the program is `build/src/cli/main.js` in it. Whoever asks removes it. */
export function compiled(): string {
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, 'ballast-test-'));
  writeFileSync(join(home, 'package.json'), '{ "type": "module", "version": "0.0.0-test" }');
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  // --noCheck: the types are another test's business.
  execFileSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--outDir', join(home, 'build')],
    { cwd: ROOT },
  );
  return home;
}
