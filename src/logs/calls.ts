/**
 * One call of a traced function while it is open, and after it returned while its caller is open.
 */
import type { TracedFunction } from './probes.ts';
import type { CallRecord } from './records.ts';

export interface Call {
  readonly traced: TracedFunction;
  readonly entry: CallRecord;
  /** The open call around this one; undefined at the top and where a gap hides it. */
  readonly parent: Call | undefined;
  /** The calls made so far, in order, without the optional ones. */
  readonly inner: Call[];
  /** Where in its script the call is (see call-scripts.ts). */
  state: string;
  ret: number | undefined;
  /** How often any task had begun or finished setting a target when this call was entered. */
  readonly targetWrites: number;
}

/** Why a record cannot be; the caller adds where. */
export interface Clash {
  readonly code: string;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
}

/** An argument as a number; rounded beyond 2^53, NaN if there is none. */
export const argument = (call: Call, name: string): number =>
  call.entry.fields[name] ?? Number(call.entry.wide[name] ?? Number.NaN);

/** The last call of this kind made by `call`. */
export const lastInner = (call: Call | undefined, probe: string): Call | undefined =>
  call?.inner.findLast((inner) => inner.traced.probe === probe);

/** The call around this one, if it is of this kind. */
export const around = (call: Call | undefined, probe: string): Call | undefined =>
  call?.parent?.traced.probe === probe ? call.parent : undefined;

/** Source: Linux include/linux/err.h `MAX_ERRNO`. */
const ERRNO_MAX = 4095;
export const isErrno = (value: number): boolean => value < 0 && value >= -ERRNO_MAX;

/** Source: Linux include/linux/notifier.h `NOTIFY_STOP_MASK`. */
export const isVeto = (value: number): boolean => value >= 0x8000 && value <= 0xffff;

/** Whether a call that returned `ret` did what it was asked. */
export function isSuccess(call: Call, ret: number): boolean {
  switch (call.traced.returns?.kind) {
    case 'notifier':
      return !isVeto(ret);
    case 'pointer':
      return !isErrno(ret);
    case 'errno':
      return ret === 0;
    default:
      return true;
  }
}
