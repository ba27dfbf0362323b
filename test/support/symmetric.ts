/**
 * Random products whose sections are alike: charts that there is one of for each section, charts that there is one of, and jobs, which
 * remember which section they are about. Now and then one section is unlike the others after all, or labels name neighbours.
 */
import fc from 'fast-check';
import { chart, type Handlers } from '../../models/kit.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model, ModelChart } from '../../src/core/chart.ts';
import type { Label } from '../../src/core/label.ts';
import type { Split } from '../../src/search/block/split.ts';
import { build, FAMILIES, family, type TinyChart, tinyChart, tinyWatch } from './tiny.ts';

interface Job {
  /** Section it is about; 0 while there is none. */
  readonly at: number;
  /** What it has done, until it begins to count anew. */
  readonly n: number;
}

/** Per family: what a job does with it. */
type Part = 'none' | 'begins' | 'inside' | 'elsewhere' | 'ends';
interface JobSpec {
  readonly parts: readonly Part[];
  /** How far it counts. */
  readonly most: number;
  /** It says which section it is about, so a sum over it may tell sections apart. */
  readonly tells: boolean;
}

interface Spec {
  readonly sections: number;
  readonly own: readonly TinyChart[];
  readonly single: readonly TinyChart[];
  readonly jobs: readonly JobSpec[];
  readonly labels: readonly {
    readonly f: number;
    readonly of: 'all' | 'each' | 'pairs';
    readonly pages: number;
  }[];
  /** The last section has another ceiling. */
  readonly odd: boolean;
}

const spec: fc.Arbitrary<Spec> = fc.record({
  sections: fc.constantFrom(2, 2, 3, 3, 4),
  own: fc.array(tinyChart, { minLength: 1, maxLength: 2 }),
  single: fc.array(tinyChart, { maxLength: 1 }),
  jobs: fc.array(
    fc.record({
      parts: fc.array(fc.constantFrom<Part>('none', 'begins', 'inside', 'elsewhere', 'ends', 'ends'), {
        minLength: FAMILIES,
        maxLength: FAMILIES,
      }),
      most: fc.constantFrom(0, 0, 0, 2),
      tells: fc.oneof(
        { weight: 4, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    }),
    { maxLength: 2 },
  ),
  labels: fc.uniqueArray(
    fc.record({
      f: fc.nat({ max: FAMILIES - 1 }),
      of: fc.constantFrom(
        'all' as const,
        'each' as const,
        'each' as const,
        'each' as const,
        'pairs' as const,
      ),
      pages: fc.nat({ max: 1 }),
    }),
    { minLength: 3, maxLength: 7, selector: (l) => JSON.stringify(l) },
  ),
  odd: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

const modelFrom = (specs: fc.Arbitrary<Spec>): fc.Arbitrary<Model> =>
  specs
    .map((its) => Object.assign(modelOf(its), { [fc.toStringMethod]: () => JSON.stringify(its) }))
    .filter(({ alphabet }) => alphabet.length > 0);

const asked = fc.array(tinyWatch as fc.Arbitrary<Watch>, { minLength: 1, maxLength: 4 });

export const symmetricCase = fc.record({ model: modelFrom(spec), asked });

/** For blocks: what there is one of is a dial, what there is one of for each section is a cog, so that a split can name either. */
const apart = fc
  .record({ spec, dials: fc.array(tinyChart, { minLength: 1, maxLength: 2 }) })
  .map(({ dials, spec: its }) => ({
    ...its,
    own: its.own.slice(0, 1),
    single: dials.map((of) => ({ ...of, kind: 1 })),
  }));

/** Mostly what no renaming does anything to; now and then the section that a job is about, or what sections are. */
const splits = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Split>(['dial.n']) },
  { weight: 1, arbitrary: fc.subarray<string>(['dial', 'dial.n', 'dial.at', 'cog.n']) },
);

export const symmetricBlockCase = fc.record({ model: modelFrom(apart), asked, split: splits });

function modelOf({ sections, own: some, single, jobs, labels, odd }: Spec): Model {
  const small = some.length * sections > 4;
  /** Ranges are small, as there are as many as sections. */
  const own = (of: TinyChart, kind: number, index: number): TinyChart => ({
    ...of,
    kind,
    index,
    ceiling: (of.ceiling % (small ? 2 : 3)) + (odd && index === sections - 1 ? 1 : 0),
    states: Math.min(small ? 2 : 3, of.states),
    roles: of.roles.map((role, f) => role ?? (f % 2 === 0 ? 'initiates' : undefined)),
  });
  const indices = Array.from({ length: sections }, (_, i) => i);
  const charts: ModelChart[] = [
    ...some
      .slice(0, sections > 3 ? 1 : 2)
      .flatMap((of, n) => indices.map((index) => build(own(of, n, index), 10 * n + index))),
    ...single.map((of, n) => build({ ...of, index: undefined }, 50 + n)),
    ...jobs.map((of, n) => job(of, 60 + n)),
  ];
  const alphabet = labels.flatMap(({ f, of, pages }): Label[] => {
    const base = { type: family(f), pages };
    if (of === 'all') return [base];
    if (of === 'each') return indices.map((section) => ({ ...base, section }));
    return indices.slice(1).map((_, first) => ({ ...base, first, count: 2 }));
  });
  const initiated = (label: Label) =>
    charts.some(({ families, owns }) => families[label.type] === 'initiates' && owns(label));
  return { charts, alphabet: alphabet.filter(initiated) };
}

const sectionOf = ({ section, first }: Label): number | undefined => section ?? first;

function job({ most, parts, tells }: JobSpec, at: number): ModelChart {
  const of = (part: Part) => parts.flatMap((its, f) => (its === part ? [family(f)] : []));
  const here = (c: Job, l: Label) => sectionOf(l) === c.at;
  const idle: Handlers<Job> = Object.fromEntries(
    of('begins').map((type) => [
      type,
      { set: (_: Job, l: Label) => ({ at: sectionOf(l) ?? 0 }), to: 'busy' },
    ]),
  );
  const counts = (c: Job) => ({ n: (c.n + 1) % (most + 1) });
  const busy: Handlers<Job> = Object.fromEntries([
    ...of('inside').map((type) => [type, { when: here, set: counts }] as const),
    ...of('elsewhere').map((type) => [type, { when: (c: Job, l: Label) => !here(c, l) }] as const),
    ...of('ends').map((type) => [type, { when: here, set: () => ({ at: 0 }), to: 'idle' }] as const),
  ]);
  const families = [...Object.keys(idle), ...Object.keys(busy)];
  return chart<Job>({
    id: `job${at}`,
    kind: 'dial',
    actor: 'somebody',
    families: Object.fromEntries(families.map((type) => [type, 'initiates'])),
    owns: (label) => sectionOf(label) !== undefined,
    context: { at: 0, n: 0 },
    initial: 'idle',
    states: { idle, busy },
    observe: (c, value) => ({ n: value === 'busy' ? 1 : 0, at: tells ? c.at : 0, full: 0 }),
  });
}
