/** The sentences this project stands on, each as the shortest run that shows it. Scope `single`, shared explorations. */
import { describe, expect, it } from 'vitest';
import type { Protocol } from '../../models/protocol.ts';
import { nobody, pair, single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v0 } from '../../models/variants/v0.ts';
import { v1c } from '../../models/variants/v1c.ts';
import { v2 } from '../../models/variants/v2-4.4.ts';
import { v2Later } from '../../models/variants/v2-4.11.ts';
import { v3 } from '../../models/variants/v3.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { labelText } from '../../src/core/label.ts';
import { explored, outcome, verdictOf } from '../support/explored.ts';
import '../support/matchers.ts';

/** Families of the shortest run, in order. */
function run(protocol: Protocol, id: string): string[] {
  const verdict = verdictOf(protocol, single, id);
  if (verdict.kind !== 'violated') throw new Error(`${protocol.id} does not violate ${id}`);
  return verdict.trace.map(({ type }) => type);
}

/** Whether these families come in this order, with others in between. */
function inOrder(families: readonly string[], ...wanted: readonly string[]): boolean {
  let at = 0;
  for (const family of families) if (family === wanted[at]) at++;
  return at === wanted.length;
}

describe('the proposal of 2010 as written (v0)', () => {
  it('finds a gap, populates it, and a rival takes the slot: one interval, two holders', () => {
    expect(verdictOf(v0, single, 'I-2')).toBeViolatedIn(6);
    const found = verdictOf(v0, single, 'I-2');
    expect(found.kind === 'violated' && found.trace.map(labelText)).toEqual([
      'max.set(pages 2)',
      'target.set(pages 2)',
      'hotplug.done',
      'find.ok(section 0)',
      'fill.ok(section 0, pages 1)',
      'intrude(section 0)',
    ]);
  });

  it('puts frames into an interval nobody reserved, one step earlier', () => {
    expect(run(v0, 'I-3')).toEqual(run(v0, 'I-2').slice(0, -1));
  });

  it('goes on after a populate that fell short: the allocator hands out a page with nothing behind it', () => {
    const families = run(v0, 'I-5');
    const short = families.findIndex((family) => family === 'fill.short' || family === 'fill.refused');
    expect(short).toBeGreaterThan(0);
    expect(inOrder(families.slice(short + 1), 'add.begin', 'add.ok', 'autoonline.page')).toBe(true);
    expect(families.at(-1)).toBe('autoonline.page');
  });

  it('rolls nothing back: after a failed add its frames belong to no page', () => {
    const families = run(v0, 'I-27');
    expect(inOrder(families, 'fill.ok', 'add.begin')).toBe(true);
    expect(families.at(-1)).toBe('add.end');
    expect(
      families.some((family) => family.startsWith('add.e') && !['add.end', 'add.begin'].includes(family)),
    ).toBe(true);
    expect(families).not.toContain('unfill.ok');
  });

  it('counts nothing: the driver and Xen no longer agree', () => {
    expect(inOrder(run(v0, 'I-24'), 'fill.ok', 'add.end')).toBe(true);
  });
});

describe('the first merged version (v1c)', () => {
  it('takes a page that comes online again off what is expected, though nothing is: the counter wraps', () => {
    const families = run(v1c, 'I-18');
    expect(families.at(-1)).toBe('online.page');
    expect(
      inOrder(families, 'count.done', 'online.done', 'offline.done', 'online.begin', 'online.page'),
    ).toBe(true);
  });

  it('holds the mutex until it has nothing left to do, so an onliner and an add wait for each other', () => {
    expect(verdictOf(v1c, pair, 'D-1').kind).toBe('violated');
    expect(verdictOf(v1c, pair, 'D-2').kind).toBe('violated');
  });

  it('counts every present page once otherwise, wanted or spare', () => {
    expect(verdictOf(v1c, single, 'I-17')).toHold();
    expect(verdictOf(v1c, single, 'I-24')).toHold();
  });
});

describe('a work item (v2)', () => {
  it('of 4.4 holds the mutex that an onliner needs while it waits for the lock that the onliner holds', () => {
    const verdict = verdictOf(v2, pair, 'D-1');
    if (verdict.kind !== 'violated') throw new Error('v2-4.4 does not violate D-1');
    const families = verdict.trace.map(({ type }) => type);
    // A second run is reserved under the mutex; then somebody begins to online the block of the first.
    expect(families.slice(-2)).toEqual(['reserve.ok', 'online.begin']);
    expect(inOrder(families, 'add.ok', 'count.done', 'reserve.ok', 'online.begin')).toBe(true);
  });

  it('of 4.11 drops the mutex and gets on', () => {
    for (const id of ['D-1', 'D-2']) expect(verdictOf(v2Later, pair, id), id).toHold();
  });

  it('never sleeps on a target: one that comes while it runs queues it again', () => {
    for (const protocol of [v2, v2Later]) expect(verdictOf(protocol, single, 'D-3'), protocol.id).toHold();
  });

  it('puts live pages on the list like mainline', () => {
    expect(run(v2Later, 'I-10').slice(-3)).toEqual(['offline.done', 'online.begin', 'online.page']);
  });
});

describe('mainline (v3)', () => {
  it('puts live pages on the balloon list when a populated block goes offline and online again', () => {
    const families = run(v3, 'I-10');
    const offline = families.indexOf('offline.done');
    expect(
      inOrder(
        families.slice(0, offline),
        'reserve.ok',
        'add.ok',
        'online.page',
        'populate.ok',
        'online.done',
        'offline.begin',
      ),
    ).toBe(true);
    expect(families.slice(offline)).toEqual(['offline.done', 'online.begin', 'online.page']);
  });

  it('then populates over them: the last step is populate.over', () => {
    const families = run(v3, 'I-9');
    expect(inOrder(families, 'offline.done', 'online.page', 'refill.done', 'populate.over')).toBe(true);
    expect(families.at(-1)).toBe('populate.over');
  });

  it('and a frame is left that no page has', () => {
    expect(inOrder(run(v3, 'I-27'), 'offline.done', 'online.page', 'populate.over')).toBe(true);
  });

  it('and counts its pages both as current and as low', () => {
    expect(inOrder(run(v3, 'I-16'), 'count.done', 'offline.done', 'online.page', 'online.done')).toBe(true);
  });

  it('sleeps on a target that came between its decision and its sleep', () => {
    expect(run(v3, 'D-3').slice(-2)).toEqual(['target.set', 'sleep']);
  });

  it('keeps address space and frames in order: reserved before used, one holder, nothing usable without a frame', () => {
    for (const id of ['I-2', 'I-5', 'I-20', 'I-21', 'I-22', 'I-24', 'I-28', 'D-1', 'D-2'])
      expect(verdictOf(v3, single, id), id).toHold();
  });

  it('with a callback that looks at the P2M keeps its list empty of frames; the lost target stays', () => {
    const violated = outcome(v3Patched, single).cases.filter(({ verdict }) => verdict.kind === 'violated');
    expect(violated.map(({ property }) => property)).toEqual(['D-3']);
  });
});

describe('the line made safe (lifecycle)', () => {
  it('holds every property, and none of them vacuously', () => {
    for (const { property, verdict } of outcome(lifecycle, single).cases) expect(verdict, property).toHold();
  });

  it('reaches everything that the others go wrong in: short fills, failed adds, vetoes, offline and online again', () => {
    const { found, product } = explored(lifecycle, single);
    const taken = new Set(
      product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : [])),
    );
    for (const family of [
      'fill.short',
      'fill.refused',
      'add.eexist',
      'autoonline.veto',
      'undo.begin',
      'release',
      'offline.done',
      'online.page',
    ])
      expect(taken, family).toContain(family);
  });
});

describe('a control that must not pass', () => {
  it('is vacuous, not a pass, where nobody ever onlines a block', () => {
    const kinds = new Map(outcome(v3, nobody).cases.map(({ property, verdict }) => [property, verdict.kind]));
    for (const id of ['I-5', 'I-9', 'I-10', 'I-28', 'D-2']) expect(kinds.get(id), id).toBe('vacuous');
  });
});
