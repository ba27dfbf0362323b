/** `ballast validate` as its users meet it. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { store, storeOf, textOf } from '../logs/real-logs.ts';
import { ballast, lastLine, world } from './fake-io.ts';

const validate = (words: string) => ballast(`validate ${words}`, world({ logs: store }));
const TRACE = textOf('04-offline-movable/trace_1_online_movable.txt.gz');

describe('an accepted log', () => {
  it('is told as the finding that explains most of what the guest broke', async () => {
    const ran = await validate('30-foreign-listed');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('ballast check --explain foreign-listed');
    expect(ran.out()).not.toContain('W3d');
  });

  it('with known findings is 0, and tells them', async () => {
    const ran = await validate('04-offline-movable');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('accepted: all 320 records are a run of v3');
    for (const id of ['I-10', 'I-16', 'I-9', 'I-27'])
      expect(ran.out()).toMatch(new RegExp(`${id} +trace_.* W3d`));
    expect(ran.out()).toMatch(/orphaned +16,384 pages +64 MiB/);
    expect(ran.out()).toContain('See the model derive it: ballast check --explain W3d');
  });

  it('is one line with --quiet', async () => {
    const ran = await validate('03-auto-online --quiet');
    expect(ran.out().trimEnd().split('\n')).toHaveLength(1);
    expect(ran.out()).toMatch(/^accepted dom0 /);
  });
});

describe('a rejected log', () => {
  it('is 1, says where, what it would mean, who refused, what was enabled, and how to see it again', async () => {
    const ran = await validate('02-hotplug --variant v0');
    expect(ran.exit).toBe(1);
    expect(ran.out()).toContain('rejected after 135 matching records');
    expect(ran.out()).toContain('trace_2_above_max_reserve.txt.gz:19, add_mem_res');
    expect(ran.out()).toContain('it would mean: add.begin');
    expect(ran.out()).toContain(
      'refused by balloon, which is filling (DONE) run 0+1, 0 of 32768 pages populated',
    );
    expect(ran.out()).toContain('the balloon thread could have taken: fill.ok');
    expect(lastLine(ran.out())).toBe('Reproduce: ballast validate 02-hotplug --variant v0');
  });

  it('names the counter that differs', async () => {
    const at = TRACE.split('\n').findIndex((line) => line.includes(' additional_ret: '));
    const lines = TRACE.split('\n');
    const text = lines.with(at, (lines[at] ?? '').replace('total=163840', 'total=163841')).join('\n');
    const ran = await ballast('validate edited.txt', world({ logs: storeOf({ 'edited.txt': text }) }));
    expect(ran.exit).toBe(1);
    expect(ran.out()).toContain('total is 163841, the charts say 163840');
  });
});

it('a log with records lost is judged on behind the gap, and says so', async () => {
  const lines = TRACE.split('\n');
  const at = lines.findIndex((line) => line.includes(' memop_inc: '));
  const text = lines.toSpliced(at, 0, 'CPU:0 [LOST 12 EVENTS]').join('\n');
  const ran = await ballast('validate lossy.txt', world({ logs: storeOf({ 'lossy.txt': text }) }));
  expect(ran.exit).toBe(0);
  expect(ran.out()).toContain('records are missing at 1 place; resynchronised 0 times');
});

it('a log in which nothing tells where the driver is after a gap is 2', async () => {
  const lines = TRACE.split('\n');
  const at = lines.findLastIndex((line) => line.includes(' memop_inc: '));
  const text = lines
    .with(at, 'CPU:0 [LOST 1 EVENTS]')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
  const ran = await ballast('validate lossy.txt', world({ logs: storeOf({ 'lossy.txt': text }) }));
  expect(ran.exit).toBe(2);
  expect(ran.out()).toContain('LOG_ADRIFT');
});

describe('what cannot be judged', () => {
  it.each([
    ['empty.txt', '', 'LOG_EMPTY'],
    ['binary.txt', new Uint8Array([0, 1, 2, 0, 255]), 'LOG_BINARY'],
    ['prose.txt', 'Dear reader,\nthis is no trace.\n', 'LOG_NOT_FTRACE'],
  ])('%s is 65 with a code and no stack', async (name, content, code) => {
    const ran = await ballast(`validate ${name}`, world({ logs: storeOf({ [name]: content }) }));
    expect(ran.exit).toBe(65);
    expect(ran.err()).toContain(code);
    expect(ran.err()).not.toMatch(/^\s+at /m);
  });

  it('a mutant is 64: nobody runs one', async () => {
    const ran = await validate('02-hotplug --variant no-rollback');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('UNKNOWN_VARIANT');
  });

  it('a path that is not there is 65', async () => {
    const ran = await validate('nowhere');
    expect(ran.exit).toBe(65);
    expect(ran.err()).toContain('LOG_UNREADABLE');
  });

  it('an unknown variant or a bad number is 64, both at once', async () => {
    const ran = await validate('02-hotplug --variant v4 --batch none');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('UNKNOWN_VARIANT');
    expect(ran.err()).toContain('FLAG_NUMBER');
  });
});

it('a variant with fields changed judges as the variant that it spells out', async () => {
  const [shipped, spelled] = await Promise.all([
    validate('04-offline-movable --variant v3-patched --quiet'),
    validate('04-offline-movable --variant v3+callback=testP2m --quiet'),
  ]);
  expect(shipped.out()).not.toBe('');
  expect(spelled.exit).toBe(shipped.exit);
  expect(spelled.out().replaceAll('v3+callback=testP2m', 'v3-patched')).toBe(shipped.out());
});

it('--json has the published shape', async () => {
  const ran = await validate('04-offline-movable --json');
  const shape = z.object({
    schema: z.literal('ballast.validate/1'),
    guests: z.array(
      z.object({
        variant: z.string(),
        guest: z.string(),
        verdict: z.enum(['accepted', 'rejected', 'ambiguous']),
        records: z.number(),
        matched: z.number(),
        breaches: z.array(
          z.object({
            property: z.string(),
            file: z.string(),
            line: z.number(),
            finding: z.string().nullable(),
          }),
        ),
        ledger: z.record(z.string(), z.number()),
      }),
    ),
    reproduce: z.string(),
  });
  const found = shape.parse(JSON.parse(ran.out()));
  expect(found.guests[0]?.breaches.map(({ finding }) => finding)).toEqual(['W3d', 'W3d', 'W3d', 'W3d']);
});
