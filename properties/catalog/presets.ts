/** First fit in iomem, and a balloon list that is a stack: what the kernel does, where other scopes leave the choice open. */
import { because } from '../expectation.ts';
import { type CatalogRow, row } from './row.ts';
import { emptyList, lost, ownRunsEmpty, reonlined } from './shared.ts';

const v3Leaks = { ...reonlined([22, 20, 21, 24]), ...lost(7) };
const ownRuns = {
  ...ownRunsEmpty,
  ...emptyList,
  ...because('a run of one page is filled whole or not at all', 'fill.short'),
};

export const presetRows: readonly CatalogRow[] = [
  row('v3', 'first-fit', [212_994, 1_345_080, 66], 'naive', v3Leaks, {}),
  row('lifecycle', 'first-fit', [33_039, 205_173, 52], 'naive', {}, ownRuns),
  row('v3', 'lifo', [235_242, 975_819, 66], 'naive', v3Leaks, {}),
  row('lifecycle', 'lifo', [25_893, 106_098, 52], 'naive', {}, ownRuns),
];
