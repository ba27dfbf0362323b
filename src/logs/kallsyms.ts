/**
 * Symbols of a running kernel, as /proc/kallsyms lists them: `address type name [module]`.
 * Only names and types are used; addresses read as zeros for those who may not see them.
 */
import { fail, ok, type Result } from '../core/result.ts';
import type { TextLine } from './lines.ts';

export interface KernelSymbols {
  /** How many text symbols have this name; a probe on a name that occurs twice is refused, or lands on either. */
  readonly functions: ReadonlyMap<string, number>;
  readonly variables: ReadonlySet<string>;
}

const LINE = /^[0-9a-f]{1,16} ([A-Za-z?-]) ([A-Za-z_.$][\w.$]{0,510})(?:\s+\[\w[\w-]{0,62}\])?$/;
const MALFORMED_MAX = 10;

/** Codes: KALLSYMS_EMPTY no symbol at all · KALLSYMS_LINE something else than symbols (the first ten are told). */
export function parseKallsyms(file: string, lines: Iterable<TextLine>): Result<KernelSymbols> {
  const functions = new Map<string, number>();
  const variables = new Set<string>();
  const odd: TextLine[] = [];
  for (const line of lines) {
    if (line.text.trim() === '') continue;
    const [, type, name] = LINE.exec(line.text.trimEnd()) ?? [];
    if (type === undefined || name === undefined) odd.push(line);
    else if (/[tTwW]/.test(type)) functions.set(name, (functions.get(name) ?? 0) + 1);
    else variables.add(name);
    if (odd.length >= MALFORMED_MAX) break;
  }
  if (odd.length > 0)
    return fail(
      ...odd.map(({ number, text }) => ({
        code: 'KALLSYMS_LINE',
        message: 'the line is no symbol',
        where: { file, line: number },
        expected: 'address type name [module]',
        got: text.slice(0, 200),
      })),
    );
  if (functions.size === 0)
    return fail({ code: 'KALLSYMS_EMPTY', message: 'no function in it', where: { file, line: 1 } });
  return ok({ functions, variables });
}
