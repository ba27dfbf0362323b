/** Which engine answers when nobody says: plain states, or blocks where charts declare what is dense and there are many states. */
import { expect, it } from 'vitest';
import type { Watch } from '../../../src/compose/observation.ts';
import type { Model } from '../../../src/core/chart.ts';
import { explore, type Progress } from '../../../src/search/search.ts';
import { type ReferenceScope, referenceModel, referenceWatches } from '../../bench/reference-model.ts';
import { compose } from '../../support/blocks.ts';

const DENSE: Readonly<Record<string, readonly string[]>> = {
  credit: ['target'],
  cap: ['max'],
  host: ['free'],
};

/** Of these blocks would be too large. */
const UNFIT = { ...DENSE, section: ['value', 'pages'], driver: ['value'] };

function declared(scope: ReferenceScope, all = DENSE): Model {
  const { charts, alphabet } = referenceModel(scope);
  return {
    charts: charts.map((chart) => {
      const dense = all[chart.kind];
      return dense === undefined ? chart : { ...chart, dense };
    }),
    alphabet,
  };
}

const small = { sections: 3, pages: 2, host: 4 };
const large = { sections: 4, pages: 2, host: 8 };

it('what charts declare is the split', () => {
  const found = explore(compose(declared(small)), [], { engine: 'block' });
  expect(found).toMatchObject({ states: 118_800, transitions: 1_229_202, depth: 31 });
  expect(found.engine).toContain('credit.target × cap.max × host.free');
});

it('few states are plain', () => {
  const found = explore(compose(declared(small)), [], { engine: 'auto' });
  expect(found).toMatchObject({ states: 118_800, transitions: 1_229_202, depth: 31 });
  expect(found.engine).toBeUndefined();
});

it('many are blocks, with the same answers', () => {
  const watches = referenceWatches({ ...large, host: 7 });
  const found = explore(compose(declared(large)), watches, { engine: 'auto' });
  expect(found).toMatchObject({ states: 4_373_975, transitions: 58_827_290, depth: 41 });
  expect(found.engine).toMatch(/^blocks of/);
  const plain = explore(compose(declared(large)), watches);
  expect(found.violations.map((violation) => violation?.count)).toEqual(
    plain.violations.map((violation) => violation?.count),
  );
  const runs = [found, plain].map(({ path, violations }) =>
    violations.map((violation) => violation && path(violation.state)),
  );
  expect(runs[0]).toEqual(runs[1]);
});

it('many orbits are in blocks too', () => {
  const model = declared({ sections: 6, pages: 2, host: 12 });
  const found = explore(compose(model), [], { engine: 'auto', symmetry: true });
  expect(found).toMatchObject({
    states: 5_444_390,
    whole: { states: 1_093_705_529, transitions: 20_521_060_462 },
    depth: 57,
  });
  expect(found.engine).toMatch(/^symmetry of 6 sections in any order.*; blocks of/);
});

it('threads change nothing: neither where it ends in blocks, nor in the plain states before, nor where it goes back to them', () => {
  const watches = referenceWatches({ ...large, host: 7 });
  for (const dense of [DENSE, UNFIT]) {
    const [one, two] = [1, 2].map((threads) => {
      const found = explore(compose(declared(large, dense)), watches, { engine: 'auto', threads });
      const { path, locals, successors, concrete, fired, ...said } = found;
      const runs = said.violations.map((violation) => violation && path(violation.state));
      const last = found.states - 1;
      return { ...said, fired: [...fired], runs, last: [path(last), ...locals(last)] };
    });
    expect(two).toEqual(one);
  }
});

it('many are blocks also where loops are asked for', () => {
  const model = declared(large);
  const families = [...new Set(model.alphabet.map(({ type }) => type))];
  // Something is offered for ever, and nothing is ever done.
  const stuck: Watch = {
    kind: 'temporal',
    without: families,
    fairness: { quiet: [], groups: [{ name: 'all', families, strength: 'weak' }] },
  };
  const found = explore(compose(model), [stuck], { engine: 'auto' });
  expect(found.engine).toMatch(/^blocks of/);
  expect(found.lassos).toEqual([undefined]);
});

it('blocks say how far they are in outer states, and do not say that there are no transitions', () => {
  const seen: Progress[] = [];
  explore(compose(declared(small)), [], { engine: 'block', onProgress: (its) => seen.push(its) });
  expect(seen).toHaveLength(32);
  expect(seen.every(({ transitions }) => transitions === undefined)).toBe(true);
  expect(seen.at(-1)).toMatchObject({ states: 118_800, depth: 31 });
  const active = seen.map(({ outers }) => outers?.active ?? 0);
  expect(active[0]).toBe(1);
  expect(Math.max(...active)).toBeGreaterThan(100);
  expect(new Set(seen.map(({ outers }) => outers?.found)).size).toBe(1);
});

it('many are plain all the same where no chart says what is dense', () => {
  const found = explore(compose(referenceModel(large)), [], { engine: 'auto' });
  expect(found).toMatchObject({ states: 4_373_975, transitions: 58_827_290, depth: 41 });
  expect(found.engine).toBeUndefined();
});

it('what was begun in plain states goes on where blocks do not fit', () => {
  const found = explore(compose(declared(large, UNFIT)), [], { engine: 'auto' });
  expect(found).toMatchObject({ states: 4_373_975, transitions: 58_827_290, depth: 41, complete: true });
  expect(found.engine).toMatch(/^plain states, since/);
  expect(found.path(found.states - 1)).toHaveLength(41);
});
