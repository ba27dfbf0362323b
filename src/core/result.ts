/**
 * Bad input is a value, our own bug throws.
 * A `Problem` says what was wrong, where, and what was expected; a `Result` carries all of them at once.
 */

/** Where in the user's input a problem lies; `line` counts from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Problem {
  /** Stable, upper-case, never reused for another meaning. */
  readonly code: string;
  readonly message: string;
  readonly where?: Place;
  readonly expected?: string;
  readonly got?: string;
}

export type Result<T> = { readonly ok: true; readonly value: T } | Failure;
export interface Failure {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (...problems: readonly Problem[]): Failure => ({ ok: false, problems });

/** Unwraps a result that cannot fail for the reason given; throws with every problem if it does (a bug of ours). */
export function expectOk<T>(result: Result<T>, because: string): T {
  if (result.ok) return result.value;
  throw new Error(
    `expected no problem because ${because}, got: ${result.problems.map(problemText).join('; ')}`,
  );
}

/** Names of files are somebody else's text too: nothing in them reaches a terminal but what can be printed. */
export const printable = (text: string): string => text.replace(/\p{Cc}/gu, '?');

/** `CODE file:line: message (expected …, got …)`, on one line. */
export function problemText(problem: Problem): string {
  const where = problem.where === undefined ? '' : `${problem.where.file}:${problem.where.line}: `;
  const details = [
    ...(problem.expected === undefined ? [] : [`expected ${problem.expected}`]),
    ...(problem.got === undefined ? [] : [`got ${problem.got}`]),
  ];
  return printable(
    `${problem.code} ${where}${problem.message}${details.length === 0 ? '' : ` (${details.join(', ')})`}`,
  );
}
