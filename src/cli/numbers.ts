/**
 * Whole numbers on the command line. Not given is undefined, not usable is a problem (FLAG_NUMBER) and undefined.
 */
import type { Problem } from '../core/result.ts';

export type WholeNumber = (
  flag: string,
  text: string | undefined,
  least: number,
  most?: number,
) => number | undefined;

/** A reader that adds to these problems. */
export const wholeNumbers =
  (problems: Problem[]): WholeNumber =>
  (flag, text, least, most = Number.MAX_SAFE_INTEGER) => {
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
    problems.push({
      code: 'FLAG_NUMBER',
      message: `--${flag} is not usable`,
      expected: `a whole number ${range}`,
      got: text,
    });
    return undefined;
  };

const UNITS = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 } as const;

/** Bytes: `512M`, `4GiB`, `1000000`. Not given is undefined, not usable is a problem (FLAG_SIZE) and undefined. */
export function bytesOf(problems: Problem[], flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const found = /^(\d+(?:\.\d+)?)([KMG]?)(?:i?B)?$/i.exec(text.trim());
  const unit = (found?.[2] ?? '').toUpperCase() as keyof typeof UNITS;
  const bytes = found === null ? 0 : Math.floor(Number(found[1]) * UNITS[unit]);
  if (bytes >= BYTES_MIN) return bytes;
  problems.push({
    code: 'FLAG_SIZE',
    message: `--${flag} is not usable`,
    expected: 'a size of at least 16M, for example 512M or 4G',
    got: text,
  });
  return undefined;
}

/** Less would not hold the tables of a small scope. */
const BYTES_MIN = 16 * UNITS.M;

const TIMES = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** A length of time: `500ms`, `30s`, `10m`, `1h`. Not given is undefined, not usable is a problem (FLAG_TIME) and undefined. */
export function milliseconds(
  problems: Problem[],
  flag: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) return undefined;
  const found = /^(\d+)(ms|s|m|h)$/.exec(text);
  const value = Number(found?.[1]) * TIMES[(found?.[2] ?? 'ms') as keyof typeof TIMES];
  if (value > 0) return value;
  problems.push({
    code: 'FLAG_TIME',
    message: `--${flag} is not usable`,
    expected: 'a time, for example 30s or 10m',
    got: text,
  });
  return undefined;
}
