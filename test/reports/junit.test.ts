/** JUnit XML: what a reader counts, that xmllint accepts it, and that no text can break it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJunit } from '../../reports/junit.ts';
import { element, textElement } from '../../reports/xml.ts';
import { ballast } from '../cli/fake-io.ts';
import { prop } from '../support/prop.ts';
import { reworded } from './formats.ts';
import { expected, stories, surprising } from './sample.ts';

const XSD = fileURLToPath(new URL('./junit-10.xsd', import.meta.url));
const xmllint = (xml: string, ...options: readonly string[]) =>
  spawnSync('xmllint', [...options, '-'], { input: xml, encoding: 'utf8' });
const hasXmllint = xmllint('<a/>', '--noout').error === undefined;
if (!hasXmllint) console.warn('xmllint is not installed: JUnit XML is not validated against the schema');

const judged = (xml: string) => {
  const { status, stderr } = xmllint(xml, '--noout', '--schema', XSD);
  return { status, stderr: stderr.trim() };
};
const valid = { status: 0, stderr: '- validates' };

describe('word for word', () => {
  it('as expected', async () => {
    await expect(renderJunit(expected, stories)).toMatchFileSnapshot('../golden/check-expected.junit.xml');
  });

  it('with a surprise of every kind', async () => {
    await expect(renderJunit(surprising, stories)).toMatchFileSnapshot(
      '../golden/check-surprising.junit.xml',
    );
  });
});

describe('what a reader counts', () => {
  const count = (xml: string, tag: string) => xml.split(`<${tag}`).length - 1;
  const stated = (xml: string, of: string) =>
    [...xml.matchAll(/<testsuite .*?>/g)].reduce(
      (sum, [suite]) => sum + Number(new RegExp(`${of}="(\\d+)"`).exec(suite)?.[1]),
      0,
    );

  it.each([
    ['as expected', expected, { failure: 0, error: 0 }],
    ['surprising', surprising, { failure: 4, error: 2 }],
  ] as const)('%s', (_, report, { failure, error }) => {
    const xml = renderJunit(report, stories);
    expect(count(xml, 'testcase ')).toBe(stated(xml, 'tests'));
    expect(count(xml, 'failure ')).toBe(failure);
    expect(stated(xml, 'failures')).toBe(failure);
    expect(count(xml, 'error ')).toBe(error);
    expect(stated(xml, 'errors')).toBe(error);
    expect(count(xml, 'skipped ')).toBe(stated(xml, 'skipped'));
    expect(xml).toContain(`<testsuites name="${report.reproduce}" tests="${stated(xml, 'tests')}"`);
  });

  it('an expected violation passes and tells its run; one that is vacuous as expected is skipped', () => {
    const xml = renderJunit(expected, stories);
    expect(xml).toMatch(
      /<testcase name="I-1 one holder" classname="ballast.old.tiny">\n<system-out>.*\n.*I-1/,
    );
    expect(xml).toMatch(
      /<testcase name="I-4 no wrap" classname="ballast.old.tiny">\n<skipped message="vacuous/,
    );
  });
});

describe.skipIf(!hasXmllint)('xmllint', () => {
  it.each([
    ['as expected', expected],
    ['surprising', surprising],
    ['without a search', { ...expected, searches: [], cases: [] }],
  ] as const)('accepts %s', (_, report) => {
    expect(judged(renderJunit(report, stories))).toEqual(valid);
  });

  it.each([
    'check --variant v0 v3 --scope single',
    'check --variant v3-patched --scope single',
    'check --variant lifecycle --scope single --max-states 500',
  ])('accepts %s', async (words) => {
    const ran = await ballast(`${words} --format junit`);
    expect(judged(ran.out())).toEqual(valid);
  });

  it.each([
    ['a test without a name', (xml: string) => xml.replace('<testcase name=', '<testcase nom=')],
    ['an element of its own', (xml: string) => xml.replace('<properties>', '<mood/><properties>')],
    ['a count that is none', (xml: string) => xml.replace(/tests="\d+"/, 'tests="many"')],
    ['a tag that does not end', (xml: string) => xml.replace('</testsuite>', '')],
  ])('refuses %s', (_, spoil) => {
    const xml = renderJunit(expected, stories);
    expect(spoil(xml)).not.toBe(xml);
    expect(judged(spoil(xml)).status).not.toBe(0);
  });

  it('texts that would end a tag, an attribute or a section, and characters that XML has not', () => {
    const nasty = ']]> </failure> "\' &amp; <b> \u0000\u0007\u001b[31m\u009f\ud800 \ufffe 𝄞 ·';
    for (const report of [expected, surprising])
      expect(
        judged(
          renderJunit(
            reworded(report, (text) => `${text}${nasty}`),
            stories,
          ),
        ),
      ).toEqual(valid);
  });
});

/** Undoes the escaping, as a parser does. */
const unescaped = (xml: string): string =>
  xml
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

describe('escaping', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom(']', ']>', '<', '&', '"', "'", '\u0000', '\r', '\n', '\t', '\ud800', '\udc00'))
      .map((all) => all.join('')),
  );

  prop('nothing in a text is markup, and what XML can hold comes back', { text: anyText }, ({ text }) => {
    const kept = [...text]
      .map((one) => (/^[\t\n\r]$|^[^\p{Cc}\p{Cs}\ufffe\uffff]$/u.test(one) ? one : '\ufffd'))
      .join('');
    const [, attribute = '', inside = ''] =
      /^<a b="([^"<]*)">([^<]*)<\/a>$/.exec(textElement('a', { b: text }, text)) ?? [];
    expect(unescaped(attribute)).toBe(kept);
    expect(unescaped(inside)).toBe(kept);
    expect(inside).not.toContain(']]>');
    expect(attribute).not.toMatch(/[\n\r\t]/);
  });

  it('an attribute that is undefined is left out', () => {
    expect(element('a', { b: undefined, c: 0 })).toBe('<a c="0"/>');
  });
});
