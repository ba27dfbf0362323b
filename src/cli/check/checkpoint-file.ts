/**
 * A search in between, in a file: a line that says what the file is, a line of JSON, bulk, and a digest of all before it.
 * Written aside, flushed and renamed, so that there is always a whole one: the last, or the one before.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Snapshot } from '../../search/search.ts';
import { replaceFile } from '../files.ts';

const FORMAT = 'ballast checkpoint 1\n';
const PIECE = 1 << 20;
const DIGEST = 'sha256';
const DIGEST_BYTES = 32;

interface Head {
  /** Which program wrote it, and for which search. */
  readonly build: string;
  readonly task: string;
  readonly facts: Snapshot['facts'];
  readonly lengths: readonly number[];
}

/** Throws what the file system throws (a full disk, say); the file at `path` is then the one before. */
export function writeCheckpoint(path: string, build: string, task: string, snapshot: Snapshot): void {
  const lengths = snapshot.parts.map(({ length }) => length);
  const head: Head = { build, task, facts: snapshot.facts, lengths };
  const digest = createHash(DIGEST);
  replaceFile(path, (write) => {
    for (const part of [Buffer.from(`${FORMAT}${JSON.stringify(head)}\n`), ...snapshot.parts])
      for (let at = 0; at < part.length; at += PIECE) {
        // A copy: what the search holds is shared memory.
        const piece = Uint8Array.from(part.subarray(at, at + PIECE));
        digest.update(piece);
        write(piece);
      }
    write(digest.digest());
  });
}

/** Problems: CHECKPOINT_OLD (another format), CHECKPOINT_BROKEN, CHECKPOINT_OTHER (of another program or search). */
export function readCheckpoint(path: string, build: string, task: string): Result<Snapshot> {
  const where = { file: path, line: 1 };
  const broken = (message: string) =>
    fail({ code: 'CHECKPOINT_BROKEN', message: `${path} ${message}`, where });
  const file = openSync(path, 'r');
  try {
    const digest = createHash(DIGEST);
    const take = (length: number, hashed = true): Uint8Array | undefined => {
      const bytes = new Uint8Array(length);
      let at = 0;
      while (at < length) {
        const got = readSync(file, bytes, at, Math.min(length - at, PIECE), null);
        if (got === 0) return undefined;
        at += got;
      }
      if (hashed) digest.update(bytes);
      return bytes;
    };
    const format = take(FORMAT.length);
    if (format === undefined || Buffer.from(format).toString() !== FORMAT)
      return fail({
        code: 'CHECKPOINT_OLD',
        message: `${path} is no checkpoint of this version`,
        where,
        expected: FORMAT.trim(),
      });
    const head = headOf(lineOf(take));
    if (head === undefined) return broken('has no readable head');
    if (head.build !== build || head.task !== task)
      return fail({
        code: 'CHECKPOINT_OTHER',
        message: `${path} was written by another build, or for another search`,
        where,
      });
    const parts = head.lengths.map((length) => take(length));
    const said = take(DIGEST_BYTES, false);
    if (said === undefined || parts.includes(undefined)) return broken('ends too early');
    if (!Buffer.from(said).equals(digest.digest())) return broken('is not what was written');
    return ok({ facts: head.facts, parts: parts.flatMap((part) => part ?? []) });
  } finally {
    closeSync(file);
  }
}

function lineOf(take: (length: number) => Uint8Array | undefined): string {
  const bytes: number[] = [];
  for (;;) {
    const byte = take(1)?.[0];
    if (byte === undefined || byte === 10) return Buffer.from(bytes).toString();
    bytes.push(byte);
  }
}

function headOf(line: string): Head | undefined {
  try {
    const { build, task, facts, lengths } = JSON.parse(line) as Partial<Head>;
    const isWhole = typeof build === 'string' && typeof task === 'string' && facts !== undefined;
    return isWhole && Array.isArray(lengths) ? { build, task, facts, lengths } : undefined;
  } catch {
    return undefined;
  }
}
