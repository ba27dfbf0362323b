/** Two and three threads find what one finds, under the same ids. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bootBalloon, single } from '../../models/scopes.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v3 } from '../../models/variants/v3.ts';
import { HEADER } from '../../src/search/plain/memory.ts';
import { Space } from '../../src/search/plain/space.ts';
import { explore, type Snapshot } from '../../src/search/search.ts';
import { Team } from '../../src/search/team.ts';
import { drop, i32 } from '../../src/wasm/expression.ts';
import type { FunctionBody } from '../../src/wasm/function.ts';
import { compiled, newMemory, type WasmMemory } from '../../src/wasm/host.ts';
import { ModuleBuilder } from '../../src/wasm/module.ts';
import { applicable, productOf } from '../support/explored.ts';
import { helpEarly, parts, saidOf } from '../support/threads.ts';

/** The memory of a search, opened up. */
interface Opened {
  readonly memory: WasmMemory;
  readonly built: { readonly area: { readonly bytes: number } };
  readonly areaOf: (thread: number) => number;
}

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['v3/single', v3, [2, 3]],
  ['v2-4.4/single', v2, [2]],
] as const)('%s', (_, protocol, numbers) => {
  const one = saidOf(protocol, single, {});
  helpEarly();
  for (const threads of numbers) expect(saidOf(protocol, single, { threads })).toEqual(one);
});

it('nothing is counted that stood where the area of a helper begins after growth', () => {
  const one = saidOf(v3, single, {});
  helpEarly(256);
  const settle = parts(Space)['settle'] as () => void;
  vi.spyOn(parts(Space), 'settle').mockImplementation(function (this: Opened) {
    new Uint8Array(this.memory.buffer, this.areaOf(1), this.built.area.bytes).fill(255);
    settle.call(this);
  } as never);
  expect(saidOf(v3, single, { threads: 2 })).toEqual(one);
});

it('snapshots are byte for byte those of one thread', () => {
  helpEarly();
  const watches = applicable(v3, single).map(({ watch }) => watch);
  const [one, two] = [1, 2].map((threads) => {
    const taken: string[] = [];
    const keep = ({ facts, parts }: Snapshot) => {
      const hash = createHash('sha256').update(JSON.stringify(facts));
      for (const part of parts) hash.update(part);
      taken.push(hash.digest('hex'));
    };
    explore(productOf(v3, single), watches, { threads, checkpoint: { isDue: () => true, keep } });
    return taken;
  });
  expect(one?.length).toBeGreaterThan(3);
  expect(two).toEqual(one);
});

it('a budget that two threads use up together ends as that of one', () => {
  helpEarly();
  const product = productOf(v3, bootBalloon);
  const found = explore(product, [], { threads: 2, memory: 12 * 2 ** 20 });
  expect(found).toMatchObject({ complete: false, limit: 'memory' });
  expect(found.states).toBeGreaterThan(100_000);
});

describe('a thread that fails stops the others, which would wait for its turn for ever', () => {
  const shared = (memory: WasmMemory) => ({ memory, jobs: ['share'] as const, stop: HEADER.stop });
  const stop = (memory: WasmMemory) => Atomics.load(new Int32Array(memory.buffer), HEADER.stop / 4);

  it('a helper: then the round fails', () => {
    const memory = newMemory(1, 1, true);
    const module = new ModuleBuilder({ least: 1, most: 1, shared: true });
    // Beyond the memory: a trap.
    const trap = (f: FunctionBody) => f.do(drop(i32.load(i32.const(-1))));
    module.function({ parameters: ['i32', 'i32'] }, trap, 'share');
    const team = new Team(1, shared(memory));
    team.equip(compiled(module.bytes()), [0]);
    team.gather();
    const untilStopped = () => {
      for (let looks = 0; stop(memory) === 0 && looks < 1e8; looks++);
    };
    expect(() => team.round('share', 64, untilStopped)).toThrow('a helping thread has failed');
    expect(stop(memory)).toBe(1);
    team.dismiss();
  });

  it('this one: what it threw is thrown', () => {
    const memory = newMemory(1, 1, true);
    const team = new Team(0, shared(memory));
    const fails = () => {
      throw new RangeError('beyond the memory');
    };
    expect(() => team.round('share', 64, fails)).toThrow('beyond the memory');
    expect(stop(memory)).toBe(1);
    team.dismiss();
  });
});
