/** What a check with `--models` may go on with: the files that it loaded, and all that these import. */
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findInterrupted, Resumable } from '../../src/cli/check/resumable.ts';
import { closureText } from '../../src/cli/closure.ts';
import { world } from './fake-io.ts';

const PACKAGE = resolve('node_modules/odd-numbers/package.json');
const TREE: Readonly<Record<string, string>> = {
  'mine/model.ts': `
    import { defineVariant } from 'ballast';
    import { three } from 'odd-numbers';
    import type { Shape } from "./shape";
    export * from '../shared/index.js';
    const late = await import(\`./late.mjs\`);
    const table = readFileSync('./table.txt');`,
  'mine/shape.ts': `import './model.ts'; export interface Shape {}`,
  'mine/late.mjs': `export { four } from './deep/four.json';`,
  'mine/deep/four.json': '4',
  'mine/table.txt': '1 2 3',
  'shared/index.ts': `const old = require('./legacy');`,
  'shared/legacy/index.cjs': 'module.exports = {};',
  'mine/other.ts': 'nobody imports it',
  [PACKAGE]: '{ "version": "3.0.0" }',
};
const MEMBERS = Object.keys(TREE).filter((path) => path !== 'mine/other.ts');
const closure = (tree: Readonly<Record<string, string>>) =>
  closureText(['mine/model.ts'], world({}, tree).io.files);

it('finds what is imported, by any of its names, and stops', () => {
  const paths = closure(TREE)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' ')[0]);
  expect(paths.sort()).toEqual([...MEMBERS].sort());
});

it('is another text where any of them is another by one character, or gone, and else the same', () => {
  for (const path of MEMBERS) {
    expect(closure({ ...TREE, [path]: `${TREE[path]} ` })).not.toBe(closure(TREE));
    expect(closure(Object.fromEntries(Object.entries(TREE).filter(([its]) => its !== path)))).not.toBe(
      closure(TREE),
    );
  }
  expect(closure({ ...TREE, 'mine/other.ts': 'changed', 'mine/new.ts': '' })).toBe(closure(TREE));
  // What would be found before one that is there.
  expect(closure({ ...TREE, 'mine/shape.js': '' })).not.toBe(closure(TREE));
});

it.each([
  ['mine/model.ts', 'CHECKPOINT_OTHER'],
  ['mine/deep/four.json', 'CHECKPOINT_OTHER'],
  ['mine/other.ts', undefined],
])('a check does not go on after a change of what it loaded: %s', (path, code) => {
  const { io, files } = world({}, TREE);
  const flags = { models: ['mine/model.ts'] };
  const resumable = new Resumable(io, { folder: 'out/check-1', flags, done: {} }, 1000);
  resumable.begin();
  expect(findInterrupted(io, 'out', undefined).ok).toBe(true);
  files.set(path, `${TREE[path]} `);
  const found = findInterrupted(io, 'out', undefined);
  expect(found.ok ? undefined : found.problems[0]?.code).toBe(code);
});
