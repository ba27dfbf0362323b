/** The way back (lifecycle-removing), run by run: what it undoes, and who may come in between. Scope `single`. */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { single } from '../../models/scopes.ts';
import { lifecycleRemoving } from '../../models/variants/lifecycle-removing.ts';
import { ledgerLines } from '../../properties/ledger.ts';
import { guestWorld } from '../../src/cli/trace/world.ts';
import type { Label } from '../../src/core/label.ts';
import { retrace } from '../../src/trace/retrace.ts';

const RUN = { first: 0, count: 1 };
const plain = (...types: readonly string[]): Label[] => types.map((type) => ({ type }));
const order = (pages: number): Label[] => [
  { type: 'max.set', pages },
  { type: 'target.set', pages },
];
const twice = (type: string): Label[] => [1, 2].map(() => ({ type, section: 0, pages: 1 }));
const block = (...types: readonly string[]): Label[] => types.map((type) => ({ type, block: 0 }));

const addRun: Label[] = [
  ...plain('hotplug.done'),
  { type: 'reserve.ok', ...RUN },
  ...twice('fill.ok'),
  ...plain('fill.full', 'mutex.drop', 'add.begin'),
  { type: 'add.ok', ...RUN },
  ...block('autoonline.begin'),
  ...twice('autoonline.page'),
  ...block('autoonline.done'),
  ...plain('add.end'),
  { type: 'count.done', count: 1 },
];
const offline = block('offline.begin', 'offline.done');
const decided: Label[] = [{ type: 'vacate.done', ...RUN, pages: 2 }, ...plain('mutex.drop')];
const locked: Label[] = [...plain('remove.begin'), { type: 'empty.begin', ...RUN }];
const gone: Label[] = [
  ...twice('unfill.ok'),
  ...plain('mutex.drop'),
  { type: 'remove.ok', ...RUN },
  ...plain('remove.end'),
  { type: 'uncount.done', count: 1 },
  { type: 'release', ...RUN },
];

function taken(...parts: readonly (readonly Label[])[]) {
  const labels = parts.flat();
  const found = retrace(guestWorld(lifecycleRemoving, pv64, single), labels, ledgerLines, []);
  const end = found.steps.at(-1)?.ledger ?? found.start;
  return { ...found, end, labels };
}

const UP = [order(3), addRun, offline, order(1)];

describe('an order down, and a block that is offline', () => {
  it('gives frames, pages, counters and the interval back', () => {
    const { stopped, start, end } = taken(UP.flat(), decided, locked, gone, [
      { type: 'intrude', section: 0 },
    ]);
    expect(stopped).toBeUndefined();
    expect(end).toEqual(start);
  });

  it('an order below by less takes pages one by one, and the block stays', () => {
    const labels = [order(3), addRun, offline, order(2)];
    expect(taken(...labels, decided).stopped?.step).toBe(labels.flat().length);
    const shrink: Label[] = [{ type: 'shrink.done', pages: 1 }];
    const given: Label[] = [{ type: 'decrease.ok', section: -1, pages: 1 }, ...plain('decrease.done')];
    const { stopped, end } = taken(...labels, shrink, given);
    expect(stopped).toBeUndefined();
    expect(end).toMatchObject({ tot: 2, current: 2, offline·backed: 2, total: 3 });
  });
});

describe('whoever comes in between', () => {
  it('somebody who onlines the block before the lock is taken keeps it: EBUSY, and nothing is lost', () => {
    const online: Label[] = [...block('online.begin'), ...twice('online.page'), ...block('online.done')];
    const refused: Label[] = [
      ...plain('remove.begin'),
      { type: 'remove.ebusy', ...RUN },
      ...plain('remove.end'),
    ];
    const { stopped, end } = taken(UP.flat(), decided, online, refused, [{ type: 'shrink.done', pages: 2 }]);
    expect(stopped).toBeUndefined();
    expect(end).toMatchObject({ tot: 3, current: 3, 'in use': 3, total: 3 });
  });

  it('afterwards nobody can, until the block is gone: device_hotplug is held', () => {
    const before = [UP.flat(), decided, locked, gone.slice(0, 3)];
    const { stopped } = taken(...before, block('online.begin'));
    expect(stopped?.step).toBe(before.flat().length);
    expect(stopped?.refused.map(({ chart }) => chart)).toContain('device_hotplug');
  });

  it('a target that rises while the block leaves is taken up afterwards: the section comes back', () => {
    const { stopped, end } = taken(
      UP.flat(),
      decided,
      locked,
      gone.slice(0, 1),
      order(3),
      gone.slice(1),
      addRun,
    );
    expect(stopped).toBeUndefined();
    expect(end).toMatchObject({ tot: 3, current: 3, 'in use': 3, total: 3 });
  });

  it('a rival takes the interval only once it is released, and the driver finds no gap then', () => {
    const intrude: Label[] = [{ type: 'intrude', section: 0 }];
    const before = [UP.flat(), decided, locked, gone.slice(0, -1)];
    expect(taken(...before, intrude).stopped?.step).toBe(before.flat().length);
    const growing = [UP.flat(), decided, locked, gone, intrude, order(3), plain('hotplug.done')];
    expect(taken(...growing, [{ type: 'reserve.ok', ...RUN }]).stopped?.step).toBe(growing.flat().length);
    expect(taken(...growing, [{ type: 'reserve.nogap', count: 1 }]).stopped).toBeUndefined();
  });
});
