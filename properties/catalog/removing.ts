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
  removing('full', [245_592, 1_800_420, 62], {}, { default: true, ...inTheEnd }),
  removing('single', [10_791, 55_368, 42], {}, inTheEnd),
  removing(
    'blocks',
    [13_752, 86_931, 42],
    because('requests are rounded to whole blocks', 'add.einval'),
    inTheEnd,
  ),
  removing('boot-balloon', [390_429, 2_935_158, 69], {}, inTheEnd),
  row('lifecycle-removing', 'wide', [3_430_557, 30_899_724, 82], 'spin', {}, ownRunsEmpty, { deep: true }),
  // A block with a page lent, or on the list, does not go offline, so it is not removed either.
  removing('lent', [30_640, 115_072, 50], because(listIsEmpty, ...LIVE)),
  removing(
    'zones',
    [36_936, 144_291, 54],
    because('a section of one page is filled or refused', 'fill.short'),
  ),
  removing('suspend-offline', [1_748, 5_766, 41]),
  removing('p2m', [2_340, 9_586, 43], because(listIsEmpty, 'p2mset.over')),
  removing('single', [10_035, 50_922, 40], {}, { form: pv32 }),
  demanded(hvm64, [18_060, 76_163, 50]),
  demanded(hvm32, [17_532, 73_721, 50]),
  removing('single', [10_467, 53_415, 42], {}, { form: pvh64 }),
  removing(
    'devices',
    [1_776, 7_268, 41],
    because(
      'what the driver populates it has reserved, and a device has its interval in iomem',
      'populate.special',
      'fill.special',
    ),
    { form: pvh64 },
  ),
  removing('boot-single', [21_186, 117_393, 49], {}, { form: pvDom0 }),
  removing('boot-single', [20_790, 114_984, 49], {}, { form: pvhDom0 }),
];
