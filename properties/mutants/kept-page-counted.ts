import { v3Patched } from '../../models/variants/v3-patched.ts';
import { bounded, each, found } from '../expectation.ts';
import { mutant } from '../mutant.ts';

/** Each time a block comes online again the list seems longer: no scope bounds the counter, so what holds is `bounded` in every one. */
export const keptPageCounted = mutant({
  id: 'kept-page-counted',
  base: v3Patched,
  summary: 'a page kept by the allocator is counted as ballooned',
  change: { countsKeptPage: true },
  reference: 'planted: one label for two outcomes of the callback',
  caughtBy: 'I-14',
  row: {
    scope: 'single',
    counts: [123_876, 687_798, 79],
    kills: { 'I-14': 22, 'I-16': 24 },
    others: {
      ...found('lost-target', { 'D-3': 7 }),
      ...each(
        bounded,
        'I-2',
        'I-5',
        'I-7',
        'I-8',
        'I-9',
        'I-10',
        'I-12',
        'I-18',
        'I-20',
        'I-21',
        'I-22',
        'I-24',
        'I-27',
        'I-28',
        'I-32',
        'I-39',
        'D-1',
        'D-2',
        'C-1',
        'C-2',
        'P-1',
        'P-2',
        'P-3',
        'R-1',
        'S-1',
        'S-2',
        'T-1',
      ),
    },
  },
});
