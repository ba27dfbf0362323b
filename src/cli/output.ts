/**
 * Texts that go where somebody said. A place that cannot be written to ends the command (OUT_NOT_WRITABLE); it is no bug of ours.
 */
import type { Problem } from '../core/result.ts';
import type { Io } from './io.ts';

/** Caught by `run`. */
export class NotWritable extends Error {
  readonly problem: Problem;
  constructor(where: string, error: unknown) {
    super(`cannot write ${where}: ${error instanceof Error ? error.message : String(error)}`);
    this.problem = { code: 'OUT_NOT_WRITABLE', message: this.message };
  }
}

/** Does what writes to this file or folder. */
export function writingTo(where: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    throw new NotWritable(where, error);
  }
}

/** Into the file, or to stdout where none is named. */
export function writeText(io: Io, file: string | undefined, text: string): void {
  if (file === undefined) io.out(text);
  else writingTo(file, () => io.files.write(file, text));
}

/** Into the folder, which is made: texts by the names of their files. */
export function writeFolder(io: Io, folder: string, texts: Iterable<readonly [string, string]>): void {
  writingTo(folder, () => {
    io.files.makeFolder(folder);
    for (const [name, text] of texts) io.files.write(`${folder}/${name}`, text);
  });
}
