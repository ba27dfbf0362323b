/** Tours of every chart of every variant, the large ones too. */

import { describe, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { aloneIn } from '../../src/coverage/universe.ts';
import { checkChartTours } from './chart-tours.ts';

describe.each(variants.map((protocol) => ({ protocol })))('$protocol.id', ({ protocol }) => {
  const { structures } = aloneIn(expectOk(composeProduct(guestModel(protocol, pv64, single)), 'shipped'), 2);
  it.each(structures.map((structure) => ({ id: structure.table.chart.id, structure })))(
    '$id',
    ({ structure }) => checkChartTours(structure),
    600_000,
  );
});
