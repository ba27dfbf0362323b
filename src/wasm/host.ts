/**
 * The part of the host's WebAssembly interface that we use. Node's type package does not declare it.
 */

/** Grows in place; `buffer` is another object after each growth unless the memory is shared. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** By pages of 64 KiB; leaves how many there were. Throws a RangeError where there is no room. */
  readonly grow: (pages: number) => number;
}

/** Compiled; can be sent to another thread. */
export type WasmModule = object;

interface Host {
  readonly Memory: new (limits: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: object };
  readonly validate: (bytes: Uint8Array) => boolean;
}

const host = (globalThis as unknown as { readonly WebAssembly: Host }).WebAssembly;

export const newMemory = (least: number, most: number, shared = false): WasmMemory =>
  new host.Memory({ initial: least, maximum: most, shared });

export const isValid = (bytes: Uint8Array): boolean => host.validate(bytes);

export const compiled = (bytes: Uint8Array): WasmModule => new host.Module(bytes);

/** `T` names the exports that the module was built with. */
export const instantiate = <T extends object>(
  module: WasmModule,
  memory: WasmMemory,
  functions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): T => new host.Instance(module, { ...functions, env: { ...functions['env'], memory } }).exports as T;
