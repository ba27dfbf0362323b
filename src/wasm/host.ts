/**
 * The part of the host's WebAssembly interface that we use. Node's type package does not declare it.
 */

/** A page of memory. */
export const PAGE_BYTES = 65_536;

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

/**
 * Grows so that this many bytes can be touched, by half at least: every growth is a new buffer, and pages that nobody touches cost
 * nothing. `most`: pages that the memory may have. Throws a RangeError where there is no room.
 */
export function growTo(memory: WasmMemory, bytes: number, most: number): void {
  const has = memory.buffer.byteLength / PAGE_BYTES;
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (pages > has) memory.grow(Math.max(pages, Math.min(most, Math.ceil(1.5 * has))) - has);
}

export const isValid = (bytes: Uint8Array): boolean => host.validate(bytes);

export const compiled = (bytes: Uint8Array): WasmModule => new host.Module(bytes);

/** `T` names the exports that the module was built with. */
export const instantiate = <T extends object>(
  module: WasmModule,
  memory: WasmMemory,
  functions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): T => new host.Instance(module, { ...functions, env: { ...functions['env'], memory } }).exports as T;
