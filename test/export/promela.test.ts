/** SPIN counts and judges the exported product; where it is not installed these tests say so and are skipped. */

import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { v0 } from '../../models/variants/v0.ts';
import { oneHolder } from '../../properties/invariants/i-2.ts';
import type { RunReport } from '../../reports/run-report.ts';
import { askSpin, SPIN_NEEDS } from '../../src/cli/confirm/spin.ts';
import { explored } from '../../src/cli/export/explored.ts';
import { realShell } from '../../src/cli/shell.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { exportPromela } from '../../src/export/promela.ts';
import { ballast, world } from '../cli/fake-io.ts';

const composed = expectOk(composeProduct(guestModel(v0, pv64, single)), 'v0 is within the fragment');
const product = expectOk(explored(composed), 'its charts are small');
const missing = SPIN_NEEDS.filter((program) => !realShell.has(program));
if (missing.length > 0) console.warn(`SKIPPED: SPIN is not asked, ${missing.join(' and ')} cannot be run`);

describe('the Promela of v0/single', () => {
  const { model, tables } = exportPromela(product, {
    title: 'v0/single',
    watches: [oneHolder.watch],
    all: [],
  });

  it('has one step a label and one variable a chart', () => {
    expect(model.match(/:: d_step/g)).toHaveLength(product.labels.length);
    expect(model.match(/^(byte|short) s\d+;/gm)).toHaveLength(product.tables.length);
  });

  it('has a guard and a move for every label, and the watch once', () => {
    expect(tables.match(/^#define GUARD_\d+ /gm)).toHaveLength(product.labels.length);
    expect(tables.match(/^#define MOVE_\d+ /gm)).toHaveLength(product.labels.length);
    expect(tables.match(/^#define BROKEN_0 /gm)).toHaveLength(1);
  });
});

describe.skipIf(missing.length > 0)('SPIN', () => {
  it.each(['v0', 'lifecycle'])('agrees on %s/single: counts and verdicts', async (variant) => {
    const ran = await ballast(`confirm --variant ${variant} --scope single`, world({ shell: realShell }));
    expect(ran.out()).toContain('agrees');
    expect(ran.exit).toBe(0);
  });

  it('stamps its answer on the record of a run', async () => {
    const here = world({ shell: realShell });
    await ballast('check --variant lifecycle --scope single --property I-2 I-9 D-1 --out runs', here);
    const folder = `runs/${here.links.get('runs/latest')}`;
    const ran = await ballast(`confirm --from ${folder}`, here);
    expect(ran.exit).toBe(0);
    const stamp =
      'SPIN 6[0-9.]* agrees: [0-9,]+ states, [0-9,]+ transitions; same verdicts: 2; not asked: D-1';
    expect(here.files.get(`${folder}/report.md`)).toMatch(new RegExp(`^${stamp}\\.$`, 'm'));
    const record = JSON.parse(here.files.get(`${folder}/verdict.json`) ?? '') as RunReport;
    const [search] = record.searches;
    expect(search?.secondOpinion).toMatchObject({
      agrees: true,
      states: search?.states,
      same: ['I-2', 'I-9'],
    });
  });

  it('does not find a violation where there is none to find, and the command would say so', () => {
    const asked = [
      { id: 'I-10', watch: { kind: 'step', never: ['populate.over'] } as const, isViolated: true },
    ];
    expect(askSpin(product, 'v0/single', asked, realShell)).toMatchObject({
      violated: { 'I-10': false },
    });
  });

  it('finds a violation among what is claimed to hold', () => {
    const asked = [{ id: 'I-2', watch: oneHolder.watch, isViolated: false }];
    expect(askSpin(product, 'v0/single', asked, realShell)).toMatchObject({
      othersHold: false,
    });
  });
});

it('a missing program is told, with exit code 69', async () => {
  const shell = { ...realShell, has: () => false };
  const ran = await ballast('confirm --variant v0 --scope single', world({ shell }));
  expect(ran.exit).toBe(69);
  expect(ran.err()).toContain('PROGRAM_MISSING spin and gcc cannot be run');
});
