/**
 * Pages of a section by owner and backing: eight kinds, each with a letter and a pattern of its own, so that nobody needs colour.
 */
import type { Locals } from './states.ts';
import { numbered, quantity } from './states.ts';

export interface PageKind {
  /** Quantity of a section chart, or `absent` / `orphaned`, which are counted from others. */
  readonly id: string;
  readonly letter: string;
  readonly name: string;
  /** For the legend. */
  readonly meaning: string;
  /** Guest and host disagree about it. */
  readonly isWrong: boolean;
}

export const PAGE_KINDS: readonly PageKind[] = [
  kind('inUse', 'U', 'in use · backed', 'with the allocator, a frame behind it'),
  kind('ballooned', 'b', 'ballooned · empty', 'on the balloon list, nothing behind it'),
  kind('offlineBacked', 'o', 'offline · backed', 'in an offline block, a frame behind it'),
  kind('offlineEmpty', '–', 'offline · empty', 'in an offline block, nothing behind it'),
  kind('filled', 'f', 'filled', 'a frame where there is no struct page yet'),
  kind(
    'balloonedBacked',
    'B',
    'ballooned · BACKED',
    'on the balloon list, and still a frame behind it',
    true,
  ),
  kind(
    'inUseEmpty',
    'E',
    'in use · EMPTY',
    'with the allocator, and nothing behind it: first touch faults',
    true,
  ),
  kind('orphaned', '?', 'orphaned', 'counted by Xen for the domain, and no page has it', true),
  kind('absent', '', 'absent', 'address space without memory'),
];

function kind(id: string, letter: string, name: string, meaning: string, isWrong = false): PageKind {
  return { id, letter, name, meaning, isWrong };
}

export interface Segment {
  readonly kind: PageKind;
  readonly pages: number;
}

/** One cell of the memory map. */
export interface Cell {
  /** Chart that it is drawn from. */
  readonly chart: string;
  /** `boot`, `untold`, or the number of the section. */
  readonly name: string;
  readonly segments: readonly Segment[];
  /** Local states of the section, the block over it (if any) and its slot, as the charts name them. */
  readonly state: string;
  readonly block: string | undefined;
  readonly slot: string | undefined;
  /** The domain has put frames where iomem knows nothing of it. */
  readonly isUnreserved: boolean;
}

/** Pages of one section in a fixed order; the rest of its size is absent. */
export function segmentsOf(quantities: Readonly<Record<string, number>>, size: number): readonly Segment[] {
  const present = PAGE_KINDS.flatMap((one): Segment[] => {
    const pages = quantities[one.id] ?? 0;
    return pages > 0 ? [{ kind: one, pages }] : [];
  });
  const rest = size - present.reduce((sum, { pages }) => sum + pages, 0);
  const absent = PAGE_KINDS.find(({ id }) => id === 'absent');
  return rest > 0 && absent !== undefined ? [...present, { kind: absent, pages: rest }] : present;
}

export interface Geometry {
  readonly pagesPerSection: number;
  readonly sectionsPerBlock: number;
  readonly bootPages: number;
}

/** Boot memory first, then sections in address order. */
export function cellsOf(locals: Locals, geometry: Geometry): readonly Cell[] {
  const boot = locals['section[boot]'];
  const sections = numbered(locals, 'section').map(({ id, index }): Cell => {
    const local = locals[id];
    const block = locals[`block[${Math.floor(index / geometry.sectionsPerBlock)}]`];
    return {
      chart: id,
      name: String(index),
      segments: segmentsOf(local?.quantities ?? {}, geometry.pagesPerSection),
      state: local?.value ?? '',
      block: block?.value,
      slot: locals[`slot[${index}]`]?.value,
      isUnreserved: (local?.quantities['unreserved'] ?? 0) > 0,
    };
  });
  // Pages on the balloon list whose section a real log does not tell.
  const loose = segmentsOf(locals['section[untold]']?.quantities ?? {}, 0);
  const untold: readonly Cell[] =
    loose.length === 0
      ? []
      : [
          {
            chart: 'section[untold]',
            name: 'untold',
            segments: loose,
            state: 'some section',
            block: undefined,
            slot: undefined,
            isUnreserved: false,
          },
        ];
  if (boot === undefined) return [...sections, ...untold];
  const first: Cell = {
    chart: 'section[boot]',
    name: 'boot',
    segments: segmentsOf(boot.quantities, geometry.bootPages),
    state: boot.value,
    block: undefined,
    slot: undefined,
    isUnreserved: false,
  };
  return [first, ...sections, ...untold];
}

/** Frames that Xen counts for the domain and no page has: what it counts, less what is backed. */
export function orphaned(locals: Locals): number {
  if (locals['hypervisor'] === undefined) return 0;
  let backed = 0;
  for (const [id, { quantities }] of Object.entries(locals)) {
    if (!id.startsWith('section[')) continue;
    for (const name of ['inUse', 'balloonedBacked', 'offlineBacked', 'filled'])
      backed += quantities[name] ?? 0;
  }
  return quantity(locals, 'hypervisor', 'tot') - backed;
}

/** Who holds the interval of iomem: its class for the drawing and its words. Two holders are a conflict. */
export function holderOf({ name, slot, isUnreserved }: Cell): {
  readonly look: string;
  readonly words: string;
} {
  if (name === 'untold') return { look: 'none', words: '·' };
  if (slot === undefined) return { look: 'system', words: 'System RAM' };
  if (slot === 'both') return { look: 'both', words: 'driver + rival' };
  if (!isUnreserved) return { look: slot, words: slot };
  return slot === 'free'
    ? { look: 'unasked', words: 'free, yet RAM' }
    : { look: 'both', words: `${slot} + RAM` };
}

/** Neighbouring sections drawn as one where there are more than `most`; their pages are added up, boot memory stays apart. */
export function merged(cells: readonly Cell[], most: number): readonly Cell[] {
  const sections = cells.filter(({ name }) => /^\d+$/.test(name));
  const size = Math.ceil(sections.length / most);
  if (size <= 1) return cells;
  const groups = Array.from({ length: Math.ceil(sections.length / size) }, (_, at) =>
    sections.slice(at * size, (at + 1) * size),
  );
  const [first] = cells;
  const others = cells.filter((cell) => cell !== first && !sections.includes(cell));
  return [
    ...(first === undefined || sections.includes(first) ? [] : [first]),
    ...groups.map(mergedGroup),
    ...others,
  ];
}

function mergedGroup(group: readonly Cell[]): Cell {
  const pagesOf = (kind: PageKind): number =>
    group
      .flatMap(({ segments }) => segments)
      .reduce((sum, one) => sum + (one.kind === kind ? one.pages : 0), 0);
  const common = (of: (cell: Cell) => string | undefined): string | undefined => {
    const values = new Set(group.map(of));
    return values.size === 1 ? [...values][0] : 'several';
  };
  return {
    chart: `${group[0]?.chart} and on`,
    name: `${group[0]?.name}–${group.at(-1)?.name}`,
    segments: PAGE_KINDS.map((kind) => ({ kind, pages: pagesOf(kind) })).filter(({ pages }) => pages > 0),
    state: common(({ state }) => state) ?? '',
    block: common(({ block }) => block),
    slot: common(({ slot }) => slot),
    isUnreserved: group.some(({ isUnreserved }) => isUnreserved),
  };
}

/** `boot memory`, `section 0`. */
export const cellName = ({ name }: Cell): string =>
  name === 'boot'
    ? 'boot memory'
    : name === 'untold'
      ? 'not told where'
      : `${name.includes('–') ? 'sections' : 'section'} ${name}`;

/** `2 in use · backed, 1 absent`, for people who do not see the picture. */
export const segmentsText = (segments: readonly Segment[]): string =>
  segments.map(({ kind: of, pages }) => `${pages} ${of.name}`).join(', ') || 'no pages';
