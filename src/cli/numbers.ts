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
