/** Which values a traced function may return, whatever it did before. */
import { type Clash, isErrno, isVeto } from './calls.ts';
import type { Returns, TracedFunction } from './probes.ts';

/** Source: Linux drivers/xen/balloon.c `frame_list`: one page of frame numbers. */
export const BATCH_PAGES = 512;

interface Rule {
  readonly expected: string;
  readonly allows: (ret: number) => boolean;
}

const RULES: Readonly<Record<Exclude<Returns['kind'], 'state'>, Rule>> = {
  void: { expected: '0 (nothing is returned)', allows: (ret) => ret === 0 },
  errno: { expected: '0 or -errno', allows: (ret) => ret === 0 || isErrno(ret) },
  // Xen answers a refused or faulty request with the extents done so far; -errno would take an XSM policy.
  extents: { expected: `0..${BATCH_PAGES} extents`, allows: (ret) => ret >= 0 && ret <= BATCH_PAGES },
  notifier: {
    expected: '0, 1 or a veto (0x8000 set)',
    allows: (ret) => ret === 0 || ret === 1 || isVeto(ret),
  },
  ok: { expected: '1 (NOTIFY_OK)', allows: (ret) => ret === 1 },
  pointer: { expected: 'the low 32 bits of a pointer', allows: () => true },
  boolean: { expected: 'false or true in the low byte', allows: (ret) => (ret & 0xff) <= 1 },
};

/** The clash if `ret` is no value this function returns. */
export function checkReturnValue(traced: TracedFunction, ret: number): Clash | undefined {
  const { returns } = traced;
  if (returns === undefined) return undefined;
  const rule: Rule =
    returns.kind === 'state'
      ? { expected: returns.values.join(' or '), allows: (value) => returns.values.includes(value) }
      : RULES[returns.kind];
  if (rule.allows(ret)) return undefined;
  const message = `${traced.traces} never returns this`;
  return { code: 'NEST_VALUE', message, expected: rule.expected, got: `${ret}` };
}
