/** House rules are tests. Each rule is first shown to catch a planted violation, then applied to the tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  ambientAccess,
  codeOf,
  defaultExport,
  importsAgainstTheLayers,
  machineNames,
  type Rule,
  type Source,
  tooLong,
} from './support/tidy.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const texts = textFiles();
const sources = texts.filter(({ path }) => /^(src|models|properties|reports|test)\/.*\.tsx?$/.test(path));

const at = (path: string, ...lines: readonly string[]): Source => ({ path, text: `${lines.join('\n')}\n` });
const machine = (...pieces: readonly string[]): string => pieces.join('');

interface RuleCase {
  readonly name: string;
  readonly rule: Rule;
  readonly over: readonly Source[];
  readonly planted: readonly Source[];
  readonly innocent: readonly Source[];
}

const rules: readonly RuleCase[] = [
  {
    name: 'imports follow the layers',
    rule: importsAgainstTheLayers,
    over: sources,
    planted: [
      at('src/core/a.ts', "import { x } from '../compile/x.ts';"),
      at('src/compile/a.ts', 'import {', '  x,', "} from '../../models/x.ts';"),
      at('src/search/a.ts', "export type { X } from '../../properties/x.ts';"),
      at('src/step/a.ts', "import '../logs/x.ts';"),
      at('src/trace/a.ts', "const x = await import('../search/x.ts');"),
      at('models/a.ts', "import type { X } from '../src/compile/x.ts';"),
      at('reports/a.ts', "import { x } from '../properties/x.ts';"),
      at('src/check/a.ts', "import { x } from '../cli/x.ts';"),
      at('src/cli/a.ts', "import { x } from '../../test/support/x.ts';"),
      at('src/core/a.ts', "import pkg from '../../package.json' with { type: 'json' };"),
      at('src/attic/a.ts', 'export const x = 1;'),
      at('src/a.ts', 'export const x = 1;'),
    ],
    innocent: [
      at('src/core/a.ts', "import { x } from './x.ts';", "import { match } from 'ts-pattern';"),
      at('src/compose/a.ts', "import { x } from '../compile/x.ts';", "import { y } from '../core/y.ts';"),
      at('reports/a.ts', "import type { X } from '../properties/x.ts';"),
      at('src/core/a.ts', "// import { x } from '../cli/x.ts';", `const s = "import '../cli/x.ts'";`),
      at('src/cli/a.ts', "import { x } from '../search/x.ts';", "import { y } from '../../reports/y.ts';"),
      at('test/a.test.ts', "import { x } from '../src/cli/x.ts';"),
    ],
  },
  {
    name: 'clock, chance, process and console stay in src/cli and test',
    rule: ambientAccess,
    over: sources,
    planted: [
      at('src/search/a.ts', 'const x = Math.random();'),
      at('src/search/a.ts', 'const x = Date.now();'),
      at('models/a.ts', 'const x = new Date();'),
      at('properties/a.ts', "const x = process.env['HOME'];"),
      at('reports/a.ts', "console.log('x');"),
      at('reports/a.ts', 'const x = `at ${Date.now()}`;'),
    ],
    innocent: [
      at('src/search/a.ts', '// The balloon process. See console.log and Date.now().'),
      at('src/search/a.ts', "const s = 'process.exit'; const t = `console.log`; const r = /new Date(x)/;"),
      at('src/search/a.ts', 'const x = run.process.id + reprocess.count;'),
      at('src/cli/a.ts', 'console.log(Date.now(), process.argv);'),
      at('test/a.test.ts', 'console.log(new Date());'),
    ],
  },
  {
    name: 'no file is longer than 500 lines',
    rule: tooLong,
    over: sources,
    planted: [{ path: 'src/core/a.ts', text: 'x\n'.repeat(501) }],
    innocent: [{ path: 'src/core/a.ts', text: 'x\n'.repeat(500) }],
  },
  {
    name: 'exports are named',
    rule: defaultExport,
    over: sources,
    planted: [
      at('src/core/a.ts', 'export default function x() {}'),
      at('models/a.ts', 'const x = 1;', 'export { x as default };'),
    ],
    innocent: [
      at('src/core/a.ts', 'export const x = 1; // not export default'),
      at('test/x.config.ts', 'export default {};'),
    ],
  },
  {
    name: 'no path of one machine, no host name of a registry',
    rule: machineNames,
    over: texts,
    planted: [
      at('README.md', machine('cd /wo', 'rk/main')),
      at('test/logs/a.log', machine('file:///fa', 'rm/x')),
      at('.npmrc', machine('https://regis', 'try.npmjs.org/')),
      at('lab/build.sh', machine('http://deb.', 'debian.org/')),
      at('package-lock.json', machine('"resol', 'ved": "http://localhost:4873/x.tgz"')),
    ],
    innocent: [
      at('README.md', machine('kernel/workqueue.c, a/wo', 'rk/b, /worker, /farmer, "resolved": true')),
    ],
  },
];

describe.each(rules)('$name', ({ rule, over, planted, innocent }) => {
  it.each(planted)('catches $path: $text', (source) => {
    expect(rule(source)).not.toEqual([]);
  });

  it.each(innocent)('accepts $path: $text', (source) => {
    expect(rule(source)).toEqual([]);
  });

  it('holds in the tree', () => {
    expect(over.length).toBeGreaterThan(0);
    expect(over.flatMap(rule)).toEqual([]);
  });
});

describe('reading code', () => {
  it.each([
    ["a('b') // c", "a(' ')     "],
    ['a /* b\nc */ d', 'a     \n     d'],
    ['`a${b}c` + d', '` ${b} ` + d'],
    ['`${{ a: `${b}` }}c`;d', '`${{ a: `${b}` }} `;d'],
    ["x = /'/; 'a'", "x =    ; ' '"],
    ['a / b / c', 'a / b / c'],
    ["'it\\'s' a", "'     ' a"],
  ])('blanks all but code in %j', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});

/**
 * Every text file that is or may be committed: all but what .gitignore names. We walk rather than ask git, so that the
 * rules also hold in an unpacked archive. A line of .gitignore is a plain name, or a path from the root after `/`.
 */
function textFiles(): readonly Source[] {
  const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const skip = new Set(['.git', ...ignored]);
  const walk = (folder: string): readonly Source[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((entry) => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (skip.has(entry.name) || skip.has(`/${path}`)) return [];
        if (entry.isDirectory()) return walk(path);
        if (!entry.isFile()) return [];
        const bytes = readFileSync(join(ROOT, path));
        return bytes.subarray(0, 8192).includes(0) ? [] : [{ path, text: bytes.toString('utf8') }];
      });
  return walk('');
}
