import { describe, expect, it } from 'vitest';
import { Nesting } from '../../src/logs/nesting.ts';
import { PROBES } from '../../src/logs/probes.ts';
import { readSequence, findSegments } from '../../src/logs/segments.ts';
import { codesOf, itemsOf, problemsOf, RUNS, store, TRACES, textOf } from './real-logs.ts';

describe('real traces', () => {
  it.each(TRACES)('%s nests', (path) => {
    expect(problemsOf(itemsOf(textOf(path), path))).toEqual([]);
  });

  it.each(RUNS)('%s nests as one run', (run) => {
    for (const sequence of findSegments([run], store).sequences) {
      expect(problemsOf([...readSequence(sequence, store)])).toEqual([]);
    }
  });
});

/** Lines of one task, a millisecond apart; `G` stands for globals. */
const trace = (...bodies: readonly string[]): string =>
  bodies
    .map((body, index) => {
      const text = body.replace(/ G$/, ' cur=0 tgt=0 unpop=0 low=0 high=0 total=0 st=0');
      const event = /^\w+/.exec(text)?.[0] ?? '';
      const of = PROBES.find((probe) => probe.event === event);
      const where =
        of === undefined
          ? ''
          : of.kind === 'entry'
            ? `(${of.of.traces}+0x0/0x1) `
            : `(f+0x1/0x2 <- ${of.of.traces}) `;
      return ` t-9 [000] ..... 1.${`${index}`.padStart(6, '0')}: ${event}: ${where}${text.slice(event.length + 1)}`;
    })
    .join('\n');

const mark = 'tracing_mark_write LAB x';
const dec = (count: number, memop: number, ret: number): readonly string[] => [
  'dec nr=600 gfp=0x1 G',
  `memop_dec count=${count} pfn0=0x1 G`,
  `memop_dec_ret ret=${memop} G`,
  `dec_ret ret=${ret} G`,
];
const page = (pfn: number): string => `0x${(0xffffea0000000000n + BigInt(pfn) * 64n).toString(16)}`;
const notify = (action: number, pfn = 0x8000, ret = 1): readonly string[] => [
  `notify action=${action} pfn=0x${pfn.toString(16)} nr=32768 G`,
  `xen_notifier action=${action} G`,
  'xen_notifier_ret ret=1 G',
  `notify_ret ret=${ret} G`,
];
const pages = (count = 32): readonly string[] =>
  Array.from({ length: count }, (_, at) => `xen_online_page page=${page(0x8000 + at * 1024)} order=10 G`);
const moved = ['move_zone pfn=0x8000 nr=32768', 'move_zone_ret ret=0'];
const online = (...inner: readonly string[]): readonly string[] => [
  'subsys_online',
  'online pfn=0x8000 nr=32768 G',
  ...inner,
];
const onlined = (ret = 0): readonly string[] => [`online_ret ret=${ret} G`, `subsys_online_ret ret=${ret}`];
const add = ['arch_add nid=0 start=0x8000000 size=0x8000000', 'add_pages nid=0 pfn=0x8000 nr=32768'];
const claim = [
  'additional cur=0 tgt=9 unpop=0 low=0 high=0 total=0 st=0',
  'alloc_res size=0x8000000 min=0x0 max=0xffffffffffffffff',
];
const addition = 'add_mem_res nid=0 start=0x8000000 end=0xfffffff flags=0x1 G';
const blocks = ['create_blocks start=0x8000000 size=0x8000000', 'create_blocks_ret ret=0'];

describe('memory is added at the top', () => {
  const polled = ['additional G', 'additional_ret ret=1 G', addition];
  it('by others', () => {
    expect(codesOf(trace(...polled))).toEqual([]);
  });
  it('never by the driver', () => {
    expect(codesOf(trace(...polled).replaceAll(' t-9 ', ' xen-balloon-9 '))).toEqual(['NEST_PARENT']);
  });
});

describe('what the kernel may do is accepted', () => {
  it.each<[string, readonly string[]]>([
    ['a cut batch', dec(7, 7, 2)],
    ['an empty batch', dec(0, 0, 2)],
    ['an online', online(...moved, ...notify(8), ...pages(), ...notify(1), ...onlined())],
    [
      'an online refused by a notifier',
      online(
        ...moved,
        ...notify(8, 0x8000, 0x800d),
        ...notify(16),
        'zone_off pfn=0x8000 nr=32768',
        'zone_off_ret ret=0',
        ...onlined(-12),
      ),
    ],
    ['an online refused at once', online(...onlined(-22))],
    [
      'a chain ended before the Xen notifier',
      online(...moved, 'notify action=8 pfn=0x8000 nr=32768 G', 'notify_ret ret=32770 G'),
    ],
    ['a failed claim', [...claim, 'alloc_res_ret ret=-16', 'additional_ret ret=3 G']],
    ['no memory for a claim', [...claim.slice(0, 1), 'additional_ret ret=3 G']],
    [
      'a failed addition',
      [
        ...claim,
        'alloc_res_ret ret=0',
        addition,
        ...add,
        'add_pages_ret ret=-17',
        'arch_add_ret ret=-17',
        'add_mem_res_ret ret=-17 G',
        'rel_res start=0x8000000 end=0xfffffff',
        'rel_res_ret ret=0',
        'additional_ret ret=3 G',
      ],
    ],
    [
      'a failed P2M entry',
      [
        ...claim,
        'alloc_res_ret ret=0',
        'set_p2m pfn=0x1 mfn=0xffffffffffffffff',
        'set_p2m_ret ret=0',
        'rel_res start=0x8000000 end=0xfffffff',
        'rel_res_ret ret=0',
        'additional_ret ret=3 G',
      ],
    ],
    [
      'an addition with an automatic online that fails',
      [
        ...claim,
        'alloc_res_ret ret=0',
        addition,
        ...add,
        'add_pages_ret ret=0',
        'arch_add_ret ret=0',
        ...blocks,
        ...online(...onlined(-12)),
        'add_mem_res_ret ret=0 G',
        'additional_ret ret=1 G',
      ],
    ],
    [
      'a return with no entry after the start',
      ['memop_dec_ret ret=5 G', 'dec_ret ret=2 G', 'dec nr=1 gfp=0x1 G'],
    ],
    ['open calls at the end', ['dec nr=1 gfp=0x1 G']],
    ['a mark at the top', [...dec(512, 512, 0), mark]],
  ])('%s', (_, bodies) => {
    expect(codesOf(trace(...bodies))).toEqual([]);
  });
});

describe('what it may not is a violation', () => {
  it.each<[string, string, readonly string[]]>([
    ['a hypercall outside its function', 'NEST_PARENT', [mark, 'memop_dec count=1 pfn0=0x1 G']],
    ['a second entry', 'NEST_PARENT', ['dec nr=1 gfp=0x1 G', 'dec nr=1 gfp=0x1 G']],
    ['a return of another call', 'NEST_RETURN', ['dec nr=1 gfp=0x1 G', 'memop_dec_ret ret=1 G']],
    ['a return at the top', 'NEST_RETURN', [mark, 'dec_ret ret=0 G']],
    [
      'a return that no caller of the last one is',
      'NEST_RETURN',
      ['memop_dec_ret ret=5 G', 'additional_ret ret=1 G'],
    ],
    ['a batch without a hypercall', 'NEST_ORDER', ['dec nr=1 gfp=0x1 G', 'dec_ret ret=0 G']],
    [
      'two hypercalls in a batch',
      'NEST_ORDER',
      [...dec(512, 512, 0).slice(0, 3), 'memop_dec count=1 pfn0=0x1 G'],
    ],
    ['a cut batch that is done', 'NEST_VALUE', dec(7, 7, 0)],
    ['a full batch that backs off', 'NEST_VALUE', dec(512, 512, 2)],
    ['a short decrease', 'NEST_VALUE', dec(512, 511, 0)],
    ['a batch above its size', 'NEST_ARGUMENT', dec(513, 513, 0)],
    ['an increase of nothing', 'NEST_ARGUMENT', ['memop_inc count=0 pfn0=0x1 G']],
    ['more extents than asked for', 'NEST_VALUE', ['memop_inc count=1 pfn0=0x1 G', 'memop_inc_ret ret=2 G']],
    ['a void function that returns', 'NEST_VALUE', ['set_target target=1 G', 'set_target_ret ret=1 G']],
    ['a state no such function returns', 'NEST_VALUE', ['additional G', 'additional_ret ret=0 G']],
    ['a refusal without a need', 'NEST_VALUE', ['additional G', 'additional_ret ret=3 G']],
    ['a wait with a need and no claim', 'NEST_VALUE', [...claim.slice(0, 1), 'additional_ret ret=1 G']],
    [
      'a claim of another size',
      'NEST_ARGUMENT',
      [...claim.slice(0, 1), 'alloc_res size=0x10000000 min=0x0 max=0x1'],
    ],
    [
      'an addition elsewhere',
      'NEST_ARGUMENT',
      [...claim, 'alloc_res_ret ret=0', 'add_mem_res nid=0 start=0x1000 end=0x8000fff flags=0x1 G'],
    ],
    ['an addition without a claim', 'NEST_ORDER', [...claim.slice(0, 1), addition]],
    ['an addition after a failed claim', 'NEST_ORDER', [...claim, 'alloc_res_ret ret=-16', addition]],
    [
      'a claim that is not released',
      'NEST_ORDER',
      [...claim, 'alloc_res_ret ret=0', 'additional_ret ret=3 G'],
    ],
    [
      'pages of another node',
      'NEST_ARGUMENT',
      [...claim, 'alloc_res_ret ret=0', addition, add[0] ?? '', 'add_pages nid=1 pfn=0x8000 nr=32768'],
    ],
    [
      'a failure that is swallowed',
      'NEST_VALUE',
      [...claim, 'alloc_res_ret ret=0', addition, ...add, 'add_pages_ret ret=-17', 'arch_add_ret ret=0'],
    ],
    ['blocks before pages', 'NEST_ORDER', [...claim, 'alloc_res_ret ret=0', addition, ...blocks]],
    [
      'an automatic online of half a range',
      'NEST_VALUE',
      [
        ...claim.slice(0, 1).map((text) => text.replace('tgt=9', 'tgt=40000')),
        'alloc_res size=0x10000000 min=0x0 max=0xffffffffffffffff',
        'alloc_res_ret ret=0',
        addition.replace('0xfffffff', '0x17ffffff'),
        ...add.map((text) => text.replace('size=0x8000000', 'size=0x10000000').replace('32768', '65536')),
        'add_pages_ret ret=0',
        'arch_add_ret ret=0',
        'create_blocks start=0x8000000 size=0x10000000',
        'create_blocks_ret ret=0',
        ...online(...moved, ...notify(8), ...pages(), ...notify(1), ...onlined()),
        'add_mem_res_ret ret=0 G',
      ],
    ],
    ['an online of another block', 'NEST_ARGUMENT', online('move_zone pfn=0x10000 nr=32768')],
    ['half a section', 'NEST_ARGUMENT', ['subsys_online', 'online pfn=0x8000 nr=100 G']],
    ['online before going online', 'NEST_ORDER', online(...moved, ...notify(1))],
    ['pages before the notifier', 'NEST_ORDER', online(...moved, ...pages(1))],
    [
      'a page left out',
      'NEST_ARGUMENT',
      online(...moved, ...notify(8), ...pages(3).filter((_, at) => at !== 1)),
    ],
    [
      'an announcement before the last page',
      'NEST_ORDER',
      online(...moved, ...notify(8), ...pages(31), ...notify(1)),
    ],
    [
      'a page too large',
      'NEST_ARGUMENT',
      online(...moved, ...notify(8), `xen_online_page page=${page(0x8000)} order=11 G`),
    ],
    [
      'another action for the notifier',
      'NEST_ARGUMENT',
      online(...moved, 'notify action=8 pfn=0x8000 nr=32768 G', 'xen_notifier action=1 G'),
    ],
    [
      'a notification nobody hears',
      'NEST_VALUE',
      online(...moved, 'notify action=8 pfn=0x8000 nr=32768 G', 'notify_ret ret=1 G'),
    ],
    [
      'a chain that changes its answer',
      'NEST_VALUE',
      [
        ...online(...moved, ...notify(8), ...pages(), ...notify(1), ...onlined()),
        ...online(...moved, ...notify(8, 0x8000, 0)),
      ],
    ],
    [
      'an online that fails at the end',
      'NEST_VALUE',
      online(...moved, ...notify(8), ...pages(), ...notify(1), ...onlined(-12)),
    ],
    [
      'a result that changes on its way up',
      'NEST_VALUE',
      [
        'subsys_offline',
        'offline pfn=0x8000 nr=32768 G',
        'isolate start=0x8000 end=0x10000',
        'isolate_ret ret=-16',
        'offline_ret ret=-16 G',
        'subsys_offline_ret ret=0',
      ],
    ],
    [
      'an offline that ignores isolation',
      'NEST_ORDER',
      [
        'subsys_offline',
        'offline pfn=0x8000 nr=32768 G',
        'isolate start=0x8000 end=0x10000',
        'isolate_ret ret=-16',
        ...notify(2),
      ],
    ],
    [
      'another range isolated',
      'NEST_ARGUMENT',
      ['subsys_offline', 'offline pfn=0x8000 nr=32768 G', 'isolate start=0x8000 end=0x18000'],
    ],
    ['a mark inside a call', 'NEST_MARK', ['dec nr=1 gfp=0x1 G', mark]],
  ])('%s', (_, code, bodies) => {
    expect(codesOf(trace(...bodies))[0]).toBe(code);
  });

  it('says where, what was expected and what came', () => {
    const [problem] = problemsOf(itemsOf(trace(mark, 'memop_dec count=1 pfn0=0x1 G'), 'f.txt'));
    expect(problem).toEqual({
      code: 'NEST_PARENT',
      message: 'xenmem_reservation_decrease is entered where nothing calls it',
      where: { file: 'f.txt', line: 2 },
      expected: 'inside dec',
      got: 'inside top',
    });
  });
});

describe('gaps', () => {
  const lost = (text: string): string => text.replace(/\n/, '\nCPU:0 [LOST 3 EVENTS]\n');

  it('forgive what they may hide', () => {
    const text = trace('dec nr=1 gfp=0x1 G', 'memop_dec_ret ret=1 G', 'dec_ret ret=0 G');
    expect(codesOf(text)).toEqual(['NEST_RETURN']);
    expect(codesOf(lost(text))).toEqual([]);
  });

  it('do not forgive what comes later', () => {
    expect(codesOf(lost(trace(mark, 'memop_dec_ret ret=1 G', 'additional_ret ret=1 G')))).toEqual([
      'NEST_RETURN',
    ]);
  });
});

it('does not miss what was not traced', () => {
  const traced = new Set(['dec', 'online', 'subsys_online', 'notify']);
  const nesting = new Nesting({ traced });
  const bodies = [
    'dec nr=1 gfp=0x1 G',
    'dec_ret ret=0 G',
    ...online(),
    'notify action=8 pfn=0x8000 nr=32768 G',
    'notify_ret ret=1 G',
    ...onlined(),
  ];
  const some = itemsOf(
    trace(
      ...bodies.slice(0, -2),
      'notify action=1 pfn=0x8000 nr=32768 G',
      'notify_ret ret=1 G',
      ...onlined(),
    ),
  );
  expect(some.flatMap((item) => nesting.accept(item))).toEqual([]);
});
