/** Somebody else adds memory: whose pages the online callback takes. */
import { because, each, found, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, row } from './row.ts';
import { emptyList, keepsBacked, lost, ownRunsEmpty, retried } from './shared.ts';

type Verdicts = SearchExpectation['verdicts'];

/** Lengths of I-9, I-10 (and A-1) and I-27. */
const listedForeign = ([i9, i10, i27]: readonly [number, number, number]): Verdicts =>
  found('foreign-listed', { 'I-9': i9, 'I-10': i10, 'A-1': i10, 'I-27': i27 });
const deadlock = (wait: number, stuck: number): Verdicts => ({
  'I-8': violated(wait, 'W2a'),
  ...each(violated(stuck, 'W2a'), 'D-1', 'D-2'),
});

export const adderRows: readonly CatalogRow[] = [
  row(
    'v1c',
    'dimm',
    [74_007, 254_357, 39],
    'naive',
    { ...listedForeign([7, 3, 10]), ...found('W1d', { 'I-18': 3 }), ...deadlock(6, 5), ...retried(7) },
    {},
  ),
  row(
    'v2-4.4',
    'dimm',
    [80_603, 284_538, 38],
    'naive',
    { ...listedForeign([7, 3, 10]), ...found('foreign-listed', { 'I-16': 4 }), ...deadlock(6, 6) },
    {},
  ),
  row(
    'v3',
    'dimm',
    [102_906, 366_183, 42],
    'naive',
    { ...listedForeign([7, 3, 9]), ...found('foreign-listed', { 'I-16': 4 }), ...lost(7) },
    {},
  ),
  row('v3-patched', 'dimm', [52_209, 187_719, 42], 'naive', lost(7), keepsBacked),
  row(
    'lifecycle',
    'dimm',
    [24_804, 83_658, 46],
    'naive',
    {},
    {
      ...ownRunsEmpty,
      ...emptyList,
      ...because('a run of one page is filled whole or not at all', 'fill.short'),
    },
  ),
];
