/** Spans of pages against a list that has one entry a page. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Keeper, type Page, Spans } from '../../src/ledger/spans.ts';

const KEEPERS: readonly Keeper[] = ['none', 'offline', 'allocator', 'list'];
const page: fc.Arbitrary<Page> = fc.record({ keeper: fc.constantFrom(...KEEPERS), frame: fc.boolean() });

interface Act {
  readonly kind: 'change' | 'take' | 'takeHighest' | 'changeAll';
  readonly from: number;
  readonly pages: number;
  readonly like: Page;
  readonly to: Page;
}
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom('change', 'take', 'takeHighest', 'changeAll'),
  from: fc.nat({ max: 12 }),
  pages: fc.nat({ max: 12 }),
  like: page,
  to: page,
});

const isLike = (a: Page, b: Page) => a.keeper === b.keeper && a.frame === b.frame;

function both(spans: Spans, list: Page[], { kind, from, pages, like, to }: Act): void {
  if (kind === 'change') {
    spans.change(from, pages, () => to);
    for (let at = from; at < Math.min(list.length, from + pages); at++) list[at] = to;
  } else if (kind === 'changeAll') {
    spans.changeAll(like.keeper, () => to);
    list.forEach((one, at) => {
      if (one.keeper === like.keeper) list[at] = to;
    });
  } else {
    const highest = kind === 'takeHighest';
    const taken = spans.take(
      pages,
      (one) => isLike(one, like),
      () => to,
      highest,
    );
    const places = list.flatMap((one, at) => (isLike(one, like) ? [at] : []));
    const chosen = (highest ? places.reverse() : places).slice(0, pages);
    for (const at of chosen) list[at] = to;
    expect(taken).toBe(chosen.length);
  }
}

it('keep what a list of pages keeps', () => {
  fc.assert(
    fc.property(fc.nat({ max: 12 }), page, fc.array(act, { maxLength: 20 }), (size, start, acts) => {
      const spans = new Spans(size, start);
      const list = Array.from({ length: size }, () => start);
      for (const one of acts) {
        both(spans, list, one);
        for (const keeper of KEEPERS)
          for (const frame of [true, false])
            expect(spans.count(keeper, frame)).toBe(list.filter((p) => isLike(p, { keeper, frame })).length);
        expect(spans.frames).toBe(list.filter(({ frame }) => frame).length);
        const inside = one.from + one.pages <= size;
        expect(spans.isAll(one.from, one.pages, true)).toBe(
          inside && list.slice(one.from, one.from + one.pages).every(({ frame }) => frame),
        );
      }
    }),
    { numRuns: 300 },
  );
});
