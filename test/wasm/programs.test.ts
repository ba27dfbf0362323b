/** Small programs written with the emitter validate, and compute what plain TypeScript computes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signed, unsigned } from '../../src/wasm/encode.ts';
import { drop, i32, i64, memory, select, type ValueType } from '../../src/wasm/expression.ts';
import type { FunctionBody } from '../../src/wasm/function.ts';
import { compiled, instantiate, isValid, newMemory, PAGE_BYTES } from '../../src/wasm/host.ts';
import { call, getGlobal, ModuleBuilder, run, setGlobal } from '../../src/wasm/module.ts';
import { prop } from '../support/prop.ts';

type Call = (...args: (number | bigint)[]) => number | bigint;

/** One function `f` as a module over one page. */
function built(parameters: readonly ValueType[], result: ValueType, define: (f: FunctionBody) => void) {
  const module = new ModuleBuilder({ least: 1, most: 4, shared: false });
  module.function({ parameters, result }, define, 'f');
  const bytes = module.bytes();
  expect(isValid(bytes)).toBe(true);
  const space = newMemory(1, 4);
  return { ...instantiate<{ f: Call }>(compiled(bytes), space), space };
}

const int = fc.integer();
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

describe('operators', () => {
  const of32 = {
    add: (a: number, b: number) => (a + b) | 0,
    sub: (a: number, b: number) => (a - b) | 0,
    mul: Math.imul,
    and: (a: number, b: number) => a & b,
    or: (a: number, b: number) => a | b,
    xor: (a: number, b: number) => a ^ b,
    shl: (a: number, b: number) => a << b,
    shrS: (a: number, b: number) => a >> b,
    shrU: (a: number, b: number) => (a >>> b) | 0,
    rotl: (a: number, b: number) => (a << (b & 31)) | (a >>> ((32 - b) & 31)),
    eq: (a: number, b: number) => Number(a === b),
    ne: (a: number, b: number) => Number(a !== b),
    ltS: (a: number, b: number) => Number(a < b),
    ltU: (a: number, b: number) => Number(a >>> 0 < b >>> 0),
    gtS: (a: number, b: number) => Number(a > b),
    gtU: (a: number, b: number) => Number(a >>> 0 > b >>> 0),
    leS: (a: number, b: number) => Number(a <= b),
    leU: (a: number, b: number) => Number(a >>> 0 <= b >>> 0),
    geS: (a: number, b: number) => Number(a >= b),
    geU: (a: number, b: number) => Number(a >>> 0 >= b >>> 0),
  } as const;
  const asU = (a: bigint) => BigInt.asUintN(64, a);
  const asI = (a: bigint) => BigInt.asIntN(64, a);
  const by = (b: bigint) => asU(b) & 63n;
  const of64 = {
    add: (a: bigint, b: bigint) => asI(a + b),
    sub: (a: bigint, b: bigint) => asI(a - b),
    mul: (a: bigint, b: bigint) => asI(a * b),
    and: (a: bigint, b: bigint) => a & b,
    or: (a: bigint, b: bigint) => a | b,
    xor: (a: bigint, b: bigint) => a ^ b,
    shl: (a: bigint, b: bigint) => asI(a << by(b)),
    shrS: (a: bigint, b: bigint) => a >> by(b),
    shrU: (a: bigint, b: bigint) => asI(asU(a) >> by(b)),
    rotl: (a: bigint, b: bigint) => asI((asU(a) << by(b)) | (asU(a) >> (64n - by(b)))),
    eq: (a: bigint, b: bigint) => Number(a === b),
    ne: (a: bigint, b: bigint) => Number(a !== b),
    ltS: (a: bigint, b: bigint) => Number(a < b),
    ltU: (a: bigint, b: bigint) => Number(asU(a) < asU(b)),
    gtS: (a: bigint, b: bigint) => Number(a > b),
    gtU: (a: bigint, b: bigint) => Number(asU(a) > asU(b)),
    leS: (a: bigint, b: bigint) => Number(a <= b),
    leU: (a: bigint, b: bigint) => Number(asU(a) <= asU(b)),
    geS: (a: bigint, b: bigint) => Number(a >= b),
    geU: (a: bigint, b: bigint) => Number(asU(a) >= asU(b)),
  } as const;
  const names = Object.keys(of32) as (keyof typeof of32)[];

  /** All of one type in one module: `f(n, a, b)` is operator n. */
  const all32 = built(['i32', 'i32', 'i32'], 'i32', (f) => {
    const [n, a, b] = [f.parameter(0, 'i32'), f.parameter(1, 'i32'), f.parameter(2, 'i32')];
    f.switch(
      f.get(n),
      names.map((op) => () => f.return(i32[op](f.get(a), f.get(b)))),
    );
  });
  const all64 = built(['i32', 'i64', 'i64'], 'i64', (f) => {
    const [n, a, b] = [f.parameter(0, 'i32'), f.parameter(1, 'i64'), f.parameter(2, 'i64')];
    f.switch(
      f.get(n),
      names.map((op) => () => {
        const value = i64[op](f.get(a), f.get(b));
        f.return(value.type === 'i32' ? i64.extend(value) : value);
      }),
    );
  });

  prop('on i32 are those of JavaScript', { a: int, b: int }, ({ a, b }) => {
    expect(names.map((_, n) => all32.f(n, a, b))).toEqual(names.map((op) => of32[op](a, b)));
  });
  prop('on i64 are those of BigInt in 64 bits', { a: long, b: long }, ({ a, b }) => {
    expect(names.map((_, n) => all64.f(n, a, b))).toEqual(names.map((op) => BigInt(of64[op](a, b))));
  });
  prop('constants keep their value', { a: int, b: long }, ({ a, b }) => {
    expect(built([], 'i32', (f) => f.return(i32.const(a))).f()).toBe(a);
    expect(built([], 'i64', (f) => f.return(i64.const(b))).f()).toBe(b);
  });
  it('count bits', () => {
    const f = (op: 'clz' | 'ctz' | 'popcnt') =>
      built(['i64'], 'i64', (b) => b.return(i64[op](b.get(b.parameter(0, 'i64'))))).f;
    expect([f('clz')(1n), f('ctz')(96n), f('popcnt')(-1n), f('ctz')(0n)]).toEqual([63n, 5n, 64n, 64n]);
    const eqz = built(['i64'], 'i32', (b) => b.return(i64.eqz(b.get(b.parameter(0, 'i64'))))).f;
    expect([eqz(0n), eqz(2n ** 40n)]).toEqual([1, 0]);
    const wrap = built(['i64'], 'i32', (b) => b.return(i32.wrap(b.get(b.parameter(0, 'i64'))))).f;
    expect(wrap(2n ** 32n + 7n)).toBe(7);
  });
});

describe('control', () => {
  it('loops: greatest common divisor', () => {
    const { f } = built(['i32', 'i32'], 'i32', (b) => {
      const [x, y] = [b.parameter(0, 'i32'), b.parameter(1, 'i32')];
      b.while(i32.ne(b.get(x), b.get(y)), () => {
        b.if(
          i32.gtU(b.get(x), b.get(y)),
          () => b.set(x, i32.sub(b.get(x), b.get(y))),
          () => b.set(y, i32.sub(b.get(y), b.get(x))),
        );
      });
      b.return(b.get(x));
    });
    expect(f(1071, 462)).toBe(21);
  });

  it('a switch runs one case, and its last one for what is beyond', () => {
    const { f } = built(['i32'], 'i32', (b) => {
      const out = b.local('i32');
      b.switch(
        b.get(b.parameter(0, 'i32')),
        [10, 20, 30].map((value) => () => b.set(out, i32.add(b.get(out), i32.const(value)))),
      );
      b.return(b.get(out));
    });
    expect([f(0), f(1), f(2), f(3), f(-1)]).toEqual([10, 20, 30, 30, 30]);
  });

  it('select and tee: an absolute value', () => {
    const { f } = built(['i64'], 'i64', (b) => {
      const x = b.parameter(0, 'i64');
      const negated = b.local('i64');
      b.return(
        select(i64.ltS(b.get(x), i64.const(0n)), b.tee(negated, i64.sub(i64.const(0n), b.get(x))), b.get(x)),
      );
    });
    expect([f(-5n), f(7n)]).toEqual([5n, 7n]);
  });

  it('a path without a return traps', () => {
    const { f } = built(['i32'], 'i32', (b) => {
      b.if(b.get(b.parameter(0, 'i32')), () => b.return(i32.const(1)));
    });
    expect(f(1)).toBe(1);
    expect(() => f(0)).toThrow(/unreachable/);
  });
});

describe('memory', () => {
  prop('keeps what is stored, by width', { at: fc.nat({ max: 1000 }), value: long }, ({ at, value }) => {
    const { f, space } = built(['i32', 'i64'], 'i64', (b) => {
      const [p, v] = [b.parameter(0, 'i32'), b.parameter(1, 'i64')];
      b.do(i64.store(b.get(p), b.get(v), 8), i32.store16(b.get(p), i32.load(b.get(p), 8), 20));
      b.do(
        i32.store8(b.get(p), i32.load(b.get(p), 12), 30),
        i64.store32(b.get(p), i64.load(b.get(p), 8), 40),
      );
      b.return(i64.load(b.get(p), 8));
    });
    expect(f(at, value)).toBe(value);
    const view = new DataView(space.buffer);
    expect(view.getUint16(at + 20, true)).toBe(Number(value & 0xffffn));
    expect(view.getUint8(at + 30)).toBe(Number((value >> 32n) & 0xffn));
    expect(view.getUint32(at + 40, true)).toBe(Number(BigInt.asUintN(32, value)));
  });

  it('has constants, and is copied and filled', () => {
    const module = new ModuleBuilder({ least: 1, most: 1, shared: false });
    module.constant(100, Uint8Array.of(1, 2, 3, 4));
    module.function(
      { parameters: [] },
      (f) => {
        f.do(memory.copy(i32.const(200), i32.const(101), i32.const(3)));
        f.do(memory.fill(i32.const(201), i32.const(9), i32.const(1)));
      },
      'go',
    );
    const space = newMemory(1, 1);
    instantiate<{ go: () => void }>(compiled(module.bytes()), space).go();
    expect([...new Uint8Array(space.buffer, 200, 4)]).toEqual([2, 9, 4, 0]);
    expect(space.buffer.byteLength).toBe(PAGE_BYTES);
  });
});

it('functions call each other, and the host; globals remember', () => {
  const module = new ModuleBuilder({ least: 1, most: 1, shared: false });
  const told: number[] = [];
  const tell = module.importFunction('host', 'tell', { parameters: ['i32'] });
  const count = module.global('i32', 40n, 'count');
  const up = module.function({ parameters: ['i32'], result: 'i32' }, (f) => {
    f.do(setGlobal(count, i32.add(getGlobal(count), f.get(f.parameter(0, 'i32')))));
    f.return(getGlobal(count));
  });
  module.function(
    { parameters: [] },
    (f) => f.do(drop(call(up, 'i32', i32.const(1))), run(tell, call(up, 'i32', i32.const(1)))),
    'go',
  );
  const { go, count: seen } = instantiate<{ go: () => void; count: { value: number } }>(
    compiled(module.bytes()),
    newMemory(1, 1),
    { host: { tell: (value: number) => told.push(value) } },
  );
  go();
  expect([told, seen.value]).toEqual([[42], 42]);
});

it('shared memory takes atomic steps', () => {
  const module = new ModuleBuilder({ least: 1, most: 1, shared: true });
  const at = i32.const(64);
  module.function(
    { parameters: [], result: 'i64' },
    (f) => {
      f.do(i32.atomicStore(at, i32.const(5)), drop(i32.atomicAdd(at, i32.const(2))));
      f.do(
        drop(i32.atomicCompareExchange(at, i32.const(7), i32.const(9))),
        drop(memory.notify(at, i32.const(1))),
      );
      f.do(drop(memory.wait(at, i32.const(1), i64.const(-1n))));
      f.do(
        drop(i64.atomicOr(i32.const(72), i64.const(6n))),
        drop(i64.atomicAdd(i32.const(72), i64.const(1n))),
      );
      f.return(i64.add(i64.extend(i32.atomicLoad(at)), i64.atomicLoad(i32.const(72))));
    },
    'f',
  );
  const bytes = module.bytes();
  expect(isValid(bytes)).toBe(true);
  expect(instantiate<{ f: () => bigint }>(compiled(bytes), newMemory(1, 1, true)).f()).toBe(16n);
});

describe('what cannot be emitted is refused', () => {
  it('an import after a function, a result of another type, a parameter of another type', () => {
    const module = new ModuleBuilder({ least: 1, most: 1, shared: false });
    const nothing = module.function({ parameters: ['i64'] }, (f) => {
      expect(() => f.parameter(0, 'i32')).toThrow(RangeError);
    });
    expect(() => module.importFunction('a', 'b', { parameters: [] })).toThrow(/come first/);
    expect(() => call(nothing, 'i32')).toThrow(/returns no/);
  });

  it('a negative length', () => expect(() => unsigned(-1)).toThrow(RangeError));
});

it('numbers are LEB128', () => {
  expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
  expect(signed(-123_456n)).toEqual([0xc0, 0xbb, 0x78]);
});
