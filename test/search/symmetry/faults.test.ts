/** Faults planted in the symmetry, and that the naive explorer or the check notices each (design §8). */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import { chart, role } from '../../../models/kit.ts';
import { pair } from '../../../models/scopes.ts';
import { lifecycle } from '../../../models/variants/lifecycle.ts';
import type { Watch } from '../../../src/compose/observation.ts';
import type { Product } from '../../../src/compose/product.ts';
import type { Model } from '../../../src/core/chart.ts';
import type { Label } from '../../../src/core/label.ts';
import type { Motion } from '../../../src/search/symmetry/motion.ts';
import { type Symmetry, symmetryOf } from '../../../src/search/symmetry/symmetry.ts';
import { compose } from '../../support/blocks.ts';
import { applicable } from '../../support/explored.ts';
import { naivelyWhole, underSymmetry } from '../../support/orbits.ts';

function symmetric(product: Product, asked: readonly Watch[] = []): Symmetry {
  const symmetry = symmetryOf(product, asked);
  if ('off' in symmetry) throw new Error(symmetry.off);
  return symmetry;
}

describe('on lifecycle in the scope pair', () => {
  const model = guestModel(lifecycle, pv64, pair);
  const asked = applicable(lifecycle, pair).map(({ watch }) => watch);
  const sound = { ...naivelyWhole(model, asked).says, orbits: 12_771 };
  /** Says what a search says whose symmetry was spoilt. */
  const spoilt = (spoil: (symmetry: Symmetry, product: Product) => Symmetry) => {
    const product = compose(model);
    return underSymmetry(product, asked, spoil(symmetric(product, asked), product));
  };
  const moved = (): readonly string[] => {
    const product = compose(model);
    return symmetric(product).moved.map((at) => product.tables[at]?.chart.id ?? '');
  };

  it('nothing spoilt, nothing noticed', () => {
    expect(spoilt((symmetry) => symmetry)).toEqual(sound);
    expect(moved()).toEqual([
      ...['balloon', 'section[0]', 'section[1]', 'block[0]', 'block[1]', 'slot[0]', 'slot[1]'],
      ...['onliner', 'offliner'],
    ]);
  });

  const kinds = ['balloon', 'section', 'block', 'slot', 'onliner', 'offliner'];
  const isOf = (kind: string, { tables }: Product, at: number) => tables[at]?.chart.kind === kind;

  it.each(kinds)('a renaming that leaves %s as it is: counts differ', (kind) => {
    const says = spoilt((symmetry, product) => {
      const leave = (motion: Motion): Motion => ({
        ...motion,
        charts: motion.charts.map((to, at) => (isOf(kind, product, at) ? at : to)),
        locals: motion.locals.map((images, at) =>
          isOf(kind, product, at) ? images.map((_, local) => local) : images,
        ),
      });
      return { ...symmetry, motions: symmetry.motions.map(leave) };
    });
    expect(says).not.toEqual(sound);
  });

  /** Of which section is which they say nothing that the section does not say in this scope, which has no rival. */
  const SAID_TWICE = ['block', 'slot', 'onliner', 'offliner'];

  it.each(kinds)(
    'a canonical form that does not look at %s: counts differ, unless others say the same',
    (kind) => {
      const says = spoilt((symmetry, product) => {
        const shares = new Map([...symmetry.keys.shares].filter(([at]) => !isOf(kind, product, at)));
        return { ...symmetry, keys: { shares } };
      });
      if (SAID_TWICE.includes(kind)) expect(says).toEqual(sound);
      else expect(says).not.toEqual(sound);
    },
  );

  it('a canonical form in which one chart writes over another: counts differ', () => {
    const says = spoilt((symmetry) => {
      const cut = (values: BigUint64Array) => values.map((value) => value & 0xfn);
      const shares = new Map(
        [...symmetry.keys.shares].map(([at, of]) => [
          at,
          new Map([...of].map(([n, values]) => [n, cut(values)])),
        ]),
      );
      return { ...symmetry, keys: { shares } };
    });
    expect(says).not.toEqual(sound);
  });
});

interface At {
  readonly at: number;
}
const section = ({ section }: Label): number => section ?? 0;

/** Three sections that are taken and dropped one at a time, and a job that remembers which. */
function small({ stubborn = false, tells = false } = {}): Model {
  const one = (index: number) =>
    chart<Record<string, never>>({
      id: `cog[${index}]`,
      kind: 'cog',
      index,
      actor: 'somebody',
      families: role('decides', 'verb.take', 'verb.drop'),
      owns: (l) => section(l) === index,
      context: {},
      initial: 'free',
      states: {
        free: { 'verb.take': { to: 'taken' } },
        taken: { 'verb.drop': stubborn && index === 2 ? { to: 'worn' } : { to: 'free' } },
        ...(stubborn ? { worn: {} } : {}),
      },
      observe: (_, value) => ({ taken: value === 'taken' ? 1 : 0 }),
    });
  const job = chart<At>({
    id: 'job',
    kind: 'job',
    actor: 'somebody',
    families: role('initiates', 'verb.take', 'verb.drop'),
    context: { at: 0 },
    initial: 'idle',
    states: {
      idle: { 'verb.take': { set: (_, l) => ({ at: section(l) }), to: 'busy' } },
      busy: { 'verb.drop': { when: (c, l) => section(l) === c.at, set: () => ({ at: 0 }), to: 'idle' } },
    },
    observe: (c) => ({ at: tells ? c.at : 0 }),
  });
  return {
    charts: [one(0), one(1), one(2), job],
    alphabet: ['verb.take', 'verb.drop'].flatMap((type) => [0, 1, 2].map((section) => ({ type, section }))),
  };
}

const where: Watch = {
  kind: 'state',
  perIndex: false,
  clauses: [[{ sum: { 'job.at': 1 }, is: 'equal', to: 2 }]],
};

it('a property that names a section: refused with its name, and wrong if it were not', () => {
  const model = small({ tells: true });
  const product = compose(model);
  expect(symmetryOf(product, [where], () => 'I-0')).toEqual({
    off: 'I-0: job.at of job in busy is not that of job',
  });
  expect(underSymmetry(product, [where], symmetric(product))).not.toMatchObject(
    naivelyWhole(model, [where]).says,
  );
});

it('a step that is judged by its section: refused, and wrong if it were not', () => {
  const picky: Watch = { kind: 'step', never: [], on: 'cog', holds: (_, label) => label.section !== 2 };
  const model = small();
  const product = compose(model);
  expect(symmetryOf(product, [picky])).toEqual({
    off: 'watch 0: it judges cog[1] otherwise than cog[2]',
  });
  expect(underSymmetry(product, [picky], symmetric(product))).not.toMatchObject(
    naivelyWhole(model, [picky]).says,
  );
});

it('a section unlike the others: refused with what it does, and wrong if it were not', () => {
  const model = small({ stubborn: true });
  const product = compose(model);
  expect(symmetryOf(product, [])).toEqual({
    off: 'in cog[1], taken, verb.drop(section 1) leads to free; but in cog[2], taken, verb.drop(section 2) leads to worn',
  });
  const alike = compose(small());
  const forced = {
    ...symmetric(alike),
    motions: symmetric(alike).motions.map((motion) => widened(motion, product)),
  };
  expect(underSymmetry(product, [], forced)).not.toMatchObject(naivelyWhole(model, []).says);
});

/** Local states that the other product does not have stay what they are. */
function widened(motion: Motion, { tables }: Product): Motion {
  for (const table of tables) table.enumerate();
  const locals = tables.map((table, at) =>
    Int32Array.from({ length: table.size }, (_, local) => motion.locals[at]?.[local] ?? local),
  );
  return { ...motion, locals };
}

it('loops are looked for in the whole graph', () => {
  const loop: Watch = { kind: 'temporal', fairness: { quiet: [], groups: [] } };
  expect(symmetryOf(compose(small()), [loop])).toEqual({
    off: 'watch 0: a loop is looked for in the whole graph',
  });
});
