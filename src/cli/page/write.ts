/**
 * A text into a file that somebody named.
 */
import type { Problem } from '../../core/result.ts';
import type { Io } from '../io.ts';

/** OUT_NOT_WRITABLE, or nothing. */
export function writeText(file: string, text: string, io: Io): Problem | undefined {
  try {
    io.files.write(file, text);
    return undefined;
  } catch (error) {
    const message = `cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`;
    return { code: 'OUT_NOT_WRITABLE', message };
  }
}
