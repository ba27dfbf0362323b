/**
 * The pages of one section in order, as spans of neighbours that are alike. A terabyte costs as many spans as there are differences.
 */

/**
 * none: no struct page · offline: struct page, not handed to anybody · allocator · list: on the balloon list · lent: borrowed off it ·
 * promised: with the allocator, and Xen puts a frame behind it at the first touch · handed, handedOver: off the list, with a frame that no
 * entry names yet, and one that an entry does name · leaving: on its way to the list, its entry gone, its frame still there.
 */
export type Keeper =
  | 'none'
  | 'offline'
  | 'allocator'
  | 'list'
  | 'lent'
  | 'promised'
  | 'handed'
  | 'handedOver'
  | 'leaving';

export interface Page {
  readonly keeper: Keeper;
  /** A machine frame of the domain is behind it. */
  readonly frame: boolean;
}

interface Span extends Page {
  readonly pages: number;
}

export class Spans {
  private spans: Span[];

  constructor(pages: number, page: Page) {
    this.spans = pages === 0 ? [] : [{ ...page, pages }];
  }

  count(keeper: Keeper, frame: boolean): number {
    let total = 0;
    for (const span of this.spans) if (span.keeper === keeper && span.frame === frame) total += span.pages;
    return total;
  }

  get frames(): number {
    let total = 0;
    for (const span of this.spans) if (span.frame) total += span.pages;
    return total;
  }

  /** Whether all of [from, from + pages) are like this. */
  isAll(from: number, pages: number, frame: boolean): boolean {
    let at = 0;
    for (const span of this.spans) {
      const overlap = Math.min(from + pages, at + span.pages) - Math.max(from, at);
      if (overlap > 0 && span.frame !== frame) return false;
      at += span.pages;
    }
    return from + pages <= at;
  }

  /** Changes the pages of [from, from + pages). */
  change(from: number, pages: number, to: (page: Page) => Page): void {
    let at = 0;
    const next: Span[] = [];
    for (const span of this.spans) {
      const before = Math.max(0, Math.min(span.pages, from - at));
      const inside = Math.max(0, Math.min(at + span.pages, from + pages) - Math.max(at, from));
      const after = span.pages - before - inside;
      if (before > 0) next.push({ ...span, pages: before });
      if (inside > 0) next.push({ ...to(span), pages: inside });
      if (after > 0) next.push({ ...span, pages: after });
      at += span.pages;
    }
    this.spans = joined(next);
  }

  /** Changes every page that is like `from`. */
  changeAll(from: Keeper, to: (page: Page) => Page): void {
    this.spans = joined(
      this.spans.map((span) => (span.keeper === from ? { ...to(span), pages: span.pages } : span)),
    );
  }

  /** Changes so many pages like `like`, lowest first (or highest first); how many there were. */
  take(pages: number, like: (page: Page) => boolean, to: (page: Page) => Page, highest = false): number {
    let left = pages;
    const next: Span[] = [];
    for (const span of highest ? [...this.spans].reverse() : this.spans) {
      const taken = like(span) ? Math.min(left, span.pages) : 0;
      left -= taken;
      const parts = [
        ...(taken > 0 ? [{ ...to(span), pages: taken }] : []),
        ...(span.pages > taken ? [{ ...span, pages: span.pages - taken }] : []),
      ];
      next.push(...parts);
    }
    this.spans = joined(highest ? next.reverse() : next);
    return pages - left;
  }

  /** `5 list, 3 allocator·frame`. */
  text(): string {
    return this.spans
      .map(({ pages, keeper, frame }) => `${pages} ${keeper}${frame ? '\u00b7frame' : ''}`)
      .join(', ');
  }
}

function joined(spans: readonly Span[]): Span[] {
  const next: Span[] = [];
  for (const span of spans) {
    const last = next.at(-1);
    if (last !== undefined && last.keeper === span.keeper && last.frame === span.frame)
      next[next.length - 1] = { ...last, pages: last.pages + span.pages };
    else next.push(span);
  }
  return next;
}
