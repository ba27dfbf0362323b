/**
 * Typed expressions: `i64.add(a, i64.load(at, 8))` is the code that leaves one value of that type.
 * TypeScript keeps i32 and i64 apart, so that what is emitted validates.
 */
import { type Bytes, signed, signed32, unsigned } from './encode.ts';

export type ValueType = 'i32' | 'i64';
export const TYPE_CODE: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e };

/** Code that leaves one value on the stack. */
export interface Expression<T extends ValueType = ValueType> {
  readonly type: T;
  readonly code: Bytes;
}
/** Code that leaves none. */
export interface Statement {
  readonly type: 'none';
  readonly code: Bytes;
}
export type I32 = Expression<'i32'>;
export type I64 = Expression<'i64'>;

const ATOMIC = 0xfe;
const BULK = 0xfc;

export function expression<T extends ValueType>(type: T, code: Bytes): Expression<T> {
  return { type, code };
}
export const statement = (code: Bytes): Statement => ({ type: 'none', code });

/** Operators with their codes: two operands of the type, result of the same type. */
function operators<T extends ValueType>(type: T, first: number) {
  const binary = (at: number) => (a: Expression<T>, b: Expression<T>) =>
    expression(type, [a.code, b.code, first + at]);
  const unary = (at: number) => (a: Expression<T>) => expression(type, [a.code, first + at]);
  return {
    clz: unary(0),
    ctz: unary(1),
    popcnt: unary(2),
    add: binary(3),
    sub: binary(4),
    mul: binary(5),
    divU: binary(7),
    remU: binary(9),
    and: binary(10),
    or: binary(11),
    xor: binary(12),
    shl: binary(13),
    shrS: binary(14),
    shrU: binary(15),
    rotl: binary(16),
  };
}

/** Comparisons, from `eqz` on: the result is an i32, 0 or 1. */
function comparisons<T extends ValueType>(first: number) {
  const binary = (at: number) => (a: Expression<T>, b: Expression<T>) =>
    expression('i32', [a.code, b.code, first + at]);
  return {
    eqz: (a: Expression<T>) => expression('i32', [a.code, first]),
    eq: binary(1),
    ne: binary(2),
    ltS: binary(3),
    ltU: binary(4),
    gtS: binary(5),
    gtU: binary(6),
    leS: binary(7),
    leU: binary(8),
    geS: binary(9),
    geU: binary(10),
  };
}

/** Alignment (as a power of two) and offset. Plain accesses may be unaligned; atomic ones trap. */
const place = (align: number, offset: number): Bytes => [align, ...unsigned(offset)];

const load =
  <T extends ValueType>(type: T, opcode: number, align: number) =>
  (address: I32, offset = 0): Expression<T> =>
    expression(type, [address.code, opcode, place(align, offset)]);

const store =
  <T extends ValueType>(opcode: number, align: number) =>
  (address: I32, value: Expression<T>, offset = 0): Statement =>
    statement([address.code, value.code, opcode, place(align, offset)]);

/** Sequentially consistent accesses; `opcode` follows the atomic prefix. */
function atomics<T extends ValueType>(
  type: T,
  align: number,
  codes: { load: number; store: number; add: number; or: number; swap: number },
) {
  const modify =
    (opcode: number) =>
    (address: I32, value: Expression<T>, offset = 0): Expression<T> =>
      expression(type, [address.code, value.code, ATOMIC, opcode, place(align, offset)]);
  return {
    atomicLoad: (address: I32, offset = 0): Expression<T> =>
      expression(type, [address.code, ATOMIC, codes.load, place(align, offset)]),
    atomicStore: (address: I32, value: Expression<T>, offset = 0): Statement =>
      statement([address.code, value.code, ATOMIC, codes.store, place(align, offset)]),
    /** These leave what was there before. */
    atomicAdd: modify(codes.add),
    atomicOr: modify(codes.or),
    /** Stores `fresh` where `expected` was found; leaves what was found. */
    atomicCompareExchange: (
      address: I32,
      expected: Expression<T>,
      fresh: Expression<T>,
      offset = 0,
    ): Expression<T> =>
      expression(type, [address.code, expected.code, fresh.code, ATOMIC, codes.swap, place(align, offset)]),
  };
}

export const i32 = {
  const: (value: number): I32 => expression('i32', [0x41, signed32(value | 0)]),
  ...operators('i32', 0x67),
  ...comparisons<'i32'>(0x45),
  wrap: (value: I64): I32 => expression('i32', [value.code, 0xa7]),
  load: load('i32', 0x28, 2),
  load8: load('i32', 0x2d, 0),
  load16: load('i32', 0x2f, 1),
  store: store<'i32'>(0x36, 2),
  store8: store<'i32'>(0x3a, 0),
  store16: store<'i32'>(0x3b, 1),
  ...atomics('i32', 2, { load: 0x10, store: 0x17, add: 0x1e, or: 0x33, swap: 0x48 }),
} as const;

export const i64 = {
  const: (value: bigint): I64 => expression('i64', [0x42, signed(BigInt.asIntN(64, value))]),
  ...operators('i64', 0x79),
  ...comparisons<'i64'>(0x50),
  /** Loads and conversions without a sign. */
  extend: (value: I32): I64 => expression('i64', [value.code, 0xad]),
  load: load('i64', 0x29, 3),
  load8: load('i64', 0x31, 0),
  load16: load('i64', 0x33, 1),
  load32: load('i64', 0x35, 2),
  store: store<'i64'>(0x37, 3),
  store32: store<'i64'>(0x3e, 2),
  ...atomics('i64', 3, { load: 0x11, store: 0x18, add: 0x1f, or: 0x34, swap: 0x49 }),
} as const;

/** `whenTrue` unless the condition is 0; both are computed. */
export const select = <T extends ValueType>(
  condition: I32,
  whenTrue: Expression<T>,
  whenFalse: Expression<T>,
): Expression<T> => expression(whenTrue.type, [whenTrue.code, whenFalse.code, condition.code, 0x1b]);

/** Evaluates and forgets. */
export const drop = (value: Expression): Statement => statement([value.code, 0x1a]);

export const memory = {
  /** Bytes, in this order: to, from, length. */
  copy: (to: I32, from: I32, length: I32): Statement =>
    statement([to.code, from.code, length.code, BULK, 10, 0, 0]),
  fill: (at: I32, byte: I32, length: I32): Statement =>
    statement([at.code, byte.code, length.code, BULK, 11, 0]),
  /** Sleeps while the i32 there equals `expected`, at most so many nanoseconds (negative: for ever); 0 woken, 1 unequal, 2 late. */
  wait: (at: I32, expected: I32, nanoseconds: I64): I32 =>
    expression('i32', [at.code, expected.code, nanoseconds.code, ATOMIC, 0x01, place(2, 0)]),
  /** Leaves how many sleepers it woke. */
  notify: (at: I32, most: I32): I32 => expression('i32', [at.code, most.code, ATOMIC, 0x00, place(2, 0)]),
};
