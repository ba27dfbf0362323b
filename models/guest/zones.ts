/**
 * Zones: the zone that hot-added memory makes, as the page allocator sees it; it is empty at boot.
 *   start, spanned   what it says it covers: grown when a block comes online, computed anew when one goes offline
 *   fromZero         the node says that it begins at frame 0: an empty zone (which begins there) was counted when its span was computed anew
 *   managed          pages that the allocator has there
 *   listed           the allocator looks there: lists of zones are built when the first block comes online
 * Everything follows from which blocks are online and what their pages are, so in a kernel that does as documented this chart adds no
 * state. The span is grown here with the last step of going online, not the first.
 * Source: linux mm/memory_hotplug.c `resize_zone_range`, `shrink_zone_span`, `update_pgdat_span`; mm/page_alloc.c `build_zonerefs_node`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import { chart, each, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

interface Zones {
  /** Sections that are online, ascending, with spaces between. */
  readonly online: string;
  readonly start: number;
  readonly spanned: number;
  readonly fromZero: number;
  readonly managed: number;
  readonly listed: number;
}

const both = (outcome: string) => [`online.${outcome}`, `autoonline.${outcome}`];
const pages = (label: Label) => payload(label, 'pages');
const numbers = (text: string): readonly number[] => (text === '' ? [] : text.split(' ').map(Number));
const text = (sections: readonly number[]) => [...sections].sort((a, b) => a - b).join(' ');

/** What exactly these sections cover. */
const hull = (sections: readonly number[]) =>
  sections.length === 0
    ? { start: 0, spanned: 0 }
    : { start: Math.min(...sections), spanned: Math.max(...sections) + 1 - Math.min(...sections) };

export function zonesChart(protocol: Protocol, scope: Scope): ModelChart {
  const per = scope.sectionsPerBlock;
  const sectionsOf = (l: Label) => Array.from({ length: per }, (_, n) => payload(l, 'block') * per + n);
  const grown = (c: Zones, added: readonly number[]) => {
    const before = numbers(c.online);
    if (before.length === 0) return hull(added);
    const [start, end] = [Math.min(c.start, ...added), Math.max(...added) + 1];
    // Until 2006 only a new end was looked at: where memory is added below, the start moves and the length stays.
    const ends = protocol.zoneSpan === 'endOnly' && end <= c.start + c.spanned;
    return { start, spanned: ends ? c.spanned : Math.max(c.start + c.spanned, end) - start };
  };
  const gained = (sign: 1 | -1) => ({
    set: (c: Zones, l: Label) =>
      payload(l, 'section') === BOOT ? {} : { managed: c.managed + sign * pages(l) },
  });
  const observed: Handlers<Zones> = {
    ...each<Zones>(both('done'), {
      set: (c, l) => ({
        online: text([...numbers(c.online), ...sectionsOf(l)]),
        ...grown(c, sectionsOf(l)),
        ...(c.online === '' ? { listed: protocol.zoneLists === 'populated' || c.managed > 0 ? 1 : 0 } : {}),
      }),
    }),
    'offline.done': {
      set: (c, l) => {
        const left = numbers(c.online).filter((section) => !sectionsOf(l).includes(section));
        const empty = left.length === 0;
        return {
          online: text(left),
          ...hull(left),
          ...(empty ? { listed: 0 } : {}),
          fromZero: empty && !protocol.nodeSkipsEmptyZones ? 1 : 0,
          // A block that can be isolated has nothing on the list and nothing lent.
          managed: c.managed - per * scope.pagesPerSection,
        };
      },
    },
    ...each<Zones>(['populate.ok', 'populate.over', ...both('kept')], gained(1)),
    ...(protocol.callback === 'allocator' ? each<Zones>(both('page'), gained(1)) : {}),
    ...each<Zones>(['decrease.ok', 'decrease.held', 'decrease.stolen', 'lend.inflate'], gained(-1)),
  };
  return chart<Zones>({
    id: 'zones',
    kind: 'zones',
    actor: 'kernel',
    families: role('observes', ...Object.keys(observed)),
    context: { online: '', start: 0, spanned: 0, fromZero: 0, managed: 0, listed: 0 },
    initial: 'counting',
    states: { counting: observed },
    observe: (c) => {
      const sections = numbers(c.online);
      return {
        online: sections.length,
        outside: sections.filter((section) => section < c.start || section >= c.start + c.spanned).length,
        fromZero: c.fromZero,
        managed: c.managed,
        listed: c.listed,
      };
    },
    show: (c) =>
      `spans ${c.start}+${c.spanned}${c.fromZero === 1 ? ', the node from 0' : ''}, ${c.managed} pages${c.listed === 1 ? '' : ', not in the lists'}`,
  });
}
