/** Linux 3.1, the first merged version. */
import { each, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, deadlocked, halfBlock, inTheEndListed, notUndone, row } from './row.ts';
import { addedOnce, enoughSections, noRival, reonlined31, retried } from './shared.ts';

/** What is wrong with Linux 3.1: P-2, and lengths of I-9, I-10, I-18 and I-27. */
const v1cWrong = (lengths: readonly [number, number, number, number]): SearchExpectation['verdicts'] => ({
  ...reonlined31(lengths),
  ...retried(7),
});

export const v1cRows: readonly CatalogRow[] = [
  row(
    'v1c',
    'full',
    [963_585, 6_870_204, 90],
    'naive',
    {
      ...v1cWrong([26, 22, 26, 29]),
      ...each(violated(13, 'W2a'), 'D-1', 'D-2'),
      'I-8': violated(14, 'W2a'),
    },
    enoughSections,
    { default: true },
  ),
  row(
    'v1c',
    'single',
    [26_310, 142_120, 69],
    'naive',
    v1cWrong([31, 22, 22, 35]),
    {
      ...enoughSections,
      ...addedOnce,
    },
    { onRequest: inTheEndListed({ ...notUndone(17, 22), 'L-3': violated(23, 'given-up') }) },
  ),
  row(
    'v1c',
    'pair',
    [135_652, 559_426, 68],
    'naive',
    {
      ...v1cWrong([23, 20, 20, 25]),
      ...each(violated(12, 'W2a'), 'D-1', 'D-2'),
      'I-8': violated(13, 'W2a'),
    },
    { ...enoughSections, ...noRival },
    {
      onRequest: inTheEndListed({ ...notUndone(12, 20), ...deadlocked(13, 15), 'I-41': violated(12, 'W2a') }),
    },
  ),
  row(
    'v1c',
    'blocks',
    [39_846, 255_361, 69],
    'naive',
    { ...v1cWrong([31, 22, 22, 35]), ...halfBlock(6) },
    { ...enoughSections, ...addedOnce },
    {
      onRequest: inTheEndListed({
        ...notUndone(17, 22),
        'I-36': violated(14, 'W3j'),
        'L-3': violated(23, 'given-up'),
      }),
    },
  ),
];
