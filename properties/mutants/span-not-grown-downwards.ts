import { lifecycle } from '../../models/variants/lifecycle.ts';
import { mutant } from '../mutant.ts';

export const spanNotGrownDownwards = mutant({
  id: 'span-not-grown-downwards',
  base: lifecycle,
  summary: 'a zone does not grow in length where memory is added below it',
  change: { zoneSpan: 'endOnly' },
  reference: 'linux 25a6df95254, spanned_pages is not updated at a case of memory hot-add (2006)',
  caughtBy: 'Z-1',
  row: {
    scope: 'zones',
    counts: [27_423, 115_827, 52],
    kills: { 'Z-1': 24 },
  },
});
