/**
 * The body of one function: locals, and statements in order. Control flow takes closures that emit what is inside.
 */
import { append, type Bytes, signed, sized, unsigned } from './encode.ts';
import {
  type Expression,
  expression,
  type I32,
  type Statement,
  TYPE_CODE,
  type ValueType,
} from './expression.ts';

const EMPTY_BLOCK = 0x40;

/** A parameter or local. */
export interface Local<T extends ValueType = ValueType> {
  readonly type: T;
  readonly index: number;
}

/** A tuple of N. */
type Repeated<T, N extends number, R extends readonly T[] = []> = R['length'] extends N
  ? R
  : Repeated<T, N, readonly [...R, T]>;

/** Where a branch goes: the start of a loop, or the end of a block. */
export interface Target {
  readonly depth: number;
}

export class FunctionBody {
  private readonly parameters: readonly ValueType[];
  private readonly declared: ValueType[] = [];
  private readonly code: number[] = [];
  /** Blocks open around what is emitted now. */
  private depth = 0;

  constructor(parameters: readonly ValueType[]) {
    this.parameters = parameters;
  }

  parameter<T extends ValueType>(index: number, type: T): Local<T> {
    if (this.parameters[index] !== type) throw new RangeError(`parameter ${index} is no ${type}`);
    return { type, index };
  }

  /** A local of its own, zero at first. */
  local<T extends ValueType>(type: T): Local<T> {
    this.declared.push(type);
    return { type, index: this.parameters.length + this.declared.length - 1 };
  }

  /** So many of them. */
  locals<T extends ValueType, N extends number>(count: N, type: T): Repeated<Local<T>, N> {
    return Array.from({ length: count }, () => this.local(type)) as unknown as Repeated<Local<T>, N>;
  }

  get<T extends ValueType>({ type, index }: Local<T>): Expression<T> {
    return expression(type, [0x20, unsigned(index)]);
  }

  set<T extends ValueType>({ index }: Local<T>, value: Expression<T>): void {
    this.emit(value.code, [0x21], unsigned(index));
  }

  /** Sets and leaves the value. */
  tee<T extends ValueType>({ type, index }: Local<T>, value: Expression<T>): Expression<T> {
    return expression(type, [value.code, 0x22, unsigned(index)]);
  }

  do(...statements: readonly Statement[]): void {
    for (const { code } of statements) this.emit(code);
  }

  /** Runs once; a branch to the target leaves it. */
  block(inside: (end: Target) => void): void {
    this.nested(0x02, inside);
  }

  /** Runs once; a branch to the target starts it again. */
  loop(inside: (again: Target) => void): void {
    this.nested(0x03, inside);
  }

  while(condition: I32, inside: () => void): void {
    this.block((end) => {
      this.loop((again) => {
        this.branchIf({ type: 'i32', code: [condition.code, 0x45] }, end);
        inside();
        this.branch(again);
      });
    });
  }

  if(condition: I32, then: () => void, otherwise?: () => void): void {
    this.emit(condition.code, [0x04, EMPTY_BLOCK]);
    this.depth++;
    then();
    if (otherwise !== undefined) {
      this.emit([0x05]);
      otherwise();
    }
    this.depth--;
    this.emit([0x0b]);
  }

  /** Runs one case; the last also for any index beyond. The index is read before any case runs. */
  switch(index: I32, cases: readonly (() => void)[]): void {
    this.block((end) => this.dispatch(index, cases, cases.length - 1, end));
  }

  branch(to: Target): void {
    this.emit([0x0c], unsigned(this.depth - to.depth));
  }

  branchIf(condition: I32, to: Target): void {
    this.emit(condition.code, [0x0d], unsigned(this.depth - to.depth));
  }

  return(...values: readonly Expression[]): void {
    for (const { code } of values) this.emit(code);
    this.emit([0x0f]);
  }

  /** For code that a correct program never reaches: traps. */
  unreachable(): void {
    this.emit([0x00]);
  }

  /** With its declarations and its length, as the code section has it. */
  encoded(): Bytes {
    const declared = this.declared.map((type) => [1, TYPE_CODE[type]]);
    return sized([unsigned(declared.length), ...declared, this.code, 0x0b]);
  }

  /** Case n stands behind n + 1 blocks that the table branches out of. */
  private dispatch(index: I32, cases: readonly (() => void)[], last: number, end: Target): void {
    if (last < 0) {
      const depths = cases.map((_, n) => unsigned(n));
      this.emit(index.code, [0x0e], unsigned(cases.length - 1), depths.flat());
      return;
    }
    this.block(() => this.dispatch(index, cases, last - 1, end));
    cases[last]?.();
    if (last < cases.length - 1) this.branch(end);
  }

  private nested(opcode: number, inside: (target: Target) => void): void {
    this.emit([opcode, EMPTY_BLOCK]);
    this.depth++;
    inside({ depth: this.depth });
    this.depth--;
    this.emit([0x0b]);
  }

  private emit(...parts: readonly Bytes[]): void {
    for (const part of parts) append(part, this.code);
  }
}

/** A 33-bit or wider constant in the code, for initialisers. */
export const constantCode = (type: ValueType, value: bigint): Bytes => [
  type === 'i32' ? 0x41 : 0x42,
  signed(value),
  0x0b,
];
