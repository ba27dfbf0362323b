/** Files and streams that nobody should send: every one ends with a verdict or a stable code, none with an exception. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ballast, type Ran, world } from '../cli/fake-io.ts';
import { storeOf, textOf } from '../logs/real-logs.ts';

const TRACE = textOf('03-auto-online/trace_4_plus_one_page.txt.gz');
const OTHER = textOf('04-offline-movable/trace_2_offline_populated.txt.gz');
const SNAPSHOTS = textOf('03-auto-online/snapshots.txt.gz');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Exit codes that are the user's business; 70 would be a bug of ours. */
const ENDS = [0, 1, 2, 65];

/** Ended in order, and printed nothing that a terminal obeys. */
function expectOrderly(ran: Ran): void {
  expect(ENDS, ran.err()).toContain(ran.exit);
  const printed = ran.out() + ran.err();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
  expect(printed).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  expect(printed).not.toMatch(/^ +at .*\.ts:\d+/m);
  expect(printed).not.toContain('INTERNAL');
}

const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u001b]0;title\u0007',
    '\u001b[2J',
    '$(reboot)',
    '`reboot`',
    '\u0000\u0000',
    '\r\n',
    '=9007199254740993 ',
    '=-1 ',
    '=0xffffffffffffffff ',
    '__proto__=1 ',
    'CPU:0 [LOST 99999999999999999999 EVENTS]\n',
    '# entries-in-buffer/entries-written: 1/999999999999999   #P:1\n',
  ),
);
const edits = fc.array(
  fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat({ max: 300 }), put: junk }),
  { minLength: 1, maxLength: 4 },
);
const edited = (text: string, changes: readonly { at: number; cut: number; put: string }[]): string =>
  changes.reduce((now, { at, cut, put }) => {
    const from = Math.floor(at * now.length);
    return now.slice(0, from) + put + now.slice(from + cut);
  }, text);

async function* piped(text: string): AsyncGenerator<Uint8Array> {
  yield bytes(text);
}

const checked = (name: string, files: fc.Arbitrary<Readonly<Record<string, string | Uint8Array>>>): void =>
  it(name, async () => {
    await fc.assert(
      fc.asyncProperty(files, async (given) => {
        expectOrderly(await ballast('validate run', world({ logs: storeOf(given) })));
      }),
      { numRuns: 40 },
    );
  });

checked(
  'a trace with anything put in and cut out',
  edits.map((changes) => ({ 'run/trace_1.txt': edited(TRACE, changes) })),
);

checked(
  'snapshots with anything put in and cut out',
  edits.map((changes) => ({
    'run/trace_1.txt': TRACE,
    'run/snapshots.txt': edited(SNAPSHOTS, changes),
  })),
);

checked(
  'two logs whose lines are mixed',
  fc.array(fc.boolean(), { minLength: 10, maxLength: 200 }).map((turns) => {
    const [left, right] = [TRACE.split('\n'), OTHER.split('\n')];
    const mixed = turns.flatMap((isLeft) => (isLeft ? left : right).splice(0, 1));
    return { 'run/trace_1.txt': [...mixed, ...left, ...right].join('\n') };
  }),
);

checked(
  'a console with several guests, wall clocks and kernel messages between',
  fc
    .array(fc.constantFrom('[   12.345678] x: y', 'login: ', 'STAT a up=1', TRACE.slice(0, 2000)), {
      maxLength: 8,
    })
    .map((parts) => ({
      'run/domu_console.txt': parts
        .join('\n')
        .split('\n')
        .map((line) => `[2026-11-23 09:29:36] ${line}`)
        .join('\n'),
    })),
);

checked(
  'a compressed file cut short or altered',
  fc
    .record({ keep: fc.double({ min: 0, max: 1, noNaN: true }), by: fc.integer({ min: 0, max: 255 }) })
    .map(({ keep, by }) => {
      const whole = Uint8Array.from(gzipSync(TRACE));
      const at = Math.floor(keep * (whole.length - 1));
      return { 'run/trace_1.txt.gz': by % 2 === 0 ? whole.subarray(0, at) : whole.with(at, by) };
    }),
);

it('files whose names a terminal would obey', async () => {
  const files = {
    'run/trace_\u001b[2J.txt': TRACE.replace('total=131072', 'total=131073'),
    'run/domU\u001b[31mconsole.txt': OTHER,
  };
  for (const flags of ['', '--quiet', '--json'])
    expectOrderly(await ballast(`validate run ${flags}`, world({ logs: storeOf(files) })));
});

it('the same on a stream', async () => {
  await fc.assert(
    fc.asyncProperty(edits, async (changes) => {
      expectOrderly(await ballast('validate -', world({ stdin: piped(edited(TRACE, changes)) })));
    }),
    { numRuns: 40 },
  );
});

describe('of a kernel that nobody has seen', () => {
  it('unknown probes are counted, and the rest is judged', async () => {
    const line = '            init-1 [000] .....    17.000001: my_probe: (do_something+0x0/0x30) x=1\n';
    const stream = TRACE.replace(/^#.*\n/gm, '');
    const ran = await ballast('validate -', world({ stdin: piped(line.repeat(500) + stream) }));
    expect(ran.exit).toBe(0);
    expect(ran.err()).toContain('my_probe is not in the probe table (seen 500 times, first here)');
  });

  /** Every struct page so much further up. */
  const moved = (by: bigint): string =>
    textOf('03-auto-online/trace_1_auto_online.txt.gz').replace(
      /page=0x([0-9a-f]+)/g,
      (_, hex: string) => `page=0x${(BigInt(`0x${hex}`) + by).toString(16)}`,
    );

  it('where its page map begins is told by the first page of a block', async () => {
    const ran = await ballast(
      'validate run',
      world({ logs: storeOf({ 'run/trace_1.txt': moved(37n << 30n) }) }),
    );
    expect(ran.out()).toContain('accepted: all');
    expect(ran.err()).toContain('LOG_VMEMMAP run/trace_1.txt:');
  });

  it('but it cannot begin anywhere', async () => {
    const ran = await ballast(
      'validate run',
      world({ logs: storeOf({ 'run/trace_1.txt': moved(4096n * 64n) }) }),
    );
    expect(ran.exit).toBe(1);
    expect(ran.out()).toContain('NEST_ARGUMENT');
  });

  it('a known probe on another function is refused by name', async () => {
    const text = TRACE.replace('(balloon_set_new_target', '(balloon_set_target_v2');
    const ran = await ballast('validate run', world({ logs: storeOf({ 'run/trace_1.txt': text }) }));
    expect(ran.exit).toBe(1);
    expect(ran.out()).toContain('LOG_FUNCTION');
  });
});
