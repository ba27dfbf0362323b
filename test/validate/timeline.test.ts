/** Time lines of real guests: what they show adds up to what `ballast validate` says of the same logs. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import { v0 } from '../../models/variants/v0.ts';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { pageLog } from '../../reports/log-page.ts';
import type { PageChange, PageLog } from '../../reports/page-data.ts';
import { roleIn } from '../../src/core/chart.ts';
import { type Label, labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import type { LogStore } from '../../src/logs/segments.ts';
import { familiesShown, type Timeline, timelines, UNTOLD_CHART } from '../../src/validate/timeline.ts';
import { geometryOf } from '../../src/validate/validate.ts';
import { Validator } from '../../src/validate/validator.ts';
import { World } from '../../src/validate/world.ts';
import { store, storeOf, textOf } from '../logs/real-logs.ts';
import { itemsOfRun, validated } from '../support/guest-runs.ts';

const read = (run: string, protocol: Protocol, from: LogStore = store): readonly Timeline[] =>
  expectOk(timelines([run], from, { protocol, properties }), 'the captured logs are readable');

function only<T>(all: readonly T[]): T {
  const [first] = all;
  if (first === undefined || all.length > 1) throw new Error(`expected one, got ${all.length}`);
  return first;
}

/** What the page knows after the last record: `changed` laid over `start`, record by record. */
function replayed(log: PageLog, upTo = log.records.length): PageChange {
  const state = { ...log.start };
  for (const { changed } of log.records.slice(0, upTo)) Object.assign(state, changed);
  return state;
}

/** The page ledger from nothing but the charts' quantities; the kind of a chart is its id up to the bracket. */
function ledgerOf(state: PageChange): Record<string, number> {
  const sum = (term: string): number => {
    const [kind, quantity = ''] = term.split('.');
    return Object.entries(state)
      .filter(([id]) => id.replace(/\[.*/, '') === kind)
      .reduce((total, [, { quantities }]) => total + (quantities[quantity] ?? 0), 0);
  };
  return Object.fromEntries(
    ledgerLines.map(({ name, sum: terms }) => [
      name,
      Object.entries(terms).reduce((total, [term, weight]) => total + weight * sum(term), 0),
    ]),
  );
}

describe.each([
  '01-balloon',
  '02-hotplug',
  '03-auto-online',
  '04-offline-movable',
  '05-beyond-max',
  '07-target-mid',
  '09-domu-pv',
  '12-partial',
  '17-target-flips',
])('%s', (run) => {
  const found: { lines: readonly Timeline[] } = { lines: [] };
  beforeAll(() => {
    found.lines = read(run, v3);
  });

  it('is validated as without a time line', () => {
    expect(found.lines.map(({ validation }) => validation)).toEqual(validated(run, v3));
  });

  it('has every matched record once, in the order of the log', () => {
    for (const { records, validation } of found.lines) {
      expect(records).toHaveLength(validation.matched);
      const places = records.map(({ file, line }) => [validation.files.indexOf(file), line] as const);
      expect(places).toEqual(places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      expect(new Set(places.map(String)).size).toBe(places.length);
    }
  });

  it('ends with the ledger that validate prints, charts laid over the start one record after the other', () => {
    for (const line of found.lines) {
      if (line.records.length === 0) continue;
      const log = pageLog(run, line);
      expect(ledgerOf(replayed(log))).toEqual(line.validation.ledger);
      expect(replayed(log)[UNTOLD_CHART]?.quantities['ballooned'] ?? 0).toBe(line.validation.untold);
    }
  });

  it('breaks each property at the record that validate names, by the labels it names', () => {
    for (const { records, breaches, validation } of found.lines)
      expect(
        breaches.map(({ property, record }) => {
          const at = records[record];
          return { property, file: at?.file, line: at?.line, labels: at?.labels.map(labelText) };
        }),
      ).toEqual(
        validation.breaches.map(({ property, file, line, labels }) => ({ property, file, line, labels })),
      );
  });

  it('says nothing of a chart that stays as it is', () => {
    for (const line of found.lines) {
      const state = { ...line.start };
      for (const { changed } of line.records) {
        for (const [id, local] of Object.entries(changed)) expect(local).not.toEqual(state[id]);
        Object.assign(state, changed);
      }
    }
  });
});

describe('04, offline and online again', () => {
  const line = only(read('04-offline-movable', v3));
  const log = pageLog('04-offline-movable', line);

  it('shows the leak come to be: at each breach the property’s own balance first fails', () => {
    const backed = (upTo: number) => ledgerOf(replayed(log, upTo))['ballooned·backed'] ?? 0;
    const at = log.breaches.find(({ property }) => property === 'I-10')?.record ?? Number.NaN;
    expect([backed(at), backed(at + 1)]).toEqual([0, 1024]);
    expect(log.records[at]?.text).toMatch(/^xen_online_page\(order 10, pfn 0x[0-9a-f]+\)$/);
    const orphaned = (upTo: number) => ledgerOf(replayed(log, upTo))['orphaned'] ?? 0;
    const over = log.breaches.find(({ property }) => property === 'I-9')?.record ?? Number.NaN;
    expect([orphaned(over), orphaned(over + 1)]).toEqual([0, 512]);
    expect(log.records[over]?.text).toBe('xenmem_reservation_increase → 512');
  });

  it('is plain data of the page’s schema', () => {
    expect(JSON.parse(JSON.stringify(log))).toEqual(log);
    expect(log).toMatchObject({
      variant: 'v3',
      verdict: 'accepted: all 320 records',
      geometry: { sections: 1, pagesPerSection: 32_768, sectionsPerBlock: 1, bootPages: 131_072 },
    });
  });

  it('shows what its records stand for, and not what was only inferred', () => {
    const families = familiesShown(line);
    expect(families).toContain('populate.over');
    expect(families).toContain('offline.done');
    expect(families).not.toContain('sleep');
    expect(families).not.toContain('mutex.drop');
    expect(line.records.some(({ labels }) => labels.some(({ type }) => type === 'sleep'))).toBe(true);
  });
});

/** Charts that no loose page ever moves: their labels alone say where they are. */
const EXACT = ['balloon', 'books', 'need', 'wake', 'mutex', 'hotplugLock', 'hypervisor', 'block', 'slot'];

it.each([
  '02-hotplug',
  '03-auto-online',
  '04-offline-movable',
  '05-beyond-max',
  '12-partial',
  '17-target-flips',
])(
  'the labels of %s, given to fresh XState charts one after the other, lead where the time line says',
  (run) => {
    const { validation, records, start } = only(read(run, v3));
    const world = new World(v3, validation.geometry);
    const indices = [...new Set(records.flatMap(({ changed }) => Object.keys(changed).flatMap(indexOf)))];
    const steppers = [...world.fixed, ...indices.flatMap((index) => world.at(index))].filter(({ chart }) =>
      EXACT.includes(chart.kind),
    );
    const now = new Map(steppers.map((stepper) => [stepper, stepper.initial]));
    const shown = { ...start };
    let moves = 0;
    for (const { labels, changed } of records) {
      for (const label of labels)
        for (const [stepper, state] of now)
          if (roleIn(stepper.chart, label) !== undefined) now.set(stepper, stepper.next(state, label));
      Object.assign(shown, changed);
      for (const [{ chart }, state] of now) {
        const local = shown[chart.id];
        // A section is not shown before a record speaks of it.
        if (local === undefined) continue;
        expect(local).toMatchObject({ value: state.value, quantities: chart.observe(state) });
        if (chart.id in changed) moves += 1;
      }
    }
    expect(moves).toBeGreaterThan(records.length / 4);
  },
);

const indexOf = (id: string): readonly number[] => {
  const found = /\[(\d+)\]$/.exec(id)?.[1];
  return found === undefined ? [] : [Number(found)];
};

it('says untold and not known where the log does not tell', () => {
  const line = only(read('01-balloon', v3));
  const { start, records } = pageLog('01-balloon', line);
  expect(start['hypervisor']?.show).toBe('tot 131072 of max 131072, host free not known');
  expect(records.flatMap(({ labels }) => labels)).toContain('decrease.ok(section untold, pages 512)');
  expect(JSON.stringify(records)).not.toMatch(/section -2|host free \d{12}/);
});

it('a label solved from a later record stands with that record, not where it happened', () => {
  const { records } = only(read('02-hotplug', v3));
  const at = records.findIndex(({ labels }) => labels.some(({ type }) => type === 'mutex.drop'));
  expect(records[at]?.text).toMatch(/^add_memory_resource\(/);
  expect(records[at]?.labels.map(({ type }) => type)).toEqual(['mutex.drop', 'add.begin']);
});

it('of several beliefs one that is left is shown: the first at each record would be a run of no chart', () => {
  const items = itemsOfRun('17-target-flips');
  const geometry = expectOk(geometryOf(items), 'the captured logs are readable');
  const validator = new Validator(v3, geometry, properties);
  const firsts: (readonly Label[])[] = [];
  for (const item of items) {
    const before = validator.matched;
    validator.accept(item);
    if (validator.matched > before) firsts.push(validator.beliefs[0]?.trail ?? []);
  }
  const { records } = only(read('17-target-flips', v3));
  expect(firsts).toHaveLength(records.length);
  const [balloon] = new World(v3, geometry).fixed.filter(({ chart }) => chart.id === 'balloon');
  const isRun = (labels: readonly Label[]): boolean => {
    let state = balloon?.initial;
    for (const label of labels) {
      if (balloon === undefined || state === undefined || roleIn(balloon.chart, label) === undefined)
        continue;
      if (!balloon.accepts(state, label)) return false;
      state = balloon.next(state, label);
    }
    return true;
  };
  expect(isRun(records.flatMap(({ labels }) => labels))).toBe(true);
  expect(isRun(firsts.flat())).toBe(false);
});

it('a rejected log has its matched records, and says so', () => {
  const line = only(read('02-hotplug', v0));
  expect(line.records).toHaveLength(135);
  expect(pageLog('02-hotplug', line).verdict).toMatch(/^rejected after 135 records: /);
});

it('a log without a record of the driver has no time line', () => {
  const text = textOf('01-balloon/trace_2_up_384_512.txt.gz')
    .split('\n')
    .filter((line) => line.startsWith('#'))
    .join('\n');
  const lines = read('quiet.txt', v3, storeOf({ 'quiet.txt': text }));
  expect(lines.map(({ start, records, breaches }) => ({ start, records, breaches }))).toEqual([
    { start: {}, records: [], breaches: [] },
  ]);
});
