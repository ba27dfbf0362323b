/** Translated guests whose P2M has entries that are not RAM: foreign maps in pages that are lent, and devices. */
import { hvm64 } from '../../models/forms/hvm.ts';
import { pvh64 } from '../../models/forms/pvh.ts';
import { because, each, found, type SearchExpectation, vacuous, violated } from '../expectation.ts';
import {
  type CatalogRow,
  inTheEnd,
  inTheEndCounted,
  inTheEndListed,
  inTheEndOnline,
  listIsEmpty,
  notUndone,
  row,
  sleptOn,
} from './row.ts';
import { LIVE, lentAdds, lost, noLiveFrame, ownBlocks, ownRunsEmpty, reonlined } from './shared.ts';
import { v0Never } from './v0.ts';

const pvh = { form: pvh64 } as const;
const unmapped = because('every page is unmapped before it comes back', 'populate.special');
const reserved = because(
  'a device that is registered has its interval, and no driver reserves it',
  'populate.special',
);
const fillsItsOwn = because('the driver fills only what it has reserved', 'fill.special');

const lent: readonly CatalogRow[] = [
  row(
    'v3',
    'lent-mapped',
    [131_788, 503_488, 52],
    'naive',
    { ...lost(9), ...lentAdds(6) },
    { ...because(noLiveFrame, ...LIVE), ...unmapped },
    pvh,
  ),
  row(
    'lifecycle',
    'lent-mapped',
    [19_592, 63_962, 42],
    'naive',
    {},
    { ...ownBlocks, ...because(listIsEmpty, ...LIVE), ...unmapped, ...fillsItsOwn },
    pvh,
  ),
];

const devices: readonly CatalogRow[] = [
  row(
    'v0',
    'devices',
    [1_976, 7_364, 47],
    'naive',
    {
      ...found('W0a', { 'I-2': 6 }),
      ...found('W0b', { 'I-3': 5 }),
      ...found('device-populated', { 'I-6': 6, 'D-1': 6 }),
      ...found('W0c', { 'I-5': 12 }),
      ...found('W0-norollback', { 'I-9': 18, 'I-27': 11 }),
      ...found('W0-uncounted', { 'I-24': 11 }),
      'I-18': vacuous,
    },
    { ...v0Never, ...because('populate is the call of a refill, and there is none', 'populate.special') },
    {
      form: hvm64,
      onRequest: inTheEnd({
        ...each(violated(6, 'device-populated'), 'I-37', 'I-38'),
        'I-41': violated(5, 'W0-uncounted'),
      }),
    },
  ),
  row(
    'v3',
    'devices',
    [4_000, 17_278, 69],
    'naive',
    { ...reonlined([31, 22, 24, 34]), ...lost(11) },
    reserved,
    { ...pvh, onRequest: inTheEndListed({ ...sleptOn(11, 24), ...notUndone(18, 22) }) },
  ),
  row(
    'lifecycle',
    'devices',
    [1_488, 6_192, 41],
    'naive',
    {},
    { ...ownRunsEmpty, ...reserved, ...fillsItsOwn },
    { ...pvh, onRequest: inTheEndCounted() },
  ),
];

const nothingElse: SearchExpectation['verdicts'] = each(
  vacuous,
  ...['I-9', 'I-18', 'I-20', 'I-21', 'I-22', 'I-24', 'I-27', 'P-3'],
);

const hidden: readonly CatalogRow[] = [
  row(
    'v3',
    'hidden-bar',
    [492, 1_380, 28],
    'naive',
    {
      ...nothingElse,
      ...found('W3k', { 'I-2': 4 }),
      ...found('device-populated', { 'I-6': 14, 'D-1': 14, 'D-2': 14 }),
      ...lost(11),
    },
    because(
      'the first page that is populated is the end of the domain',
      ...['populate.ok', 'populate.over', 'populate.full', 'populate.short', 'refill.done'],
      ...['decrease.ok', 'decrease.done', 'decrease.nomem', 'shrink.done', 'shrink.changed', 'shrink.timer'],
      ...['offline.begin', 'offline.done', 'offline.cancel'],
    ),
    {
      ...pvh,
      onRequest: inTheEndOnline({
        ...sleptOn(11, 24),
        ...each(violated(14, 'device-populated'), 'I-36', 'I-38', 'I-41', 'L-2'),
      }),
    },
  ),
];

export const specialRows: readonly CatalogRow[] = [...lent, ...devices, ...hidden];
