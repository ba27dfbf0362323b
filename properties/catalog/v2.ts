/** Linux 4.4 and 4.11, where the driver is a work item. */
import { each, violated } from '../expectation.ts';
import { type CatalogRow, deadlocked, halfBlock, inTheEndListed, notUndone, row } from './row.ts';
import { reonlined } from './shared.ts';

const v2Stuck = each(violated(13, 'W2a'), 'I-8', 'D-1', 'D-2');
/** Through the file `online` nobody waits for anybody. */
const v2Apart = (length: number) => ({ 'I-7': violated(length, 'W2d') });

export const v2Rows: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'full',
    [1_169_319, 8_590_477, 84],
    'naive',
    { ...reonlined([22, 20, 24, 27]), ...v2Stuck },
    {},
    { default: true },
  ),
  row(
    'v2-4.4',
    'single',
    [24_645, 135_433, 66],
    'naive',
    reonlined([29, 20, 23, 33]),
    {},
    { onRequest: inTheEndListed({ ...notUndone(16, 20), 'L-3': violated(21, 'given-up') }) },
  ),
  row(
    'v2-4.4',
    'pair',
    [148_746, 618_861, 64],
    'naive',
    { ...reonlined([20, 18, 20, 23]), ...v2Stuck },
    {},
    {
      onRequest: inTheEndListed({ ...notUndone(13, 18), ...deadlocked(13, 15), 'I-41': violated(13, 'W2a') }),
    },
  ),
  row(
    'v2-4.4',
    'device-file',
    [151_050, 630_501, 64],
    'naive',
    { ...reonlined([20, 18, 20, 23]), ...v2Apart(7) },
    {},
  ),
  row(
    'v2-4.4',
    'blocks',
    [37_398, 242_930, 66],
    'naive',
    { ...reonlined([29, 20, 23, 33]), ...halfBlock(6) },
    {},
    {
      onRequest: inTheEndListed({
        ...notUndone(16, 20),
        'I-36': violated(8, 'W3j'),
        'L-3': violated(21, 'given-up'),
      }),
    },
  ),
  row(
    'v2-4.11',
    'full',
    [1_201_386, 8_816_374, 85],
    'naive',
    reonlined([23, 21, 25, 28]),
    {},
    { default: true },
  ),
  row(
    'v2-4.11',
    'single',
    [25_455, 140_023, 67],
    'naive',
    reonlined([30, 21, 24, 34]),
    {},
    { onRequest: inTheEndListed({ ...notUndone(17, 21), 'L-3': violated(22, 'given-up') }) },
  ),
  row(
    'v2-4.11',
    'device-file',
    [158_160, 659_979, 65],
    'naive',
    { ...reonlined([21, 19, 21, 24]), ...v2Apart(8) },
    {},
  ),
  row(
    'v2-4.11',
    'blocks',
    [38_343, 249_122, 67],
    'naive',
    { ...reonlined([30, 21, 24, 34]), ...halfBlock(7) },
    {},
    {
      onRequest: inTheEndListed({
        ...notUndone(17, 21),
        'I-36': violated(9, 'W3j'),
        'L-3': violated(22, 'given-up'),
      }),
    },
  ),
];
