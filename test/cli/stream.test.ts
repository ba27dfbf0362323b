/** `ballast validate -`: judged as it comes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { v3 } from '../../models/variants/v3.ts';
import { properties } from '../../properties/all.ts';
import { expectOk } from '../../src/core/result.ts';
import { LiveValidation } from '../../src/validate/live.ts';
import { textOf } from '../logs/real-logs.ts';
import { watchInBoundedMemory } from '../support/bounded-watch.ts';
import { prop } from '../support/prop.ts';
import { ballast, type Ran, world } from './fake-io.ts';

const traces = (run: string, ...names: readonly string[]): string =>
  names
    .map((name) => textOf(`${run}/trace_${name}.txt.gz`))
    .join('')
    .replace(/^#.*\n/gm, '');
const LEAK = traces(
  '04-offline-movable',
  '1_online_movable',
  '2_offline_populated',
  '3_reonline',
  '4_raise_after_reonline',
);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function* piped(...pieces: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield bytes(piece);
}
const watch = (words: string, ...pieces: readonly string[]): Promise<Ran> =>
  ballast(`validate ${words}`, world({ stdin: piped(...pieces) }));

describe('a stream', () => {
  it('tells what breaks when it breaks, and all of it at the end', async () => {
    const ran = await watch('-', LEAK);
    expect(ran.exit).toBe(0);
    const told = ran
      .out()
      .split('\n')
      .filter((line) => line.startsWith('record '));
    expect(told.map((line) => line.replace(/, t=.*?: /, ': '))).toEqual([
      'record 1: begins with target 131072, current 131072, low 0, total 131072',
      'record 217: I-10 broken at xen_online_page',
      'record 253: I-16 broken at online_ret',
      'record 258: I-9 broken at memop_inc_ret',
      'record 258: I-27 broken at memop_inc_ret',
    ]);
    expect(ran.out()).toContain('accepted: all 320 records are a run of v3');
  });

  it('that cannot be a run is left at once, though its writer goes on', async () => {
    const wrong = LEAK.replace(/total=163840/, 'total=163841');
    let more = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield bytes(wrong);
      for (; more < 1000; more += 1) yield bytes('\n');
    }
    const ran = await ballast('validate -', world({ stdin: endless() }));
    expect(ran.exit).toBe(1);
    expect(ran.out()).toMatch(/^record \d+: rejected at line \d+, additional_ret/m);
    expect(more).toBeLessThan(3);
  });

  it('that is silent can be left with a signal', async () => {
    const signal = { send: () => {} };
    async function* silent(): AsyncGenerator<Uint8Array> {
      yield bytes(LEAK);
      signal.send();
      await new Promise(() => {});
    }
    const at = world({ stdin: silent() });
    signal.send = at.interrupt;
    const ran = await ballast('validate -', at);
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('accepted: all 320 records');
    expect(ran.isHeard()).toBe(false);
  });

  it('joined midway and with losses is judged from where its counters tell where it is', async () => {
    const lines = traces('02-hotplug', '4_down').split('\n');
    const ran = await watch(
      '-',
      [...lines.slice(50, 90), 'CPU:0 [LOST 9 EVENTS]', ...lines.slice(99)].join('\n'),
    );
    expect(ran.exit).toBe(0);
    expect(ran.out()).toMatch(/^record \d+, t=.* s: judged again, from the driver's counters$/m);
    expect(ran.out()).toContain('with gaps');
  });

  it.each([
    ['nothing', [], 65, 'LOG_NOT_FTRACE'],
    ['prose', ['It was a dark and stormy night\n'], 65, 'LOG_NOT_FTRACE'],
    ['records without counters', [LEAK.replace(/ cur=\d+ tgt=.*$/gm, '')], 65, 'LOG_NO_COUNTERS'],
  ])('of %s is bad input', async (_, pieces, exit, code) => {
    const ran = await watch('-', ...(pieces as string[]));
    expect(ran.exit).toBe(exit);
    expect(ran.err()).toContain(code as string);
  });

  it('is judged alone', async () => {
    expect(await watch('- 04-offline-movable')).toMatchObject({ exit: 64 });
  });

  it('goes through a small heap', async () => {
    expect(await watchInBoundedMemory(4_000_000, 100)).toEqual({ code: 0, out: 'accepted - -\n', err: '' });
  }, 120_000);
});

prop(
  'the verdict does not depend on how the bytes come',
  { cuts: fc.array(fc.nat({ max: 12_000 }), { maxLength: 20 }) },
  ({ cuts }) => {
    const text = bytes(traces('03-auto-online', '4_plus_one_page'));
    const live = new LiveValidation('x', { protocol: v3, properties });
    const ends = [...cuts.filter((at) => at < text.length).toSorted((a, b) => a - b), text.length];
    ends.forEach((end, at) => {
      live.push(text.subarray(ends[at - 1] ?? 0, end));
    });
    expect(expectOk(live.end().found, 'it is a trace')).toMatchObject({ verdict: 'accepted', matched: 62 });
  },
);
