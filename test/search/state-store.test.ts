/** The packed visited set against a Map: same ids, same vectors back, whatever fields grow when. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Hash, StateStore } from '../../src/search/state-store.ts';
import { prop } from '../support/prop.ts';

/** Vectors whose largest values come later, so that every field is widened and repacked while there is something in it. */
const vectors = fc
  .record({
    charts: fc.integer({ min: 1, max: 24 }),
    bits: fc.array(fc.integer({ min: 1, max: 16 }), { minLength: 1, maxLength: 60 }),
  })
  .chain(({ charts, bits }) =>
    fc.tuple(
      ...[...bits]
        .sort((a, b) => a - b)
        .map((b) => fc.array(fc.nat({ max: 2 ** b - 1 }), { minLength: charts, maxLength: charts })),
    ),
  );

function check(all: readonly (readonly number[])[], hash?: Hash): void {
  const charts = all[0]?.length ?? 1;
  const store = new StateStore(charts, hash);
  const ids = new Map<string, number>();
  for (const vector of all) {
    const key = vector.join(' ');
    const known = ids.get(key);
    const found = store.intern(Int32Array.from(vector));
    expect(found).toBe(known === undefined ? ids.size : ~known);
    if (known === undefined) ids.set(key, ids.size);
  }
  expect(store.size).toBe(ids.size);
  const back = new Int32Array(charts);
  for (const [key, id] of ids) {
    store.read(id, back);
    expect(back.join(' ')).toBe(key);
  }
}

describe('the state store', () => {
  prop('remembers vectors of growing values as a Map does', { all: vectors }, ({ all }) =>
    check([...all, ...all]),
  );
  prop('does so when every hash collides', { all: vectors }, ({ all }) => check([...all, ...all], () => 42));
  prop('does so when every hash is negative', { all: vectors }, ({ all }) =>
    check(all, (words, from) => -1 - (words[from] ?? 0)),
  );

  it('does so beyond its first buffer and index', () => {
    check(Array.from({ length: 9000 }, (_, n) => [n % 7, n >> 3, n & 7, n, 1]));
  });

  it('does so up to fields of 30 bits', () => {
    check([
      [0, 0],
      [2 ** 30 - 1, 1],
      [1, 2 ** 30 - 1],
      [2 ** 30 - 1, 2 ** 30 - 1],
      [0, 0],
    ]);
  });
});
