/**
 * A small balloon-and-hotplug protocol on which engines are compared: N sections of P pages on a host of H. Not a variant; it
 * exists because its counts are known from four other checkers. Every guard of the original reads two variables, so each pair
 * has a chart with its own copy: credit (target, tot), cap (max, tot), host (free, tot).
 */
import { chart, each, type Move, role, stay } from '../../models/kit.ts';
import type { Watch } from '../../src/compose/observation.ts';
import type { Model, ModelChart, Quantities } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';

export interface ReferenceScope {
  readonly sections: number;
  readonly pages: number;
  readonly host: number;
}

const pages = (label: Label) => payload(label, 'pages');
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

const MORE = ['populate', 'deflate'];
const LESS = ['rollback', 'inflate'];

export function referenceModel({ sections, pages: size, host }: ReferenceScope): Model {
  const sizes = upTo(size).map((n) => n + 1);
  const one = (type: string, section: number): Label => ({ type, section });
  const some = (type: string, section: number) => sizes.map((n): Label => ({ type, section, pages: n }));
  return {
    charts: [
      driver,
      credit(sections, size),
      cap(sections, size),
      hostMemory(host),
      ...upTo(sections).map((index) => section(index, size)),
    ],
    alphabet: [
      ...['setTarget', 'setMax'].flatMap((type) => upTo(sections + 1).map((n) => ({ type, pages: n }))),
      ...['hostTake', 'hostGive', 'wakeGrow', 'wakeShrink', 'doneGrow', 'doneShrink', 'giveUp', 'timer'].map(
        (type) => ({ type }),
      ),
      ...upTo(sections).flatMap((i) => [
        ...['claim', 'unclaim', 'reserve'].map((type) => one(type, i)),
        ...some('populate', i),
        ...['add', 'addFail', 'rollback', 'online', 'offline', 'remove', 'inflate'].map((type) =>
          one(type, i),
        ),
        ...some('deflate', i),
      ]),
    ],
  };
}

const driver: ModelChart = chart<Record<string, never>>({
  id: 'driver',
  kind: 'driver',
  actor: 'driver',
  families: role(
    'initiates',
    ...['wakeGrow', 'wakeShrink', 'doneGrow', 'doneShrink', 'giveUp', 'timer'],
    ...['reserve', 'populate', 'add', 'addFail', 'remove', 'inflate', 'deflate'],
  ),
  context: {},
  initial: 'idle',
  states: {
    idle: { wakeGrow: { to: 'grow' }, wakeShrink: { to: 'shrink' } },
    grow: { doneGrow: { to: 'idle' }, giveUp: { to: 'backoff' }, reserve: { to: 'pop' }, deflate: stay },
    pop: { populate: stay, add: { to: 'idle' }, addFail: { to: 'backoff' } },
    shrink: { doneShrink: { to: 'idle' }, remove: stay, inflate: stay },
    backoff: { timer: { to: 'idle' } },
  },
  observe: (_, value) => ({ pop: value === 'pop' ? 1 : 0 }),
});

interface Total {
  readonly tot: number;
}

type Changes<C> = (context: C, label: Label) => C;

/** Counters stay within what the scope installs; nothing leads beyond, which the tables cannot know of one chart alone. */
function kept<C extends Total>(change: Changes<C>, inside: (context: C) => boolean): readonly Move<C>[] {
  return [
    { when: (c, l) => inside(change(c, l)), set: change },
    { set: (c) => Object.fromEntries(Object.keys(c).map((key) => [key, 0])) as Partial<C>, to: 'overflow' },
  ];
}

const more = <C extends Total>(c: C, l: Label): C => ({ ...c, tot: c.tot + pages(l) });
const less = <C extends Total>(c: C): C => ({ ...c, tot: c.tot - 1 });

function credit(most: number, size: number): ModelChart {
  type Credit = Total & { readonly target: number };
  const short = (c: Credit) => c.tot < c.target * size;
  const over = (c: Credit) => c.tot > c.target * size;
  const inside = (c: Total) => c.tot >= 0 && c.tot <= most * size;
  return chart<Credit>({
    id: 'credit',
    kind: 'credit',
    actor: 'driver',
    families: {
      ...role('initiates', 'wakeGrow', 'wakeShrink', 'doneGrow', 'doneShrink', 'inflate', 'setTarget'),
      ...role('observes', ...MORE, 'rollback'),
    },
    context: { tot: 0, target: 0 },
    initial: 'counting',
    states: {
      counting: {
        ...each<Credit>(MORE, kept<Credit>(more, inside)),
        rollback: kept<Credit>(less, inside),
        setTarget: { when: (c, l) => pages(l) !== c.target, set: (_, l) => ({ target: pages(l) }) },
        wakeGrow: { when: short },
        wakeShrink: { when: over },
        doneGrow: { when: (c) => !short(c) },
        doneShrink: { when: (c) => !over(c) },
        inflate: { when: over, set: less },
      },
      overflow: each<Credit>([...MORE, 'rollback'], stay),
    },
    observe,
  });
}

function cap(most: number, size: number): ModelChart {
  type Cap = Total & { readonly max: number };
  return chart<Cap>({
    id: 'cap',
    kind: 'cap',
    actor: 'toolstack',
    families: {
      ...role('initiates', 'setMax'),
      ...role('decides', 'setTarget', ...MORE),
      ...role('observes', ...LESS),
    },
    context: { tot: 0, max: most },
    initial: 'counting',
    states: {
      counting: {
        setMax: { when: (c, l) => pages(l) !== c.max, set: (_, l) => ({ max: pages(l) }) },
        setTarget: { when: (c, l) => pages(l) <= c.max },
        ...each<Cap>(MORE, { when: (c, l) => c.tot + pages(l) <= c.max * size, set: more }),
        ...each<Cap>(
          LESS,
          kept<Cap>(less, (c) => c.tot >= 0),
        ),
      },
      overflow: each<Cap>(LESS, stay),
    },
    observe,
  });
}

function hostMemory(installed: number): ModelChart {
  type Host = Total & { readonly free: number };
  const give = (c: Host) => ({ tot: c.tot - 1, free: c.free + 1 });
  return chart<Host>({
    id: 'host',
    kind: 'host',
    actor: 'host',
    families: {
      ...role('initiates', 'hostTake', 'hostGive'),
      ...role('decides', ...MORE),
      ...role('observes', ...LESS),
    },
    context: { tot: 0, free: installed },
    initial: 'counting',
    states: {
      counting: {
        hostTake: { when: (c) => c.free > 0, set: (c) => ({ free: c.free - 1 }) },
        hostGive: { when: (c) => c.free + c.tot < installed, set: (c) => ({ free: c.free + 1 }) },
        ...each<Host>(MORE, {
          when: (c, l) => pages(l) <= c.free,
          set: (c, l) => ({ free: c.free - pages(l), tot: c.tot + pages(l) }),
        }),
        ...each<Host>(
          LESS,
          kept<Host>(give, (c) => c.tot >= 0 && c.free <= installed),
        ),
      },
      overflow: each<Host>(LESS, stay),
    },
    observe,
  });
}

function observe(context: Readonly<Record<string, number>> | Total, value: string): Quantities {
  return { ...context, overflow: value === 'overflow' ? 1 : 0 };
}

interface Section {
  readonly pages: number;
}

function section(index: number, size: number): ModelChart {
  const none = { pages: 0 };
  const filled = (c: Section, l: Label) => ({ pages: c.pages + pages(l) });
  const fits = (c: Section, l: Label) => c.pages + pages(l) <= size;
  const emptied = (c: Section) => ({ pages: c.pages - 1 });
  const some = (c: Section) => c.pages > 0;
  return chart<Section>({
    id: `section[${index}]`,
    kind: 'section',
    index,
    actor: 'memory',
    families: {
      ...role('initiates', 'claim', 'unclaim', 'rollback', 'online', 'offline'),
      ...role('decides', 'reserve', 'populate', 'add', 'addFail', 'remove', 'inflate', 'deflate'),
    },
    owns: (label) => payload(label, 'section') === index,
    context: none,
    initial: 'free',
    states: {
      free: { claim: { to: 'taken' }, reserve: { to: 'reserved' } },
      taken: { unclaim: { to: 'free' } },
      reserved: {
        populate: { when: fits, set: filled },
        add: { when: some, to: 'added' },
        addFail: [{ when: some, to: 'rollingBack' }, { to: 'free' }],
      },
      added: { online: { to: 'online' }, remove: { to: 'rollingBack' } },
      online: {
        offline: [{ when: some, to: 'added' }, { to: 'free' }],
        inflate: { when: some, set: emptied },
        deflate: { when: fits, set: filled },
      },
      rollingBack: {
        rollback: [
          { when: (c) => c.pages > 1, set: emptied },
          { set: emptied, to: 'free' },
        ],
      },
    },
    observe: (c, value) => ({ ...c, reserved: value === 'reserved' ? 1 : 0 }),
  });
}

const never = (sum: Readonly<Record<string, number>>, is: 'unequal' | 'above', to: number): Watch => ({
  kind: 'state',
  perIndex: false,
  clauses: [[{ sum, is, to }]],
});

/** tot is the pages of the sections · nothing is handed out twice · one reservation at most · it is the driver's. */
export const referenceWatches = ({ host }: ReferenceScope): readonly Watch[] => [
  never({ 'credit.tot': 1, 'section.pages': -1 }, 'unequal', 0),
  never({ 'host.free': 1, 'host.tot': 1 }, 'above', host),
  never({ 'section.reserved': 1 }, 'above', 1),
  never({ 'driver.pop': 1, 'section.reserved': -1 }, 'unequal', 0),
];

/** What blocks hold of it. */
export const referenceSplit: readonly string[] = ['credit.target', 'cap.max', 'host.free'];
