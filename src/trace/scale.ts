/**
 * A run of real size as a run of a small scope: sections by the order they are spoken of, pages in proportion, targets by rank.
 * Only a suggestion: the small run is taken leniently, and means something only if it breaks the same property.
 */
import { BOOT, type Label } from '../core/label.ts';

/** Sizes of the scope that the run comes from and of the one it goes to. */
export interface Scale {
  readonly fromPagesPerSection: number;
  readonly pagesPerSection: number;
  readonly sections: number;
  /** The target that the run begins with, and the targets of the small scope, ascending. */
  readonly fromTarget: number;
  readonly targets: readonly number[];
}

/** Families that carry pages wanted rather than pages moved. */
const WAKES = /^(refill|shrink)\./;

export function scaled(labels: readonly Label[], scale: Scale): readonly Label[] {
  const sections = sectionsBy(labels);
  const target = targetsBy(labels, scale);
  const moved = new Map<string, number>();
  return labels.flatMap((label): readonly Label[] => {
    const named = renumbered(label, sections, scale.sections);
    if (named === undefined) return [];
    const { pages } = named;
    if (pages === undefined) return [named];
    if (label.type === 'max.set') return [{ ...named, pages: target(pages) }];
    // A toolstack sets the limit first; whoever writes the target alone skips that.
    if (label.type === 'target.set')
      return ['max.set', label.type].map((type) => ({ ...named, type, pages: target(pages) }));
    if (WAKES.test(label.type)) return [{ ...named, pages: Math.min(pages, scale.pagesPerSection) }];
    // The first page counts: a run may break something by moving part of a section.
    const key = `${named.type} ${named.section}`;
    const before = moved.get(key) ?? 0;
    moved.set(key, before + pages);
    const small = (all: number) => Math.ceil((all * scale.pagesPerSection) / scale.fromPagesPerSection);
    return Array.from({ length: small(before + pages) - small(before) }, () => ({ ...named, pages: 1 }));
  });
}

function sectionsBy(labels: readonly Label[]): ReadonlyMap<number, number> {
  const seen = new Set(labels.flatMap(({ section, block, first }) => section ?? block ?? first ?? []));
  seen.delete(BOOT);
  return new Map([...seen].map((section, at) => [section, at]));
}

/** Undefined where the small scope has no such section. */
function renumbered(label: Label, sections: ReadonlyMap<number, number>, most: number): Label | undefined {
  const numbers: { section?: number; block?: number; first?: number } = {};
  for (const key of ['section', 'block', 'first'] as const) {
    const value = label[key];
    if (value === undefined) continue;
    const small = value === BOOT ? BOOT : sections.get(value);
    if (small === undefined || small >= most) return undefined;
    numbers[key] = small;
  }
  return { ...label, ...numbers };
}

/** The least target becomes the least, the greatest the greatest, the rest by rank; a limit goes with the targets that it allows. */
function targetsBy(labels: readonly Label[], { fromTarget, targets }: Scale): (pages: number) => number {
  const given = labels.flatMap(({ type, pages }) => (type === 'target.set' ? (pages ?? []) : []));
  const orders = [...new Set([fromTarget, ...given])].sort((a, b) => a - b);
  return (pages) => {
    const rank = Math.max(0, orders.filter((order) => order <= pages).length - 1);
    return targets[Math.round((rank / Math.max(1, orders.length - 1)) * (targets.length - 1))] ?? 0;
  };
}
