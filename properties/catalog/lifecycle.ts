/** The order made safe: the only variant in which everything must hold. */
import { because } from '../expectation.ts';
import { type CatalogRow, inTheEndCounted, row } from './row.ts';
import { ownRunsEmpty } from './shared.ts';

export const lifecycleRows: readonly CatalogRow[] = [
  row('lifecycle', 'full', [183_456, 1_390_116, 62], 'naive', {}, ownRunsEmpty, {
    default: true,
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'single', [9_846, 51_141, 42], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row(
    'lifecycle',
    'blocks',
    [12_744, 81_387, 42],
    'naive',
    {},
    { ...ownRunsEmpty, ...because('requests are rounded to whole blocks', 'add.einval') },
    { onRequest: inTheEndCounted() },
  ),
  row('lifecycle', 'boot-balloon', [293_661, 2_286_012, 69], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'wide', [2_156_310, 20_347_686, 82], 'spin', {}, ownRunsEmpty, { deep: true }),
];
