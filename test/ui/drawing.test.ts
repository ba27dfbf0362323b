/** What is drawn of real runs, against the page ledger and the transitions themselves. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageCase, PageChart, PageData, PageStep } from '../../reports/page-data.ts';
import { drawingOf, edgesOf, pathOf } from '../../src/ui/chart-graph.ts';
import { arrowOf, arrowText, lanesOf } from '../../src/ui/lanes.ts';
import {
  type Cell,
  cellsOf,
  holderOf,
  merged,
  orphaned,
  PAGE_KINDS,
  segmentsOf,
  segmentsText,
} from '../../src/ui/pages.ts';
import { States } from '../../src/ui/states.ts';
import { BARE_TEMPLATE, smallPage } from './small-page.ts';

let data: PageData;
beforeAll(async () => {
  const html = await smallPage(BARE_TEMPLATE);
  data = JSON.parse(/json">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '') as PageData;
});

const statesOf = ({ start, steps }: PageCase): States =>
  new States(
    start,
    steps.map(({ changed }) => changed),
  );

const drawn = (cells: readonly Cell[], id: string): number =>
  cells
    .flatMap(({ segments }) => segments)
    .filter(({ kind }) => kind.id === id)
    .reduce((sum, { pages }) => sum + pages, 0);

/** Lines of the ledger and the kinds of page that should add up to them. */
const LINES = {
  'in use': 'inUse',
  'in use·empty': 'inUseEmpty',
  ballooned: 'ballooned',
  ballooned·backed: 'balloonedBacked',
  offline·backed: 'offlineBacked',
  offline·empty: 'offlineEmpty',
  filled: 'filled',
} as const;

describe('the memory map', () => {
  it('draws as many pages of each kind as the ledger counts, at every step of every run', () => {
    let compared = 0;
    for (const one of data.cases) {
      const states = statesOf(one);
      one.steps.forEach(({ ledger }, at) => {
        const locals = states.at(at + 1);
        const cells = cellsOf(locals, one.geometry);
        for (const [line, kind] of Object.entries(LINES)) expect(drawn(cells, kind)).toBe(ledger[line]);
        expect(orphaned(locals)).toBe(ledger['orphaned']);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(100);
  });

  it('gives each section the pages of its size, boot first', () => {
    for (const one of data.cases) {
      const cells = cellsOf(one.start, one.geometry);
      expect(cells.map(({ name }) => name)).toEqual(['boot', '0']);
      const sizes = cells.map(({ segments }) => segments.reduce((sum, { pages }) => sum + pages, 0));
      expect(sizes).toEqual([one.geometry.bootPages, one.geometry.pagesPerSection]);
    }
  });

  it('says nothing by colour alone', () => {
    const letters = PAGE_KINDS.map(({ letter }) => letter);
    expect(new Set(letters).size).toBe(letters.length);
    expect(segmentsText(segmentsOf({ inUse: 1, balloonedBacked: 2 }, 4))).toBe(
      '1 in use · backed, 2 ballooned · BACKED, 1 absent',
    );
  });

  it('draws a real guest at its real size', () => {
    const [log] = data.logs;
    if (log === undefined) throw new Error('no log');
    const states = new States(
      log.start,
      log.records.map(({ changed }) => changed),
    );
    const cells = cellsOf(states.at(log.records.length), log.geometry);
    const section = cells.find(({ name }) => name === '0');
    expect(section?.segments.reduce((sum, { pages }) => sum + pages, 0)).toBe(32_768);
    expect(drawn(cells, 'balloonedBacked')).toBeGreaterThan(0);
  });
});

describe('a guest of very many sections', () => {
  const local = (quantities: Readonly<Record<string, number>>, value = 'online') => ({
    value,
    show: value,
    quantities,
  });
  const locals = Object.fromEntries([
    ['section[boot]', local({ inUse: 5 })],
    ...Array.from({ length: 8192 }, (_, at) => [
      `section[${at}]`,
      local({ inUse: at % 8, ballooned: 8 - (at % 8) }),
    ]),
    ...Array.from({ length: 8192 }, (_, at) => [`slot[${at}]`, local({}, at === 7000 ? 'rival' : 'driver')]),
  ]);
  const all = cellsOf(locals, { pagesPerSection: 8, sectionsPerBlock: 1, bootPages: 5 });
  const few = merged(all, 256);

  it('is drawn in few cells with the same pages', () => {
    expect(few).toHaveLength(257);
    for (const { id } of PAGE_KINDS) expect(drawn(few, id)).toBe(drawn(all, id));
    expect(few.slice(0, 2).map(({ name }) => name)).toEqual(['boot', '0–31']);
    expect(few.at(-1)?.name).toBe('8160–8191');
    expect(few.filter(({ slot }) => slot === 'several').map(({ name }) => name)).toEqual(['6976–7007']);
  });

  it('is left alone while it is small', () => {
    expect(merged(all.slice(0, 257), 256)).toEqual(all.slice(0, 257));
  });
});

describe('who holds an interval', () => {
  const of = (change: Partial<Cell>) =>
    holderOf({
      chart: 'section[0]',
      name: '0',
      segments: [],
      state: '',
      block: 'absent',
      slot: 'free',
      isUnreserved: false,
      ...change,
    });

  it('is one, or the two that are in conflict', () => {
    expect(of({}).words).toBe('free');
    expect(of({ slot: 'driver' }).words).toBe('driver');
    expect(of({ slot: 'both' })).toEqual({ look: 'both', words: 'driver + rival' });
    expect(of({ slot: 'rival', isUnreserved: true })).toEqual({ look: 'both', words: 'rival + RAM' });
    expect(of({ isUnreserved: true }).look).toBe('unasked');
  });

  it('is in conflict in the double claim of 2010, at its last step and not before', () => {
    const one = data.cases.find(({ id }) => id === 'v0-single-I-2');
    if (one === undefined) throw new Error('no double claim');
    const looks = Array.from({ length: one.steps.length + 1 }, (_, at) =>
      cellsOf(statesOf(one).at(at), one.geometry).map((cell) => holderOf(cell).look === 'both'),
    );
    expect(looks.map((row) => row.includes(true))).toEqual([...looks.slice(1).map(() => false), true]);
  });
});

describe('states along a run', () => {
  it('are the changes folded from the start, wherever one asks', () => {
    const local = (n: number) => ({ value: String(n), show: String(n), quantities: { n } });
    const changes = Array.from({ length: 300 }, (_, at) => ({ [`c${at % 7}`]: local(at + 1) }));
    const start = Object.fromEntries(Array.from({ length: 7 }, (_, at) => [`c${at}`, local(0)]));
    const states = new States(start, changes);
    let now = { ...start };
    expect(states.at(0)).toEqual(now);
    changes.forEach((change, at) => {
      now = { ...now, ...change };
      expect(states.at(at + 1)).toEqual(now);
    });
    expect(states.at(9999)).toEqual(now);
    expect(states.at(-5)).toEqual(start);
  });
});

describe('the sequence', () => {
  const step = (actor: string, ...owners: readonly (readonly [string, string])[]): PageStep => ({
    label: 'x',
    actor,
    owners: owners.map(([of, role]) => ({ chart: of, role, actor: of })),
    changed: {},
    ledger: {},
  });

  it('has a lane for everybody, in one order', () => {
    const steps = [step('rival', ['kernel', 'decides']), step('toolstack', ['hypervisor', 'observes'])];
    expect(lanesOf(steps)).toEqual(['toolstack', 'kernel', 'hypervisor', 'rival']);
    expect(lanesOf([step('nobody we know')])).toEqual(['nobody we know']);
  });

  it('points from who takes a step to who may refuse it, and marks who only sees it', () => {
    const one = step(
      'driver',
      ['driver', 'initiates'],
      ['lock', 'grants'],
      ['memory', 'observes'],
      ['hypervisor', 'decides'],
      ['hypervisor', 'observes'],
    );
    const lanes = lanesOf([one]);
    const arrow = arrowOf(one, lanes);
    expect(lanes[arrow.from]).toBe('driver');
    expect(arrow.deciders.map((at) => lanes[at])).toEqual(['lock', 'hypervisor']);
    expect(arrow.observers.map((at) => lanes[at])).toEqual(['memory']);
    expect(arrowText(one)).toBe('driver → locks, hypervisor');
  });
});

describe('a chart drawn', () => {
  const all = (): readonly PageChart[] => data.charts;

  it('has every transition once, covered and uncovered apart', () => {
    for (const chart of all()) {
      const edges = edgesOf(chart.transitions);
      expect(edges.flatMap(({ transitions }) => transitions)).toHaveLength(chart.transitions.length);
      for (const { isCovered, transitions, from, to } of edges)
        for (const one of transitions)
          expect([one.from, one.to, one.takenBy.length > 0]).toEqual([from, to, isCovered]);
    }
  });

  it('keeps states apart, inside the picture', () => {
    for (const chart of all()) {
      const { nodes, width, height } = drawingOf(chart, 'all');
      expect(nodes.map(({ name }) => name)).toEqual(chart.states.map(({ name }) => name));
      expect(nodes.filter(({ isInitial }) => isInitial)).toHaveLength(1);
      for (const [at, a] of nodes.entries()) {
        expect(a.x - a.width / 2).toBeGreaterThanOrEqual(0);
        expect(a.x + a.width / 2).toBeLessThanOrEqual(width);
        expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
        for (const b of nodes.slice(at + 1))
          expect(
            Math.abs(a.x - b.x) >= (a.width + b.width) / 2 ||
              Math.abs(a.y - b.y) >= (a.height + b.height) / 2,
          ).toBe(true);
      }
    }
  });

  it('leaves out what was never taken, if asked', () => {
    const chart = all().find(({ kind, variant }) => kind === 'section' && variant === 'v3');
    if (chart === undefined) throw new Error('no section chart');
    const edges = (extent: 'taken' | 'possible' | 'all') => drawingOf(chart, extent).edges;
    const covered = edges('all').filter(({ isCovered }) => isCovered).length;
    expect(covered).toBeGreaterThan(0);
    expect(edges('all').length).toBeGreaterThan(edges('possible').length);
    expect(edges('possible').length).toBeGreaterThan(covered);
    expect(edges('possible').some(({ to }) => to === 'disordered')).toBe(false);
    expect(edges('taken')).toHaveLength(covered);
  });

  it('draws a line from its first point to its last', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ];
    expect(pathOf(points)).toBe('M0.0,0.0 L74.0,0.0 Q100.0,0.0 100.0,26.0 L100.0,100.0');
    expect(pathOf(points.slice(0, 2))).toBe('M0.0,0.0 L100.0,0.0');
    expect(pathOf([])).toBe('');
  });
});
