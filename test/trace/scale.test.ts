/** From real sizes to small ones: sections in order, pages in proportion, targets by rank. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Label } from '../../src/core/label.ts';
import { scaled } from '../../src/trace/scale.ts';
import { simplerLabel } from '../../src/trace/simpler.ts';
import { prop } from '../support/prop.ts';

const scale = {
  fromPagesPerSection: 100,
  fromTarget: 50,
  pagesPerSection: 2,
  sections: 2,
  targets: [1, 2, 5],
};

describe('a run in proportion', () => {
  it('keeps boot memory, numbers sections as they are spoken of, and drops those beyond the scope', () => {
    const run: Label[] = [
      { type: 'decrease.ok', section: -1, pages: 100 },
      { type: 'add.ok', first: 7, count: 1 },
      { type: 'online.begin', block: 3 },
      { type: 'offline.begin', block: 9 },
      { type: 'online.page', section: 7, pages: 100 },
    ];
    expect(scaled(run, scale)).toEqual([
      { type: 'decrease.ok', section: -1, pages: 1 },
      { type: 'decrease.ok', section: -1, pages: 1 },
      { type: 'add.ok', first: 0, count: 1 },
      { type: 'online.begin', block: 1 },
      { type: 'online.page', section: 0, pages: 1 },
      { type: 'online.page', section: 0, pages: 1 },
    ]);
  });

  it('the first page counts, then every half of a section', () => {
    const run = Array.from({ length: 10 }, (): Label => ({ type: 'populate.ok', section: 0, pages: 10 }));
    expect(scaled(run, scale)).toHaveLength(2);
    expect(scaled(run.slice(0, 1), scale)).toHaveLength(1);
  });

  it('targets by rank, each with its limit; a limit allows what it allowed', () => {
    const orders = [200, 50, 90].map((pages): Label => ({ type: 'target.set', pages }));
    expect(scaled(orders, scale).map(({ type, pages }) => `${type} ${pages}`)).toEqual([
      ...['max.set 5', 'target.set 5', 'max.set 1', 'target.set 1', 'max.set 2', 'target.set 2'],
    ]);
    expect(scaled([...orders, { type: 'max.set', pages: 2 ** 40 }], scale).at(-1)?.pages).toBe(5);
  });
});

describe('simpler labels', () => {
  prop(
    'are simpler, the simplest first, and few',
    { section: fc.integer({ min: -1, max: 9000 }), pages: fc.integer({ min: 1, max: 2 ** 40 }) },
    ({ section, pages }) => {
      const forms = simplerLabel({ type: 'populate.ok', section, pages });
      for (const form of forms) expect((form.section ?? 0) + (form.pages ?? 0)).toBeLessThan(section + pages);
      expect(forms.length).toBeLessThan(70);
      if (pages > 1) expect(forms).toContainEqual({ type: 'populate.ok', section, pages: 1 });
      if (pages > 1) expect(forms).toContainEqual({ type: 'populate.ok', section, pages: pages - 1 });
    },
  );
});
