/** `ballast replay` and `ballast shrink`, from words to exit code, on files that `check` and generated runs wrote. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { renderTraceJson } from '../../reports/json.ts';
import type { Label } from '../../src/core/label.ts';
import { parseJsonLines } from '../../src/trace/json-lines.ts';
import { readTraceFile } from '../../src/trace/trace-file.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { store } from '../logs/real-logs.ts';
import { prop } from '../support/prop.ts';
import { failingWalk, shortestRun, watchOf } from './promises.ts';

const PATH = 'out/check-20100727T120000Z/traces/v3-single-I-10.json';
const at = world();
await ballast('check --variant v3 --scope single --property I-10 D-3 --out out', at);
const text = at.files.get(PATH) ?? '';
const given = (files: Readonly<Record<string, string>>) => world({}, files);
const edited = (from: string | RegExp, to: string) => given({ 'a.json': text.replace(from, to) });

/** A trace file of these labels, as a clean clone would find it: nothing but the labels and the bounds. */
function fileOf(labels: readonly Label[], property: string): string {
  const [variant, form, scope, statement, reproduce] = ['v3', 'pv-x86_64', 'single', '', ''];
  const trace = { labels, start: {}, steps: [], broken: [] };
  const base = { variant, form, scope, property, statement, at: 'state', finding: undefined, reproduce };
  const { steps: _, ...bare } = JSON.parse(renderTraceJson({ ...base, trace }, { ...single }));
  return JSON.stringify(bare, null, 1);
}

describe('replay', () => {
  it('takes the runs of check again and finds what they say', async () => {
    const ran = await ballast(`replay ${PATH} ${PATH.replace('I-10', 'D-3')}`, at);
    expect(ran.err()).not.toContain('TRACE');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('✗ I-10 broken after step 22.');
    expect(ran.out()).toContain('section.balloonedBacked 1');
    expect(ran.out()).toContain('and the tables');
    expect(ran.out()).toContain('✓ The run ends by breaking D-3.');
  });

  it.each([
    ['blocks of two sections', '--variant v3 --scope blocks --property I-12 --max-states 3000'],
    [
      'blocks of four',
      '--variant v3 --scope blocks --sections 4 --block 4 --property I-12 --max-states 2000',
    ],
    ['judged on request, by steps', '--variant v3 --scope single --property I-43'],
    ['judged on request, by reach', '--variant v0 --scope single --property I-41'],
    [
      'a label of no pages',
      '--variant v0 --form hvm-x86_64 --scope on-demand --property T-1 --max-states 3000',
    ],
  ])('takes a run of check again: %s', async (_, flags) => {
    const folder = world();
    const checked = await ballast(`check ${flags} --out out`, folder);
    expect(checked.out()).toContain(' in ');
    const [path = ''] = [...folder.files.keys()].filter((file) =>
      /traces\/[^/]*(?<!\.itf)\.json$/.test(file),
    );
    const ran = await ballast(`replay ${path} --quiet`, folder);
    expect(ran.err()).not.toMatch(/SCOPE_|LABEL_/);
    expect(ran.exit).toBe(0);
  });

  it('1 where the run does not end by breaking its property', async () => {
    const labels = shortestRun(v3, 'I-10');
    const short = fileOf(labels.slice(0, -1), 'I-10');
    expect((await ballast('replay a.json --quiet', given({ 'a.json': short }))).exit).toBe(1);
    const other = edited('"property": "I-10"', '"property": "I-9"');
    expect((await ballast('replay a.json', other)).exit).toBe(1);
  });

  it('says where the file no longer tells what the charts do', async () => {
    const ran = await ballast('replay a.json', edited('"host free":0', '"host free":7'));
    expect(ran.err()).toMatch(/TRACE_STALE a\.json:\d+: .* of step 16/);
    expect(ran.exit).toBe(0);
  });

  it.each([
    ['TRACE_NOT_JSON a.json:3', /"variant"/, 'variant'],
    ['TRACE_SCHEMA a.json:2', 'ballast.trace/1', 'ballast.trace/9'],
    ['TRACE_KEY_UNKNOWN a.json:4', '"form"', '"fom"'],
    ['TRACE_MISSING', '"variant": "v3",', ''],
    ['TRACE_TYPE a.json:15', '"pages":3', '"pages":"3"'],
    ['TRACE_TYPE a.json:15', '"pages":3', '"pages":0.5'],
    ['UNKNOWN_VARIANT a.json:3', '"v3"', '"v4"'],
    ['UNKNOWN_PROPERTY a.json:7', '"property": "I-10"', '"property": "I-100"'],
    ['PROPERTY_SILENT a.json:7', '"property": "I-10"', '"property": "I-3"'],
    ['SCOPE_VALUE a.json:6', '"sections":1', '"sections":0'],
    ['SCOPE_MISSING a.json:6', '"rival":true,', ''],
    ['SCOPE_KEY_UNKNOWN a.json:6', '"rival":', '"revel":'],
    ['SCOPE_BOOT a.json:6', '"bootBallooned":0', '"bootBallooned":2'],
    ['UNKNOWN_LABEL a.json:19', '"type":"mutex.drop"', '"type":"mutex.dorp"'],
    ['LABEL_PAYLOAD a.json:19', '"type":"mutex.drop"', '"type":"mutex.drop","section":0'],
    ['LABEL_RANGE a.json:18', '"first":0', '"first":1'],
    ['LABEL_RANGE', '"section":0', '"section":-1'],
    ['TRACE_REFUSED a.json:19: step 5, add.begin', /\n.*"type":"mutex.drop".*/, ''],
  ])('65: %s', async (code, from, to) => {
    const bad = edited(from, to);
    expect(bad.files.get('a.json')).not.toBe(text);
    const ran = await ballast('replay a.json', bad);
    expect(ran.exit).toBe(65);
    expect(ran.out()).toBe('');
    expect(ran.err()).toContain(`ballast: ${code}`);
  });

  it('65: no such file, and every problem of a file at once', async () => {
    expect((await ballast('replay gone.json', world())).err()).toContain('TRACE_UNREADABLE');
    const many = text
      .replace('"v3"', '"v4"')
      .replace('"sections":1', '"sections":-1')
      .replace('"I-10"', '"I-x"');
    const ran = await ballast('replay a.json', given({ 'a.json': many }));
    for (const code of ['UNKNOWN_VARIANT', 'UNKNOWN_PROPERTY', 'SCOPE_VALUE'])
      expect(ran.err()).toContain(code);
  });

  prop(
    'what is JSON for JavaScript is JSON here, and nothing else',
    {
      at: fc.nat({ max: 400 }),
      gone: fc.nat({ max: 3 }),
      put: fc.constantFrom(
        '',
        '"',
        '\\',
        '1',
        '-',
        '.',
        '\n',
        'e5',
        ',',
        '[]',
        '{',
        '\u0001',
        '\ufeff',
        'true',
        '00',
      ),
    },
    ({ at: from, gone, put }) => {
      const changed = text.slice(0, from) + put + text.slice(from + gone);
      const isJson = () => {
        try {
          JSON.parse(changed);
          return true;
        } catch {
          return false;
        }
      };
      expect(parseJsonLines(changed, 'a.json', 'X').ok).toBe(isJson());
    },
  );

  prop(
    'no file makes it fail as a bug of ours',
    { at: fc.nat({ max: text.length }), gone: fc.nat({ max: 40 }), put: fc.string({ maxLength: 5 }) },
    ({ at: from, gone, put }) => {
      const read = readTraceFile(text.slice(0, from) + put + text.slice(from + gone), 'a.json');
      if (read.ok) return;
      expect(read.problems.length).toBeGreaterThan(0);
      for (const { code, where } of read.problems) {
        expect(code).toMatch(/^TRACE_[A-Z_]+$/);
        expect(where?.line).toBeGreaterThan(0);
      }
    },
  );
});

describe('a real log', () => {
  const here = () => world({ logs: store });

  it('becomes the shortest run of a small scope', async () => {
    const ran = await ballast(
      'shrink --log 04-offline-movable --property I-10 --scope single --json --quiet',
      here(),
    );
    expect(ran.exit).toBe(0);
    const read = readTraceFile(ran.out(), 'out');
    expect(read.ok && read.value.labels.length).toBe(shortestRun(v3, 'I-10').length);
    expect((await ballast('replay t.json', given({ 't.json': ran.out() }))).exit).toBe(0);
  });

  it('is not asked in a scope of which the property does not speak', async () => {
    const ran = await ballast('shrink --log 30-foreign-listed --property A-1 --scope single', here());
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('PROPERTY_SILENT A-1 says nothing about v3 in single');
  });

  it('is a run at real size, shorter than the log, and replays from its file', async () => {
    const at4 = here();
    const ran = await ballast(
      'shrink --log 04-offline-movable --property I-10 --tries 300 -o t.json --quiet',
      at4,
    );
    expect(ran.exit).toBe(0);
    const [, before, after] = /(\d+) → (\d+) steps/.exec(ran.out()) ?? [];
    expect(Number(after)).toBeLessThan(Number(before));
    const again = await ballast('replay t.json --quiet', given({ 't.json': at4.files.get('t.json') ?? '' }));
    expect(again.out()).toBe(`t.json: I-10 violated in ${after}\n`);
    expect(again.err()).toBe('');
  });

  it.each([
    [1, 'shrink --log 01-balloon --property I-10', 'LOG_NOT_BROKEN'],
    [1, 'shrink --log 04-offline-movable --property I-10 --scope nobody --tries 50', 'NOT_BROKEN'],
    [65, 'shrink --log gone --property I-10', 'LOG_'],
  ])('%i: %s', async (exit, words, code) => {
    const ran = await ballast(words, here());
    expect(ran.exit).toBe(exit);
    expect(ran.err()).toContain(code);
  });
});

describe('shrink', () => {
  const walk = failingWalk(guestModel(v3, pv64, single), watchOf('I-10'), 7919 * 2, 8000) ?? [];
  const files = { 'walk.json': fileOf(walk, 'I-10') };

  it('a walk becomes short, is written, and replays', async () => {
    expect(walk.length).toBeGreaterThan(200);
    const here = given(files);
    const ran = await ballast('shrink walk.json -o short.json', here);
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain(`${walk.length} → 22 steps`);
    const again = await ballast(
      'replay short.json',
      given({ 'short.json': here.files.get('short.json') ?? '' }),
    );
    expect(again.exit).toBe(0);
    expect(again.err()).toBe('');
  });

  it('for another property, as JSON', async () => {
    const ran = await ballast('shrink walk.json --property I-14 --json', given(files));
    expect(ran.exit).toBe(1);
    expect(ran.err()).toContain('NOT_BROKEN');
    const found = await ballast('shrink walk.json --json --quiet', given(files));
    const read = readTraceFile(found.out(), 'out');
    expect(read.ok && read.value.labels.length).toBe(22);
  });

  it('a run whose labels move several pages at once, in a scope that also has an alphabet', async () => {
    const joined = shortestRun(v3, 'I-10').flatMap((label, step, all): Label[] =>
      all[step + 1]?.type === label.type && label.pages === 1
        ? [{ ...label, pages: 2 }]
        : all[step - 1]?.type === label.type && label.pages === 1
          ? []
          : [label],
    );
    const here = given({ 'a.json': fileOf(joined, 'I-10') });
    expect((await ballast('replay a.json', here)).out()).not.toContain('and the tables');
    const ran = await ballast('shrink a.json', given({ 'a.json': fileOf(joined, 'I-10') }));
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain(`${joined.length} → ${joined.length} steps`);
  });

  it('says when the tries ran out', async () => {
    const ran = await ballast('shrink walk.json --tries 20', given(files));
    expect(ran.out()).toContain('The tries ran out');
  });

  it.each([
    [64, 'shrink walk.json --tries none', 'FLAG_NUMBER'],
    [64, 'shrink walk.json --property I-99', 'UNKNOWN_PROPERTY'],
    [64, 'shrink', 'FLAG_CONFLICT'],
    [64, 'shrink walk.json --log x --property I-10', 'FLAG_CONFLICT'],
    [64, 'shrink walk.json --variant v3', 'FLAG_CONFLICT'],
    [64, 'shrink --log x', 'FLAG_MISSING'],
    [64, 'shrink --log x --property I-99', 'UNKNOWN_PROPERTY'],
    [64, 'shrink --log x --property I-3', 'PROPERTY_SILENT'],
    [64, 'shrink walk.json --scope nowhere', 'UNKNOWN_SCOPE'],
    [65, 'shrink gone.json', 'TRACE_UNREADABLE'],
  ])('%i: %s', async (exit, words, code) => {
    const ran = await ballast(words, given(files));
    expect(ran.exit).toBe(exit);
    expect(ran.err()).toContain(code);
  });
});
