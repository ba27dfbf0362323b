/** Faults planted in the plain engine: each makes it disagree with the naive explorer, or stop with an error (design §8). */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Watch } from '../../src/compose/observation.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import type { Hash } from '../../src/search/plain/design.ts';
import { Expansion } from '../../src/search/plain/expand.ts';
import { bitsFor } from '../../src/search/plain/fields.ts';
import { Index } from '../../src/search/plain/index-code.ts';
import { ChartRows } from '../../src/search/plain/rows.ts';
import { ShareCode } from '../../src/search/plain/search-code.ts';
import { Space } from '../../src/search/plain/space.ts';
import { SQUARE_MASKS, Squares } from '../../src/search/plain/squares.ts';
import type { Goal } from '../../src/search/plain/watches.ts';
import { explore } from '../../src/search/search.ts';
import { i32, i64 } from '../../src/wasm/expression.ts';
import type { FunctionBody, Local } from '../../src/wasm/function.ts';
import { applicable } from '../support/explored.ts';
import { exploreNaively } from '../support/naive.ts';
import { helpEarly, shareTwos } from '../support/threads.ts';

const model = guestModel(v3, pv64, single);
const watches = applicable(v3, single).map(({ watch }) => watch);
const naive = exploreNaively(model, watches);

/** Everything that both explorers say, in one shape; what an engine throws is an answer too. */
function said(hash?: Hash, threads = 1): unknown {
  try {
    const product = expectOk(composeProduct(model), 'v3 obeys the rules');
    const found = explore(product, watches, {
      statesMax: 3 * naive.states,
      threads,
      ...(hash === undefined ? {} : { hash }),
    });
    return {
      states: found.states,
      transitions: found.transitions,
      depth: found.depth,
      violations: found.violations.map(
        (violation) =>
          violation && {
            length: found.path(violation.state).length + (violation.label === undefined ? 0 : 1),
            count: violation.count,
          },
      ),
    };
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

const truth = {
  states: naive.states,
  transitions: naive.transitions,
  depth: naive.depth,
  violations: naive.violations,
};

/** Private parts of the engine, by name. */
type Parts = Record<string, (...args: never[]) => unknown>;
const parts = (of: { readonly prototype: object }): Parts => of.prototype as Parts;

/** The generator of one function, opened up. */
interface Inside {
  readonly f: FunctionBody;
  readonly enabled: readonly Local<'i64'>[];
}

/** The code that threads share, opened up. */
interface Sharing {
  readonly f: FunctionBody;
  readonly entered: Local<'i32'>;
  readonly newest: Local<'i32'>;
}

/** Fields without a bit to spare, so that they have to be widened again and again. */
function narrowly(): void {
  vi.spyOn(parts(Space), 'widths').mockImplementation(function (this: {
    readonly rows: readonly ChartRows[];
  }) {
    return this.rows.map(({ size }) => bitsFor(size));
  } as never);
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('without a fault nothing differs', () => {
  expect(said()).toEqual(truth);
});

describe('a fault planted in the engine is seen', () => {
  it('a hash that is trusted without comparing keys', () => {
    vi.spyOn(parts(Index), 'equal').mockReturnValue(i32.const(1));
    const poor: Hash = (words) => i64.mul(words.reduce(i64.xor), i64.const(0x9e3779b900000000n));
    expect(said(poor)).not.toEqual(truth);
  });

  it('a known state that is taken for another', () => {
    vi.spyOn(parts(Index), 'equal').mockReturnValue(i32.const(0));
    expect(said()).not.toEqual(truth);
  });

  it('a field that should have been widened', () => {
    narrowly();
    expect(said()).toEqual(truth);
    vi.spyOn(parts(Space), 'rebuild').mockReturnValue(true);
    expect(said()).not.toEqual(truth);
  });

  it('states that were not packed anew', () => {
    narrowly();
    const build = parts(Space)['build'] as (bits: readonly number[], old: unknown) => unknown;
    vi.spyOn(parts(Space), 'build').mockImplementation(function (this: unknown, ...args: unknown[]) {
      return build.call(this, args[0] as readonly number[], undefined);
    } as never);
    expect(said()).not.toEqual(truth);
  });

  it('a skipped successor: one label goes nowhere', () => {
    const take = parts(Expansion)['takeOne'] as (label: number) => void;
    const label = model.alphabet.findIndex(({ type }) => type === 'sleep');
    vi.spyOn(parts(Expansion), 'takeOne').mockImplementation(function (this: unknown, ...args: unknown[]) {
      if (args[0] !== label) take.call(this, args[0] as number);
    } as never);
    expect(label).toBeGreaterThanOrEqual(0);
    expect(said()).not.toEqual(truth);
  });

  it('a dropped label, the last of a word of the mask', () => {
    const find = parts(Expansion)['findEnabled'] as () => void;
    const last = model.alphabet.length - 1;
    vi.spyOn(parts(Expansion), 'findEnabled').mockImplementation(function (this: Inside) {
      find.call(this);
      const word = this.enabled[last >> 6] as Local<'i64'>;
      this.f.set(word, i64.and(this.f.get(word), i64.const(~(1n << BigInt(last & 63)))));
    } as never);
    expect(said()).not.toEqual(truth);
  });

  it('a step that is called broken and is not', () => {
    vi.spyOn(parts(ChartRows), 'breaks').mockReturnValue(true);
    expect(said()).not.toEqual(truth);
  });

  it('a sum whose parts are not those of the local state', () => {
    vi.spyOn(parts(Expansion), 'total').mockReturnValue(i32.const(0));
    expect(said()).not.toEqual(truth);
  });

  it('edges that are lost on the way to the goals', () => {
    const askFor = parts(Space)['askFor'] as (goals: readonly Goal[], plane: number) => void;
    vi.spyOn(parts(Space), 'askFor').mockImplementation(function (this: unknown, ...args: unknown[]) {
      const goals = (args[0] as readonly Goal[]).map((goal) => ({ ...goal, usable: [] }));
      askFor.call(this, goals, args[1] as number);
    } as never);
    expect(said()).not.toEqual(truth);
  });

  it('labels that sleep though their other order ends elsewhere', () => {
    vi.spyOn(parts(ChartRows), 'to').mockReturnValue(0);
    expect(said()).not.toEqual(truth);
  });

  it('labels that are called undone or covered', () => {
    const masks = new Uint32Array(SQUARE_MASKS * 2 * Math.ceil(model.alphabet.length / 64)).fill(-1);
    vi.spyOn(parts(Squares), 'masksOf').mockReturnValue(masks);
    expect(said()).not.toEqual(truth);
  });

  it('what another thread has counted and nobody adds', () => {
    helpEarly();
    expect(said(undefined, 2)).toEqual(truth);
    vi.spyOn(parts(Space), 'foldCounters').mockReturnValue(undefined);
    expect(said(undefined, 2)).not.toEqual(truth);
  });

  it('violations that a thread does not hand on to its next chunk', () => {
    helpEarly();
    vi.spyOn(parts(ShareCode), 'handOn').mockReturnValue(undefined);
    expect(said(undefined, 2)).not.toEqual(truth);
  });

  it('chunks that are given up and stay counted', () => {
    helpEarly(2);
    shareTwos();
    // Chunks are given up where a cell is filled, and where memory grows.
    vi.spyOn(parts(Space) as unknown as { roomy: number }, 'roomy', 'get').mockReturnValue(1);
    const everywhere: Watch = { kind: 'state', perIndex: false, clauses: [[]] };
    const count = () => {
      const product = expectOk(composeProduct(model), 'v3 obeys the rules');
      return explore(product, [everywhere], { threads: 2 }).violations[0]?.count;
    };
    expect(count()).toBe(naive.states);
    const goHome = parts(ShareCode)['goHome'] as () => void;
    vi.spyOn(parts(ShareCode), 'goHome').mockImplementation(function (this: Sharing) {
      this.f.set(this.entered, this.f.get(this.newest));
      goHome.call(this);
    } as never);
    expect(count()).toBeGreaterThan(naive.states);
  });

  it('a parent that is another state', () => {
    vi.spyOn(parts(Space), 'parent').mockReturnValue(0);
    expect(said()).not.toEqual(truth);
  });
});
