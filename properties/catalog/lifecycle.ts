/** The order made safe: the only variant in which everything must hold. */
import { because } from '../expectation.ts';
import { type CatalogRow, inTheEndCounted, row } from './row.ts';
import { ownRunsEmpty } from './shared.ts';

export const lifecycleRows: readonly CatalogRow[] = [
  row('lifecycle', 'full', [243_621, 1_884_492, 57], 'naive', {}, ownRunsEmpty, {
    default: true,
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'single', [12_294, 66_828, 37], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row(
    'lifecycle',
    'blocks',
    [17_091, 113_265, 37],
    'naive',
    {},
    { ...ownRunsEmpty, ...because('requests are rounded to whole blocks', 'add.einval') },
    { onRequest: inTheEndCounted() },
  ),
  row('lifecycle', 'boot-balloon', [405_009, 3_205_344, 64], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'wide', [2_995_128, 28_519_794, 77], 'spin', {}, ownRunsEmpty, { deep: true }),
];
