/** `ballast validate -` as a process with a small heap, fed with a stream of the given size. */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { compiled } from './compiled.ts';
import { endlessLog } from './endless-log.ts';

/** V8 gives up beyond this, with another exit code than ours. */
const HEAP_MIB = 64;

export interface Watched {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export async function watchInBoundedMemory(bytes: number, noise: number): Promise<Watched> {
  const home = compiled();
  try {
    const main = join(home, 'build/src/cli/main.js');
    const child = spawn(process.execPath, [
      `--max-old-space-size=${HEAP_MIB}`,
      main,
      'validate',
      '-',
      '--quiet',
    ]);
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    const ended = new Promise<number | null>((resolve) => {
      child.on('close', resolve);
    });
    await pipeline(Readable.from(endlessLog(bytes, noise)), child.stdin);
    return { code: await ended, out, err };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
