/**
 * What XState said about the charts of one model, kept in a file between processes. The file is named by a digest of all that the
 * answers depend on: the program (with XState and node, `programBuild`), the protocol, the guest form and the scope, in full.
 * Charts are made from these three by the program and from nothing else, so what another build, a patched variant or another scope
 * would say is another file.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { threadId } from 'node:worker_threads';
import type { KeptAnswers } from '../../check/run-search.ts';
import type { ChartAnswers } from '../../compile/answers.ts';

/** Where answers are kept, and by which program (`programBuild`). */
export interface AnswersPlace {
  readonly folder: string;
  readonly build: string;
}

/** Builds whose answers stay; those used longest ago go first. */
const BUILDS = 4;
const DIGEST = 'sha256';
const DIGEST_BYTES = 32;

/** `inputs`: plain data that the model is made from. Nothing is kept of inputs with a function in them, or where nothing can be written. */
export function keptAnswers({ folder, build }: AnswersPlace, inputs: readonly unknown[]): KeptAnswers {
  const text = textOf(inputs);
  if (text === undefined) return { known: [], keep: () => {} };
  const name = createHash(DIGEST).update(`${build}\n${text}`).digest('hex');
  const home = join(folder, `answers-${build.slice(0, 16)}`);
  const file = join(home, name);
  return {
    known: read(file, name) ?? [],
    keep: (all) => {
      try {
        makeHome(folder, home);
        const aside = `${file}.${process.pid}.${threadId}`;
        writeFileSync(aside, sealed(name, serialize(all)));
        renameSync(aside, file);
      } catch {
        // Without it the next process asks again.
      }
    },
  };
}

/** A digest of the name and of what follows, then that. */
function sealed(name: string, body: Uint8Array): Uint8Array {
  return Buffer.concat([createHash(DIGEST).update(name).update(body).digest(), body]);
}

/** Undefined where there is none, or not what was written under this name. */
function read(file: string, name: string): readonly ChartAnswers[] | undefined {
  try {
    const bytes = readFileSync(file);
    const body = bytes.subarray(DIGEST_BYTES);
    return bytes.equals(sealed(name, body)) ? (deserialize(body) as readonly ChartAnswers[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the folder of this build; where it is new, those of builds before the last few go. */
function makeHome(folder: string, home: string): void {
  if (mkdirSync(home, { recursive: true }) === undefined) return;
  const others = readdirSync(folder)
    .filter((name) => name.startsWith('answers-'))
    .map((name) => join(folder, name))
    .filter((path) => path !== home)
    .map((path) => ({ path, at: statSync(path).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of others.slice(BUILDS - 1)) rmSync(path, { recursive: true, force: true });
}

/** Undefined where JSON would leave something out. */
function textOf(inputs: readonly unknown[]): string | undefined {
  let isPlain = true;
  const text = JSON.stringify(inputs, (_, value: unknown) => {
    if (['function', 'symbol', 'bigint'].includes(typeof value)) isPlain = false;
    return value;
  });
  return isPlain ? text : undefined;
}
