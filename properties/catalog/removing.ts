/** The order made safe with its way back: everything holds here as well, and what was added can be removed again. */
import type { Form } from '../../models/form.ts';
import { hvm32, hvm64 } from '../../models/forms/hvm.ts';
import { pv32, pvDom0 } from '../../models/forms/pv.ts';
import { pvh64, pvhDom0 } from '../../models/forms/pvh.ts';
import { because, type SearchExpectation, vacuous } from '../expectation.ts';
import { type CatalogRow, inTheEndCounted, listIsEmpty, row } from './row.ts';
import { LIVE, neverDry, ownBlocks, ownRunsEmpty } from './shared.ts';

type Counts = Parameters<typeof row>[2];

const removing = (
  scope: string,
  counts: Counts,
  never: SearchExpectation['neverTaken'] = {},
  part: Parameters<typeof row>[6] = {},
): CatalogRow => row('lifecycle-removing', scope, counts, 'naive', {}, { ...ownRunsEmpty, ...never }, part);

const inTheEnd = { onRequest: inTheEndCounted() };

/** Where memory is populated on demand nobody takes a block offline, so none can be removed. */
const nothingOffline = because(
  'nobody takes a block offline here, so there is none to remove',
  ...['vacate.done', 'vacate.changed', 'vacate.timer'],
  ...['remove.begin', 'remove.ebusy', 'empty.begin', 'remove.end', 'uncount.done'],
);
const demanded = (form: Form, counts: Counts): CatalogRow =>
  row(
    'lifecycle-removing',
    'on-demand',
    counts,
    'naive',
    { 'I-42': vacuous },
    { ...ownBlocks, ...neverDry, ...nothingOffline },
    { form },
  );

export const removingRows: readonly CatalogRow[] = [
  removing('full', [306_261, 2_298_270, 62], {}, { default: true, ...inTheEnd }),
  removing('single', [13_149, 70_683, 40], {}, inTheEnd),
  removing(
    'blocks',
    [18_009, 118_347, 40],
    because('requests are rounded to whole blocks', 'add.einval'),
    inTheEnd,
  ),
  removing('boot-balloon', [503_577, 3_867_078, 67], {}, inTheEnd),
  row('lifecycle-removing', 'wide', [4_334_823, 39_594_102, 80], 'spin', {}, ownRunsEmpty, { deep: true }),
  // A block with a page lent, or on the list, does not go offline, so it is not removed either.
  removing('lent', [37_332, 142_892, 50], because(listIsEmpty, ...LIVE)),
  removing(
    'zones',
    [39_663, 157_995, 52],
    because('a section of one page is filled or refused', 'fill.short'),
  ),
  removing('suspend-offline', [2_020, 6_996, 40]),
  removing('p2m', [2_996, 12_588, 43], because(listIsEmpty, 'p2mset.over')),
  removing('single', [12_393, 66_093, 40], {}, { form: pv32 }),
  demanded(hvm64, [18_152, 78_750, 44]),
  demanded(hvm32, [17_624, 76_308, 44]),
  removing('single', [12_825, 68_730, 40], {}, { form: pvh64 }),
  removing('boot-single', [26_469, 152_544, 45], {}, { form: pvDom0 }),
  removing('boot-single', [26_073, 150_063, 45], {}, { form: pvhDom0 }),
];
