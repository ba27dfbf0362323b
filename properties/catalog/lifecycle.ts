/** The order made safe: the only variant in which everything must hold. */
import { because } from '../expectation.ts';
import { type CatalogRow, inTheEndCounted, row } from './row.ts';
import { ownRunsEmpty } from './shared.ts';

export const lifecycleRows: readonly CatalogRow[] = [
  row('lifecycle', 'full', [185_499, 1_432_614, 56], 'naive', {}, ownRunsEmpty, {
    default: true,
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'single', [10_026, 53_211, 36], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row(
    'lifecycle',
    'blocks',
    [12_987, 84_402, 36],
    'naive',
    {},
    { ...ownRunsEmpty, ...because('requests are rounded to whole blocks', 'add.einval') },
    { onRequest: inTheEndCounted() },
  ),
  row('lifecycle', 'boot-balloon', [296_451, 2_353_086, 64], 'naive', {}, ownRunsEmpty, {
    onRequest: inTheEndCounted(),
  }),
  row('lifecycle', 'wide', [2_995_128, 28_519_794, 77], 'spin', {}, ownRunsEmpty, { deep: true }),
];
