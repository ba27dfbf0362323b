/** A place that cannot be written to ends every verb the same way, and is no bug of ours. */
import { expect, it } from 'vitest';
import { ballast, world } from './fake-io.ts';

function readOnly() {
  const at = world();
  const denied = () => {
    throw new Error('EROFS: read-only file system');
  };
  const files = { ...at.io.files, write: denied, writePieces: denied, makeFolder: denied };
  return { ...at, io: { ...at.io, files } };
}

it.each([
  'gen tests --finding W3d -o w3d.sh',
  'gen tests --out tests',
  'export promela --variant v0 --scope single --out spin',
  'fuzz --variant v3 --runs 1 --steps 1 --out fuzz',
])('%s', async (words) => {
  const ran = await ballast(words, readOnly());
  expect(ran.exit).toBe(64);
  expect(ran.err()).toMatch(/^ballast: OUT_NOT_WRITABLE cannot write \S+: EROFS/m);
  expect(ran.err()).not.toContain('INTERNAL');
});

it('an unknown verb is unknown with --help too', async () => {
  const ran = await ballast('chek --help');
  expect(ran.exit).toBe(64);
  expect(ran.err()).toContain('UNKNOWN_COMMAND');
});

it('every unknown option of a line is told, and what may have been meant', async () => {
  const ran = await ballast('check --varint v3 --property I-9 --foo --scop=full');
  expect(ran.exit).toBe(64);
  expect(ran.err().split('\n')).toEqual([
    "ballast: UNKNOWN_OPTION unknown option '--varint' (Did you mean --variant?)",
    "ballast: UNKNOWN_OPTION unknown option '--foo'",
    "ballast: UNKNOWN_OPTION unknown option '--scop' (Did you mean --scope?)",
    'ballast: see ballast check --help',
    '',
  ]);
  expect((await ballast('gen tests --foo')).err()).toContain('ballast: see ballast gen tests --help');
});
