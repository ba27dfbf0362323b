/**
 * A WebAssembly module, emitted directly to its binary: imports, functions, globals, constants in memory, exports.
 * One memory, imported from `env.memory`; imported functions come before all others.
 */
import { type Bytes, flat, name, section, unsigned, vector } from './encode.ts';
import {
  type Expression,
  expression,
  type Statement,
  statement,
  TYPE_CODE,
  type ValueType,
} from './expression.ts';
import { constantCode, FunctionBody } from './function.ts';

interface Signature {
  readonly parameters: readonly ValueType[];
  readonly result?: ValueType;
}

export interface FunctionRef extends Signature {
  readonly index: number;
}

export interface Global<T extends ValueType = ValueType> {
  readonly type: T;
  readonly index: number;
}

export interface MemoryLimits {
  /** Pages of 64 KiB. */
  readonly least: number;
  readonly most: number;
  readonly shared: boolean;
}

export class ModuleBuilder {
  private readonly memory: MemoryLimits;
  private readonly types: Signature[] = [];
  private readonly imports: { readonly module: string; readonly field: string; readonly type: number }[] = [];
  private readonly functions: { readonly type: number; readonly body: FunctionBody }[] = [];
  private readonly globals: { readonly type: ValueType; readonly initial: bigint }[] = [];
  private readonly exports: Bytes[] = [];
  /** Functions that a number calls. */
  private table: readonly FunctionRef[] = [];
  private readonly constants: { readonly at: number; readonly bytes: Uint8Array }[] = [];

  constructor(memory: MemoryLimits) {
    this.memory = memory;
  }

  /** Must come before any function of the module's own. */
  importFunction(module: string, field: string, signature: Signature): FunctionRef {
    if (this.functions.length > 0) throw new Error('imported functions come first');
    this.imports.push({ module, field, type: this.typeOf(signature) });
    return { ...signature, index: this.imports.length - 1 };
  }

  /** Exported where it has a name. A function that returns must do so on every path. */
  function(signature: Signature, define: (body: FunctionBody) => void, exported?: string): FunctionRef {
    const body = new FunctionBody(signature.parameters);
    const index = this.imports.length + this.functions.length;
    this.functions.push({ type: this.typeOf(signature), body });
    if (exported !== undefined) this.exports.push([name(exported), 0, unsigned(index)]);
    define(body);
    // What falls off the end of a function that returns is a bug of whoever emits.
    if (signature.result !== undefined) body.unreachable();
    return { ...signature, index };
  }

  /** Mutable, and exported where it has a name. */
  global<T extends ValueType>(type: T, initial = 0n, exported?: string): Global<T> {
    const index = this.globals.length;
    this.globals.push({ type, initial });
    if (exported !== undefined) this.exports.push([name(exported), 3, unsigned(index)]);
    return { type, index };
  }

  /** What `callAt` numbers: the nth entry is called by n. All must have the signature that the call names. */
  calledByNumber(functions: readonly FunctionRef[]): void {
    this.table = functions;
  }

  /** A call of the function with this number; traps where there is none or its signature is another. */
  callAt<T extends ValueType>(
    number: Expression<'i32'>,
    parameters: readonly ValueType[],
    type: T,
    ...args: readonly Expression[]
  ): Expression<T> {
    const signature = unsigned(this.typeOf({ parameters, result: type }));
    return expression(type, [...args.map(({ code }) => code), number.code, 0x11, signature, 0]);
  }

  /** Copied to this address when the module is instantiated. */
  constant(at: number, bytes: Uint8Array): void {
    this.constants.push({ at, bytes });
  }

  /** The whole module. */
  bytes(): Uint8Array<ArrayBuffer> {
    const { least, most, shared } = this.memory;
    const limits = [shared ? 3 : 1, ...unsigned(least), ...unsigned(most)];
    const imports = [
      [name('env'), name('memory'), 2, limits],
      ...this.imports.map(({ module, field, type }) => [name(module), name(field), 0, unsigned(type)]),
    ];
    const bodies = this.functions.map(({ body }) => body.encoded());
    return flat([
      0x00,
      0x61,
      0x73,
      0x6d,
      1,
      0,
      0,
      0,
      section(1, this.types.map(encodedType)),
      section(2, imports),
      section(
        3,
        this.functions.map(({ type }) => unsigned(type)),
      ),
      section(4, this.table.length === 0 ? [] : [[0x70, 0, ...unsigned(this.table.length)]]),
      section(
        6,
        this.globals.map(({ type, initial }) => [TYPE_CODE[type], 1, ...constantCode(type, initial)]),
      ),
      section(7, this.exports),
      section(
        9,
        this.table.length === 0
          ? []
          : [
              [
                0,
                constantCode('i32', 0n),
                unsigned(this.table.length),
                ...this.table.map(({ index }) => unsigned(index)),
              ],
            ],
      ),
      section(10, bodies),
      section(
        11,
        this.constants.map(({ at, bytes }) => [
          0,
          constantCode('i32', BigInt(at | 0)),
          unsigned(bytes.length),
          bytes,
        ]),
      ),
    ]);
  }

  private typeOf(signature: Signature): number {
    const key = flat(encodedType(signature)).join();
    const known = this.types.findIndex((type) => flat(encodedType(type)).join() === key);
    return known >= 0 ? known : this.types.push(signature) - 1;
  }
}

const encodedType = ({ parameters, result }: Signature): Bytes => [
  0x60,
  vector(parameters.map((type) => [TYPE_CODE[type]])),
  vector(result === undefined ? [] : [[TYPE_CODE[result]]]),
];

const callCode = ({ index }: FunctionRef, args: readonly Expression[]): Bytes => [
  ...args.map(({ code }) => code),
  0x10,
  unsigned(index),
];

/** A call for its value; `type` must be the result's. */
export function call<T extends ValueType>(
  to: FunctionRef,
  type: T,
  ...args: readonly Expression[]
): Expression<T> {
  if (to.result !== type) throw new Error(`function ${to.index} returns no ${type}`);
  return expression(type, callCode(to, args));
}

/** A call of a function without a result. */
export const run = (to: FunctionRef, ...args: readonly Expression[]): Statement =>
  statement(callCode(to, args));

export const getGlobal = <T extends ValueType>({ type, index }: Global<T>): Expression<T> =>
  expression(type, [0x23, unsigned(index)]);

export const setGlobal = <T extends ValueType>({ index }: Global<T>, value: Expression<T>): Statement =>
  statement([value.code, 0x24, unsigned(index)]);
