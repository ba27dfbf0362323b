/** `ballast cover` as its users meet it. */
import { describe, expect, it } from 'vitest';
import { store } from '../logs/real-logs.ts';
import { ballast, lastLine, world } from './fake-io.ts';

const cover = (words: string, files: Readonly<Record<string, string>> = {}) =>
  ballast(`cover --quiet ${words}`, world({ logs: store }, files));

describe('a variant in a scope', () => {
  it('is explored, and told as a table', async () => {
    const ran = await cover('--variant v0 --scope single');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('── v0, scope single');
    expect(ran.out()).toContain('Product: 14,076 states, 69,960 transitions');
    expect(ran.out()).toMatch(/^slot +\d+\/\d+ /m);
    expect(ran.out()).toMatch(/^Never reached: /m);
  });

  it('is cut at --max-states, and then says nothing about what cannot be reached', async () => {
    const ran = await cover('--variant v0 --max-states 300');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toMatch(/Product: \d+\+ states/);
    expect(ran.out()).not.toContain('Never reached');
  });

  it('--tours prints how many runs cover everything, and JSON has their labels', async () => {
    const text = await cover('--variant v0 --tours');
    expect(text.out()).toMatch(/^toolstack +12 in 1 \(\d+\)/m);
    expect(text.out()).toMatch(
      /product: all \d+ transitions that it reaches in (1 run|\d+ runs \(greedy\)) of/,
    );
    const json = await cover('--variant v0 --tours --format json');
    const [found] = JSON.parse(json.out()).cases;
    expect(found.tours.product.tours[0][0]).toMatchObject({ type: 'max.set' });
  });
});

describe('logs', () => {
  it('stand beside the exploration, with what none of them shows', async () => {
    const ran = await cover('--log 03-auto-online 02-hotplug');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain('── v3, scope single');
    expect(ran.out()).toMatch(/^log 02-hotplug +\d+\/\d+/m);
    expect(ran.out()).toContain('all logs, of what the product reaches');
    expect(ran.out()).toMatch(/No log given shows: \d+ states?, \d+ transitions, \d+ pairs/);
  });

  it('that are no run of the variant are bad input', async () => {
    const ran = await cover('--log 02-hotplug --variant v0');
    expect(ran.exit).toBe(65);
    expect(ran.err()).toContain('COVER_LOG_REJECTED');
    expect(ran.out()).toBe('');
  });

  it('that are not there are bad input', async () => {
    expect((await cover('--log nowhere')).exit).toBe(65);
  });
});

describe('traces', () => {
  const trace = (labels: readonly object[], variant = 'v3') =>
    JSON.stringify({ schema: 'ballast.trace/1', variant, scope: 'single', labels });
  const MAX = { type: 'max.set', pages: 2 };

  it('are runs to cover', async () => {
    const ran = await cover('--variant v3 --max-states 200 --trace run.json --format json', {
      'run.json': trace([MAX]),
    });
    expect(ran.exit).toBe(0);
    const { sources } = JSON.parse(ran.out()).cases[0];
    expect(sources[1].source).toBe('trace run.json');
    expect(sources[1].elements.transitions).toEqual([
      'hypervisor: counting -max.set-> counting',
      'toolstack: idle -max.set-> capped',
    ]);
  });

  it.each([
    ['a label that is refused', trace([{ type: 'target.set', pages: 2 }]), 'COVER_REFUSED'],
    ['no labels', JSON.stringify({ schema: 'ballast.trace/1', variant: 'v3' }), 'TRACE_SHAPE'],
    ['no JSON', 'labels:', 'TRACE_NOT_JSON'],
    ['a run of another variant', trace([MAX], 'v0'), 'TRACE_VARIANT'],
  ])('%s is 65', async (_, text, code) => {
    const ran = await cover('--variant v3 --max-states 200 --trace run.json', { 'run.json': text });
    expect(ran.exit).toBe(65);
    expect(ran.err()).toContain(code);
  });

  it('a file that is not there is 65', async () => {
    const ran = await cover('--variant v3 --trace none.json');
    expect(ran.exit).toBe(65);
    expect(ran.err()).toContain('TRACE_NO_FILE');
  });
});

describe('--until', () => {
  it('takes a name that no variant has for a slip of the pen', async () => {
    const ran = await cover('--variant v0 --until label(find.okk)>=1 --walks 5');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('UNKNOWN_LABEL there is no label find.okk (expected find.ok');
    expect((await cover('--variant v0 --until pairs(sektion)>=10%')).err()).toContain(
      'UNKNOWN_CHART there is no chart sektion (expected section)',
    );
  });

  it('walks until it is met', async () => {
    const ran = await cover('--variant v0 --walks 500 --until label(find.ok)>=3');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toMatch(/v0\/single: met after \d+ walks?, /);
  });

  it('is 2 where it is not met, names what is missing and how to see it again', async () => {
    const ran = await cover('--variant v0 --walks 1 --steps 3 --seed 5 --until states(section)>=100%');
    expect(ran.exit).toBe(2);
    expect(ran.out()).toContain('not met after 1 walk, 3 labels');
    expect(ran.out()).toMatch(/✗ states\(section\) >= 100%, missing \d+:/);
    expect(lastLine(ran.out())).toContain(
      'Reproduce: ballast cover --variant v0 --scope single --walks 1 --steps 3 --seed 5 --until "states(section)>=100%"',
    );
  });

  it('does not walk where a goal lies outside what the product reaches', async () => {
    const ran = await cover('--variant v0 --walks 1000000 --until label(populate.short)>=1');
    expect(ran.exit).toBe(2);
    expect(ran.out()).toContain('cannot be met here: a goal lies outside what the product reaches');
    expect(ran.out()).toContain('✗ label(populate.short) >= 1 (impossible here)');
  });
});

describe('usage', () => {
  it('says all that is wrong at once', async () => {
    const ran = await cover('--variant v9 --k 1 --walks none --format pdf --until pears');
    expect(ran.exit).toBe(64);
    for (const code of ['UNKNOWN_VARIANT', 'FLAG_NUMBER', 'FLAG_CHOICE', 'UNTIL_SYNTAX'])
      expect(ran.err()).toContain(code);
    expect(ran.err()).toContain('--until, column 1');
    expect(ran.err().match(/FLAG_NUMBER/g)).toHaveLength(2);
  });
});

describe('for machines', () => {
  it('lcov and Cobertura name the files of the models; -o writes a file', async () => {
    const lcov = await cover('--variant v0 --format lcov -o out/lcov.info');
    expect(lcov.exit).toBe(0);
    expect(lcov.out()).toBe('');
    expect(lcov.files.get('out/lcov.info')).toMatch(/^TN:ballast_cover\nSF:models\//);
    const xml = await cover('--variant v0 --format cobertura');
    expect(xml.out()).toContain('filename="models/guest/balloon-calls.ts"');
  });

  it('of given runs alone, where runs are given', async () => {
    const all = await cover('--variant v0 --format lcov');
    const walked = await cover('--variant v0 --format lcov --walks 1 --steps 1');
    const hits = (text: string) => (text.match(/^DA:\d+,[1-9]/gm) ?? []).length;
    expect(hits(walked.out())).toBeLessThan(hits(all.out()));
    expect(hits(walked.out())).toBeGreaterThan(0);
  });
});
