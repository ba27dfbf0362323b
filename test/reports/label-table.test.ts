import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { ACTORS } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { renderLabelTable } from '../../reports/label-table.ts';
import type { Model } from '../../src/core/chart.ts';

/** A memory manager takes the place of libxl, so the two are in two models; what the second has beside the first. */
function together(first: Model, second: Model): Model {
  const types = new Set(first.alphabet.map(({ type }) => type));
  return {
    charts: [...first.charts, ...second.charts],
    alphabet: [...first.alphabet, ...second.alphabet.filter(({ type }) => !types.has(type))],
  };
}

it('models/labels.md is what the alphabets say', async () => {
  const scope = { ...single, onlining: 'both' as const, actors: ACTORS };
  const managed = { ...scope, actors: ACTORS.filter((actor) => actor !== 'libxl') };
  const models = variants.map((protocol) => ({
    variant: protocol.id,
    model: together(guestModel(protocol, pv64, scope), guestModel(protocol, pv64, managed)),
  }));
  await expect(renderLabelTable(models)).toMatchFileSnapshot('../../models/labels.md');
});
