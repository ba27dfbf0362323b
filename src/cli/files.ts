/**
 * Files that must never be half written.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * What `produce` writes becomes the file at `path`: written aside, flushed, renamed. Throws what the file system throws (a full
 * disk, say); then the file is the one before.
 */
export function replaceFile(path: string, produce: (write: (bytes: Uint8Array) => void) => void): void {
  const aside = `${path}.new`;
  const file = openSync(aside, 'w');
  try {
    produce((bytes) => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    });
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(aside, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(aside, path);
  // The new name is safe once the folder is.
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

export const writeAside = (path: string, text: string): void =>
  replaceFile(path, (write) => write(Buffer.from(text)));
