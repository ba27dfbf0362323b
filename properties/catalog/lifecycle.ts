/** The order made safe: the only variant in which everything must hold. */
import { because } from '../expectation.ts';
import { type CatalogRow, inTheEndCounted, listIsEmpty, row } from './row.ts';

const lifecycleNever = {
  ...because(listIsEmpty, 'populate.over'),
  ...because(
    'a run is reserved empty, and what a failed run was given goes back before release',
    'fill.over',
  ),
};

export const lifecycleRows: readonly CatalogRow[] = [
  row('lifecycle', 'full', [242_289, 1_875_930, 57], 'naive', {}, lifecycleNever, {
    default: true,
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'single', [12_204, 66_456, 37], 'naive', {}, lifecycleNever, {
    onRequest: inTheEndCounted(),
  }),
  row(
    'lifecycle',
    'blocks',
    [17_001, 112_803, 37],
    'naive',
    {},
    { ...lifecycleNever, ...because('requests are rounded to whole blocks', 'add.einval') },
    { onRequest: inTheEndCounted() },
  ),
  row('lifecycle', 'boot-balloon', [403_677, 3_196_782, 64], 'naive', {}, lifecycleNever, {
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'wide', [2_995_128, 28_519_794, 77], 'spin', {}, lifecycleNever, { deep: true }),
];
