import { lends } from '../../models/scope.ts';
import { optionalFailures, type Property } from '../property.ts';

/** The part of I-38 that is about page allocation, judged as possibility. A signal counts as a way out where the wait is interruptible. */
export const borrowerReturns: Property = {
  id: 'D-4',
  title: 'who borrows returns',
  statement: 'From everywhere whoever asked for pages can get an answer.',
  at: 'possible',
  grounding: [{ tree: 'linux', path: 'drivers/xen/balloon.c', symbol: 'add_ballooned_pages' }],
  witness: ['lend.begin'],
  appliesTo: (_, scope) => lends(scope),
  watch: {
    kind: 'possible',
    goal: [{ sum: { 'pageUser.idle': 1 }, is: 'equal', to: 1 }],
    without: optionalFailures,
  },
};
