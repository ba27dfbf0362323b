/** What is read is what was written, or it is refused; what cannot be written leaves what was there. */
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../src/cli/check/checkpoint-file.ts';
import type { Snapshot } from '../../src/search/search.ts';

const home = mkdtempSync(join(tmpdir(), 'ballast-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const file = join(home, '0.checkpoint');

const facts = { depth: 3, layerEnd: 9, next: 7, size: 12, bits: [4, 0], origins: [[0, 1], []], refusals: [] };
const shared = new Uint8Array(new SharedArrayBuffer(3_000_000)).fill(7);
const snapshot: Snapshot = { facts, parts: [shared, new Uint8Array(0), Uint8Array.of(1, 2, 3)] };
const write = (of = snapshot) => writeCheckpoint(file, 'build', 'task', of);
const codes = (build = 'build', task = 'task') => {
  const read = readCheckpoint(file, build, task);
  return read.ok ? [] : read.problems.map(({ code }) => code);
};

describe('a checkpoint', () => {
  it('comes back whole', () => {
    write();
    const read = readCheckpoint(file, 'build', 'task');
    expect(read.ok && read.value.facts).toEqual(facts);
    expect(read.ok && read.value.parts.map((part) => Buffer.from(part).equals(Buffer.from(part)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(read.ok && read.value.parts.map((part) => [part.length, part[0], part.at(-1)])).toEqual([
      [3_000_000, 7, 7],
      [0, undefined, undefined],
      [3, 1, 3],
    ]);
  });

  it('is refused for another build, and for another search', () => {
    write();
    expect(codes('another')).toEqual(['CHECKPOINT_OTHER']);
    expect(codes('build', 'another')).toEqual(['CHECKPOINT_OTHER']);
  });

  it('is refused wherever a byte of it has changed, or is missing', () => {
    write();
    const whole = readFileSync(file);
    for (const at of [0, 25, 60, 400, 1_000_000, whole.length - 40, whole.length - 1]) {
      const changed = Uint8Array.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(codes(), `byte ${at}`).toEqual([expect.stringMatching(/^CHECKPOINT_(OLD|BROKEN|OTHER)$/)]);
    }
    for (const length of [0, 10, 60, 2_000_000, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      expect(codes(), `${length} bytes`).toEqual([expect.stringMatching(/^CHECKPOINT_(OLD|BROKEN)$/)]);
    }
  });

  it('of another format is refused as old', () => {
    writeFileSync(file, 'ballast checkpoint 0\n{}\n');
    expect(codes()).toEqual(['CHECKPOINT_OLD']);
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk is not written, and the one before stays', () => {
    write();
    symlinkSync('/dev/full', `${file}.new`);
    expect(() => write({ ...snapshot, facts: { ...facts, depth: 99 } })).toThrow(/ENOSPC/);
    const read = readCheckpoint(file, 'build', 'task');
    expect(read.ok && read.value.facts.depth).toBe(3);
    expect(existsSync(`${file}.new`)).toBe(false);
  });
});
