/**
 * How soon V8 compiles a function of JavaScript once more, for speed. A check is a second of set-up, in hundreds of functions that are
 * soon done with, before a search in WebAssembly, which this does not concern. Compiled as soon as V8 would, in other threads, they cost
 * more than they give: without this a check by blocks took a third to a half more user CPU, and one by plain states of a product of some
 * ten thousand states as well.
 */
import { setFlagsFromString } from 'node:v8';

/** Bytes of bytecode that a function runs before it is looked at; V8 takes 67,584 (`node --v8-options`). */
const BUDGET = 1_000_000;

/** For this process and all of its threads. A V8 that does not know the flag ignores it, with a line on stderr. */
export const compileLater = (): void => setFlagsFromString(`--interrupt-budget=${BUDGET}`);
