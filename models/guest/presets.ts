/**
 * Two choices that are otherwise anybody's, taken away: scopes that name them have runs of the others only (a test compares them).
 *   firstFit   the driver takes the lowest run of intervals that is free in iomem (`allocate_resource` walks from low to high)
 *   lifo       the page that came onto the balloon list last leaves it first (`list_add` and `list_first_entry` on `ballooned_pages`);
 *              by sections: which page of one it is, with a frame or without, stays open. Highmem pages, which go to the tail, are
 *              highmem.ts's affair, and no form has both
 * Each is a chart that copies what it needs and refuses the other choices; of the scratch allocator’s sections neither knows.
 * Source: linux kernel/resource.c `find_resource`; drivers/xen/balloon.c `balloon_append`, `balloon_retrieve`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { BOOT, type Label, payload } from '../../src/core/label.ts';
import { chart, each, type Handlers, role } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';
import { hasAdder } from './adder.ts';
import { secondCaller } from './second-caller.ts';

interface Iomem {
  /** One letter an interval: `.` free, `d` the driver's, `o` somebody else's, `b` both. */
  readonly held: string;
}

export function iomemChart(protocol: Protocol, scope: Scope): ModelChart {
  const run = (l: Label): readonly [number, number] =>
    l.first === undefined ? [payload(l, 'section'), 1] : [l.first, payload(l, 'count')];
  const change = (to: (was: string) => string) => ({
    set: (c: Iomem, l: Label) => {
      const [first, count] = run(l);
      const inside = (at: number) => at >= first && at < first + count;
      return { held: [...c.held].map((was, at) => (inside(at) ? to(was) : was)).join('') };
    },
  });
  const lowest = (c: Iomem, l: Label) => {
    const [first, count] = run(l);
    return c.held.indexOf('.'.repeat(count)) === first;
  };
  const takes = change((was) => (was === 'o' ? 'b' : 'd'));
  const leaves = change((was) => ({ d: '.', b: 'o' })[was] ?? was);
  const decides: Handlers<Iomem> = protocol.claimFirst
    ? { 'reserve.ok': { when: lowest, ...takes } }
    : { 'find.ok': { when: lowest } };
  const sees: Handlers<Iomem> = {
    ...each<Iomem>(['release', 'p2m.enomem'], leaves),
    ...(protocol.claimFirst ? {} : { 'add.ok': takes }),
    ...each<Iomem>(
      ['intrude', ...(hasAdder(scope) ? ['dimm.add'] : [])],
      change((was) => (was === 'd' ? 'b' : 'o')),
    ),
    withdraw: change((was) => ({ o: '.', b: 'd' })[was] ?? was),
  };
  return chart<Iomem>({
    id: 'iomem',
    kind: 'iomem',
    actor: 'kernel',
    families: { ...role('decides', ...Object.keys(decides)), ...role('observes', ...Object.keys(sees)) },
    owns: (l) => l.section !== BOOT,
    ...secondCaller(protocol, scope),
    context: { held: '.'.repeat(scope.sections) },
    initial: 'kept',
    states: { kept: { ...decides, ...sees } },
    observe: () => ({}),
    show: (c) => c.held,
  });
}

interface PageList {
  /** From the head on: section × pages, with spaces between. */
  readonly list: string;
}

type Stretch = readonly [section: number, pages: number];
const stretches = (list: string): readonly Stretch[] =>
  list === '' ? [] : list.split(' ').map((part) => part.split('×').map(Number) as unknown as Stretch);
const text = (list: readonly Stretch[]) => list.map((stretch) => stretch.join('×')).join(' ');

export function pageListChart(protocol: Protocol, scope: Scope): ModelChart {
  const push = {
    set: (c: PageList, l: Label) => {
      const [head, ...rest] = stretches(c.list);
      const [section, pages] = [payload(l, 'section'), payload(l, 'pages')];
      if (head === undefined || head[0] !== section)
        return { list: text([[section, pages], ...stretches(c.list)]) };
      return { list: text([[section, head[1] + pages], ...rest]) };
    },
  };
  const pop = {
    when: (c: PageList, l: Label) => {
      const [head] = stretches(c.list);
      return head !== undefined && head[0] === payload(l, 'section') && head[1] >= payload(l, 'pages');
    },
    set: (c: PageList, l: Label) => {
      const [head = [BOOT, 0], ...rest] = stretches(c.list);
      const left = head[1] - payload(l, 'pages');
      return { list: text(left === 0 ? rest : [[head[0], left], ...rest]) };
    },
  };
  const onlined = protocol.callback === 'allocator' ? [] : ['online.page', 'autoonline.page'];
  const pushes = [...onlined, 'decrease.ok', 'decrease.held', 'lend.inflate', 'lend.free', 'lend.freelive'];
  const pops = ['populate.ok', 'populate.over', 'lend.take', 'lend.live'];
  return chart<PageList>({
    id: 'pageList',
    kind: 'pageList',
    actor: 'memory',
    families: { ...role('observes', ...pushes), ...role('decides', ...pops) },
    context: { list: scope.bootBallooned > 0 ? text([[BOOT, scope.bootBallooned]]) : '' },
    initial: 'kept',
    states: { kept: { ...each<PageList>(pushes, push), ...each<PageList>(pops, pop) } },
    observe: () => ({}),
    show: (c) => (c.list === '' ? 'empty' : c.list),
  });
}
