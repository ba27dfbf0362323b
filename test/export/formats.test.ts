/** Each format of `ballast export`: one golden file, and what it says compared with the product it was made from. */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v0 } from '../../models/variants/v0.ts';
import { properties } from '../../properties/all.ts';
import { explored } from '../../src/cli/export/explored.ts';
import { FORMATS } from '../../src/cli/export/formats.ts';
import { realShell } from '../../src/cli/shell.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exportTla } from '../../src/export/tla.ts';
import { isExportable } from '../../src/export/watches.ts';
import { explore } from '../../src/search/search.ts';
import { ballast } from '../cli/fake-io.ts';
import { lampAndCounter } from './small.ts';
import { readTla } from './tla-reader.ts';

const filesOf = (format: string): Readonly<Record<string, string>> => {
  const task = {
    title: 'lamp/small',
    variant: 'lamp',
    form: pv64.id,
    scope: single,
    product: lampAndCounter(),
    charts: [],
    properties: [],
    expectedViolated: [],
  };
  const files = FORMATS[format]?.files(task);
  if (files === undefined) throw new Error(`no ${format}`);
  return Object.fromEntries(
    expectOk(files, 'its charts are small').map(({ name, pieces }) => [name, [...pieces].join('')]),
  );
};

describe.each(Object.keys(FORMATS))('%s', (format) => {
  it('writes what it has always written', async () => {
    for (const [name, text] of Object.entries(filesOf(format)))
      await expect(text).toMatchFileSnapshot(`../golden/export/${name}`);
  });
});

describe('TLA+', () => {
  const product = expectOk(composeProduct(guestModel(v0, pv64, single)), 'v0 is within the fragment');
  const asked = properties.filter(({ watch, appliesTo }) => isExportable(watch) && appliesTo(v0, single));
  const found = explore(
    product,
    asked.map(({ watch }) => watch),
  );
  const invariants = asked.map(({ id, watch }) => ({ id, watch, isChecked: id !== 'I-2' }));
  const { module, config } = exportTla(expectOk(explored(product), 'it is small'), {
    title: 'v0/single',
    invariants,
  });

  it('has the states, transitions and verdicts of the product', () => {
    const said = readTla(module).explore(asked.map(({ id }) => id.replace('-', '_')));
    const violated = asked.filter((_, at) => found.violations[at] !== undefined);
    expect(said).toEqual({
      states: found.states,
      transitions: found.transitions,
      violated: expect.arrayContaining(violated.map(({ id }) => id.replace('-', '_'))),
    });
    expect(said.violated).toHaveLength(violated.length);
  });

  it('lets TLC check what is expected to hold, and no more', () => {
    expect(config).toContain('\nINVARIANT I_3\n');
    expect(config).toContain('\n\\* expected to be violated: INVARIANT I_2\n');
  });
});

describe('Aldebaran', () => {
  it('has a line a transition of the product, after the counts', async () => {
    const ran = await ballast('export aut --variant v0 --scope single --out made');
    const [head, ...lines] = (ran.files.get('made/product.aut') ?? '').trimEnd().split('\n');
    expect(head).toBe('des (0, 69960, 14076)');
    expect(lines).toHaveLength(69_960);
    expect(lines[0]).toBe('(0, "max.set(pages 2)", 1)');
  });
});

describe('SCXML', () => {
  it.skipIf(!realShell.has('xmllint'))('is well formed for every chart of v0', async () => {
    const ran = await ballast('export scxml --variant v0 --scope single --out made');
    const files = Object.fromEntries([...ran.files].map(([path, text]) => [path.replace('made/', ''), text]));
    expect(Object.keys(files).length).toBeGreaterThan(8);
    const said = realShell.inFolder(files, (folder) =>
      realShell.run('xmllint', ['--noout', ...Object.keys(files)], folder),
    );
    expect(said).toBe('');
  });
});

describe('ballast export', () => {
  it('writes the charts that are named, and says where', async () => {
    const ran = await ballast('export dot --variant v3 --scope single --chart balloon section[0] --out made');
    expect(ran.exit).toBe(0);
    expect([...ran.files.keys()]).toEqual(['made/balloon.dot', 'made/section-0.dot']);
    expect(ran.out()).toContain('made/balloon.dot\n');
  });

  it('refuses an unknown format and an unknown variant at once', async () => {
    const ran = await ballast('export dott --variant v9 --scope single');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('UNKNOWN_FORMAT there is no format dott (expected dot)');
    expect(ran.err()).toContain('UNKNOWN_VARIANT');
  });

  it('refuses a chart that the product does not have, and a choice of several products', async () => {
    const chart = await ballast('export dot --variant v3 --scope single --chart ballon');
    expect(chart.err()).toContain('UNKNOWN_CHART there is no chart ballon');
    const several = await ballast('export dot --variant v3 v0 --scope single');
    expect(several.err()).toContain('ONE_PRODUCT');
    expect([chart.exit, several.exit]).toEqual([64, 64]);
  });
});
