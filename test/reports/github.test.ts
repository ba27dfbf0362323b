/** Annotations and job summaries for GitHub: word for word, and no text gets out of its place. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAnnotations, renderSummary } from '../../reports/github.ts';
import type { RunReport } from '../../reports/run-report.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { prop } from '../support/prop.ts';
import { reworded, somewhere } from './formats.ts';
import { expected, stories, surprising } from './sample.ts';

const annotations = (report: RunReport) => renderAnnotations(report, stories, somewhere);

describe('word for word', () => {
  it.each([
    ['expected', expected],
    ['surprising', surprising],
  ] as const)('%s', async (name, report) => {
    await expect(annotations(report)).toMatchFileSnapshot(`../golden/check-${name}.annotations.txt`);
    await expect(renderSummary(report, stories)).toMatchFileSnapshot(`../golden/check-${name}.summary.md`);
  });
});

/** As the runner reads a command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions. */
function read(line: string) {
  const [, command = '', list = '', message = ''] = /^::([a-z]+) (.*?)::(.*)$/.exec(line) ?? [];
  const back = (text: string) => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n');
  const properties = list.split(',').map((part) => {
    const at = part.indexOf('=');
    const value = back(part.slice(at + 1))
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',');
    return [part.slice(0, at), value.replaceAll('%25', '%')] as const;
  });
  return {
    command,
    properties: Object.fromEntries(properties),
    message: back(message).replaceAll('%25', '%'),
  };
}

describe('annotations', () => {
  it('one a line; surprises before what is known', () => {
    const lines = annotations(surprising).trimEnd().split('\n').map(read);
    expect(lines.map(({ command }) => command)).toEqual([
      'error',
      'warning',
      'error',
      'error',
      'warning',
      'error',
    ]);
    expect(
      annotations(expected)
        .trimEnd()
        .split('\n')
        .map((line) => read(line).command),
    ).toEqual(['notice', 'notice']);
    expect(lines[2]?.properties).toEqual({ file: 'models/i-2.ts', line: '7', title: 'I-2 in old/tiny' });
  });

  const nasty = fc.oneof(
    fc.string(),
    fc
      .array(fc.constantFrom('\n', '\r', '%', '%0A', '::', ':', ',', '::error::', 'x'))
      .map((all) => all.join('')),
  );
  prop('a reader gets back every text', { word: nasty }, ({ word }) => {
    const report = reworded(surprising, (text) => text + word);
    const named = { ...report, cases: report.cases.map((found) => ({ ...found, scope: `tiny${word}` })) };
    const lines = annotations(named).replace(/\n$/, '').split('\n');
    expect(lines).toHaveLength(6);
    for (const [at, line] of lines.entries()) {
      expect(line).not.toContain('\r');
      const { command, properties, message } = read(line);
      expect(command).toMatch(/^(error|warning|notice)$/);
      if (at === 0) expect(message).toBe(`from the catalog: states 1, not 2${word}`);
      else {
        expect(properties['title']).toMatch(/^I-\d in (old|new)\/tiny/);
        expect(properties['title']?.endsWith(`tiny${word}`)).toBe(true);
        expect(message.endsWith(word)).toBe(true);
      }
    }
  });
});

describe('the job summary', () => {
  prop('a text stays in its cell', { word: fc.string() }, ({ word }) => {
    const clean = renderSummary(surprising, stories).split('\n');
    const text = renderSummary(
      reworded(surprising, (one) => one + word),
      stories,
    ).split('\n');
    expect(text).toHaveLength(clean.length);
    const bars = (line: string) => line.replace(/\\./g, '').split('|').length;
    text.forEach((line, at) => {
      if (clean[at]?.startsWith('|')) expect(bars(line)).toBe(bars(clean[at] ?? ''));
      if (!line.startsWith('<')) expect(line.replace(/`[^`]*`/g, '')).not.toMatch(/<\w/);
    });
  });
});

describe('check --format github', () => {
  const words = 'check --variant v0 --scope single --format github';

  it('prints the table and the annotations, and appends to the summary of the job', async () => {
    const here = world({ summaryFile: 'summary.md' }, { 'summary.md': 'before\n' });
    const ran = await ballast(words, here);
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('W0a in 6');
    expect(ran.out()).toMatch(/^::notice file=models\/guest\/slot\.ts,line=\d+,title=I-2 in v0\/single::/m);
    expect(here.files.get('summary.md')).toMatch(/^before\n## Ballast\n\n✅ /);
  });

  it('writes no summary elsewhere, nor in another format; one that cannot be written fails nothing', async () => {
    expect((await ballast(words)).files.has('summary.md')).toBe(false);
    const text = world({ summaryFile: 'summary.md' });
    await ballast(words.replace('github', 'text'), text);
    expect(text.files.has('summary.md')).toBe(false);
    const at = world({ summaryFile: 'summary.md' });
    const files = {
      ...at.io.files,
      write: () => {
        throw new Error('no space');
      },
    };
    const ran = await ballast(words, { ...at, io: { ...at.io, files } });
    expect(ran.exit).toBe(0);
    expect(ran.err()).toContain('SUMMARY_NOT_WRITABLE no space');
  });

  it.each([
    ['check --format xml', 'FLAG_CHOICE'],
    ['check --format junit --json', 'FLAG_CONFLICT'],
  ])('64: %s', async (bad, code) => {
    const ran = await ballast(bad);
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain(code);
  });
});
