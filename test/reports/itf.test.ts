/** ITF against the format's own rules, and against the run as a naive reader of the charts sees it. */

import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v3 } from '../../models/variants/v3.ts';
import { renderItf } from '../../reports/itf.ts';
import { labelText } from '../../src/core/label.ts';
import { ballast, world } from '../cli/fake-io.ts';
import { NaiveProduct } from '../support/naive-product.ts';
import { shortestRun } from '../trace/promises.ts';

const schema = JSON.parse(readFileSync(new URL('./itf.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, strictRequired: false }).compile(schema);
const problems = (text: string) => (validate(JSON.parse(text)) ? [] : (validate.errors ?? []));

const tiny = {
  title: 'a "run"',
  source: 'ballast check',
  labels: [{ type: 'fill.ok', section: 0, pages: 2 ** 60 }, { type: 'rest' }],
  states: [0, 1, 2 ** 60].map((filled) => ({
    'section[0]': { value: 'free', context: { filled } },
    'section[boot]': { value: 'online', context: {} },
    lock: { value: 'held', context: { by: 'driver' } },
  })),
};

interface Itf {
  readonly vars: readonly string[];
  readonly states: readonly { readonly [variable: string]: unknown }[];
}

describe('the format', () => {
  it('word for word', async () => {
    await expect(renderItf(tiny)).toMatchFileSnapshot('../golden/run.itf.json');
    expect(problems(renderItf(tiny))).toEqual([]);
  });

  it.each<[string, (text: string) => string]>([
    ['a state without its number', (text) => text.replace('"index":1', '"nr":1')],
    ['a name that TLA+ has not', (text) => text.replace('"section_0"', '"section[0]"')],
    [
      'a number that JSON readers would round',
      (text) => text.replace('{"#bigint":"1152921504606846976"}', '1152921504606846976'),
    ],
    ['an unknown mark', (text) => text.replace('#tup', '#tuple')],
  ])('refuses %s', (_, spoil) => {
    expect(spoil(renderItf(tiny))).not.toBe(renderItf(tiny));
    expect(problems(spoil(renderItf(tiny)))).not.toEqual([]);
  });

  it('two charts that would be one variable are a bug', () => {
    const states = [{ 'a[0]': { value: 's', context: {} }, a_0: { value: 's', context: {} } }];
    expect(() => renderItf({ ...tiny, labels: [], states })).toThrow(/one variable/);
    const named = [{ a: { value: 's', context: { state: 1 } } }];
    expect(() => renderItf({ ...tiny, labels: [], states: named })).toThrow(/named state/);
  });
});

describe('runs of check', () => {
  it('one file beside each trace, with every variable in every state', async () => {
    const ran = await ballast('check --variant v0 v3 --scope single --out out', world());
    const names = [...ran.files.keys()].filter((name) => name.endsWith('.itf.json'));
    expect(names).toHaveLength(18);
    for (const name of names) {
      const text = ran.files.get(name) ?? '';
      expect(problems(text), name).toEqual([]);
      const { vars, states } = JSON.parse(text) as Itf;
      const { labels } = JSON.parse(ran.files.get(name.replace('.itf', '')) ?? '{}') as { labels: unknown[] };
      expect(states).toHaveLength(labels.length + 1);
      for (const state of states) expect(Object.keys(state).sort()).toEqual(['#meta', ...vars].sort());
    }
  });

  it('the states are those of the charts', async () => {
    const ran = await ballast('check --variant v3 --scope single --property I-10 --out out', world());
    const name = [...ran.files.keys()].find((one) => one.endsWith('I-10.itf.json')) ?? '';
    const { vars, states } = JSON.parse(ran.files.get(name) ?? '{}') as Itf;
    const model = guestModel(v3, pv64, single);
    const naive = new NaiveProduct(model);
    let state = naive.initial;
    const run = shortestRun(v3, 'I-10');
    for (const [step, shown] of states.entries()) {
      if (step > 0) {
        const text = labelText(run[step - 1] ?? { type: '?' });
        state =
          naive.step(
            state,
            model.alphabet.findIndex((label) => labelText(label) === text),
          ) ?? [];
      }
      const ours = vars.slice(1).map((variable) => {
        const { state: value, ...context } = shown[variable] as { readonly state: string };
        return JSON.stringify([value, Object.entries(context).sort()]);
      });
      expect(ours).toEqual(naive.keys(state));
    }
  });
});
