/** Scopes from outside: every problem at once, with a stable code and its line. */
import { describe, expect, it } from 'vitest';
import { full } from '../../models/scopes.ts';
import { scopeFromJson } from '../../src/cli/check/scope-file.ts';
import { problemText } from '../../src/core/result.ts';
import { ballast, world } from './fake-io.ts';

const read = (text: string) => scopeFromJson(text, 'dir/lab.json');
const problems = (text: string) => {
  const result = read(text);
  return result.ok ? [] : result.problems.map(problemText);
};
const codes = (text: string) => problems(text).map((line) => line.split(' ')[0]);

describe('a scope file', () => {
  it('takes missing keys from full and its name from the file', () => {
    expect(read('{ "sections": 3, "sectionsPerBlock": 1 }')).toEqual({
      ok: true,
      value: { ...full, name: 'lab', sections: 3 },
    });
  });

  it('with the bounds of a preset is that preset', () => {
    expect(read('{}')).toEqual({ ok: true, value: full });
  });

  it('may not take the name of a preset for other bounds', () => {
    const result = read('{ "name": "full", "sections": 1 }');
    expect(result.ok && result.value.name).toBe('full-changed');
  });

  it('says all that is wrong with it', () => {
    const text = [
      '{',
      '  "sections": 0,',
      '  "pages": 3,',
      '  "targets": [1, 5, 2],',
      '  "onlining": "sometimes",',
      '  "rival": "yes",',
      '  "batch": 2.5,',
      '  "bootBallooned": 2',
      '}',
    ].join('\n');
    expect(problems(text)).toMatchInlineSnapshot(`
      [
        "SCOPE_RANGE dir/lab.json:2: sections is not usable (expected at least 1, got 0)",
        "SCOPE_TYPE dir/lab.json:7: batch is not usable (expected an integer, got 2.5)",
        "SCOPE_VALUE dir/lab.json:5: onlining is not usable (expected auto or hand or both or deviceFile or any or never, got "sometimes")",
        "SCOPE_TYPE dir/lab.json:6: rival is not usable (expected true or false, got "yes")",
        "SCOPE_KEY_UNKNOWN dir/lab.json:3: a scope has no pages (expected name sections pagesPerSection sectionsPerBlock bootPages bootBallooned bootPod targets hostPages batch retryLimit onlining writer offliner rival otherDomain addressable p2mRoom actors)",
        "SCOPE_BOOT dir/lab.json:8: more boot pages are ballooned than there are (got bootBallooned 2, bootPages 1)",
        "SCOPE_TARGETS dir/lab.json:4: targets do not ascend (got targets 1,5,2)",
      ]
    `);
  });

  it.each([
    ['', 'SCOPE_NOT_JSON', 1],
    ['{ "sections": 1,\n  "batch" }', 'SCOPE_NOT_JSON', 2],
    ['{\n  "sections": 1\n  "batch": 2\n}', 'SCOPE_NOT_JSON', 3],
    ['{\n  "sections": 1,\n', 'SCOPE_NOT_JSON', 3],
  ])('%j is no JSON from line %s %i on', (text, code, line) => {
    const result = read(text);
    expect(result.ok ? [] : result.problems).toMatchObject([{ code, where: { line } }]);
  });

  it.each([
    ['null', 'SCOPE_TYPE'],
    ['[]', 'SCOPE_TYPE'],
    ['7', 'SCOPE_TYPE'],
    ['{ "targets": [] }', 'SCOPE_RANGE'],
    ['{ "targets": [2, 2] }', 'SCOPE_TARGETS'],
    ['{ "sections": 3, "sectionsPerBlock": 2 }', 'SCOPE_BLOCKS'],
    ['{ "bootPages": 6 }', 'SCOPE_HOST'],
    ['{ "__proto__": 1 }', 'SCOPE_KEY_UNKNOWN'],
  ])('%s is refused as %s', (text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('is checked like a preset', async () => {
    const text = '{ "sections": 1, "targets": [1, 2, 3], "hostPages": 3 }';
    const ran = await ballast(
      'check --variant v0 --scope dir/lab.json --property I-2',
      world({}, { 'dir/lab.json': text }),
    );
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('Reproduce: ballast check --variant v0 --scope dir/lab.json --property I-2');
  });

  it('ends with 65 and every problem', async () => {
    const ran = await ballast(
      'check --scope bad.json',
      world({}, { 'bad.json': '{ "sections": 0,\n "frames": 1 }' }),
    );
    expect(ran.exit).toBe(65);
    expect(ran.err()).toMatchInlineSnapshot(`
      "ballast: SCOPE_RANGE bad.json:1: sections is not usable (expected at least 1, got 0)
      ballast: SCOPE_KEY_UNKNOWN bad.json:2: a scope has no frames (expected name sections pagesPerSection sectionsPerBlock bootPages bootBallooned bootPod targets hostPages batch retryLimit onlining writer offliner rival otherDomain addressable p2mRoom actors)
      "
    `);
  });
});

describe('flags', () => {
  it('name the flag, not the key', async () => {
    const ran = await ballast('check --sections 3 --block 2 --pages x --onlining maybe');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toMatchInlineSnapshot(`
      "ballast: SCOPE_TYPE --pages is not usable (expected an integer, got "x")
      ballast: SCOPE_VALUE --onlining is not usable (expected auto or hand or both or deviceFile or any or never, got "maybe")
      ballast: SCOPE_BLOCKS the sections are not whole blocks (got --block 2, --sections 3)
      "
    `);
  });
});
