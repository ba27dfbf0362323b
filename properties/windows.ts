/**
 * The windows of the domain reference (its section 4): what each variant leaves open between two of its steps, and where the model
 * shows it. A window is shown by a row of the catalog that is violated, by a state that a search reaches, or by a label that is
 * taken; or it says why it is not shown.
 */
import type { Condition } from '../src/compose/observation.ts';

export type Shown =
  /** This property is violated there, as the catalog says. */
  | { readonly by: 'row'; readonly variant: string; readonly scope: string; readonly property: string }
  /** A state in which all this holds is reached, in so many labels at least. */
  | {
      readonly by: 'state';
      readonly variant: string;
      readonly scope: string;
      readonly all: readonly Condition[];
      readonly length: number;
    }
  /** A label of this family is taken. */
  | { readonly by: 'label'; readonly variant: string; readonly scope: string; readonly family: string }
  | { readonly by: 'nothing'; readonly why: string };

export interface Window {
  readonly id: string;
  readonly what: string;
  readonly shown: Shown;
}

const is = (to: number, ...terms: readonly string[]): Condition => ({ sum: sumOf(terms), is: 'equal', to });
const above = (to: number, ...terms: readonly string[]): Condition => ({
  sum: sumOf(terms),
  is: 'above',
  to,
});
/** `-books.current` is subtracted. */
const sumOf = (terms: readonly string[]): Condition['sum'] =>
  Object.fromEntries(terms.map((term) => (term.startsWith('-') ? [term.slice(1), -1] : [term, 1])));

/** bp_state. */
const WAIT = 1;
const AGAIN = 2;

const row = (variant: string, scope: string, property: string): Shown => ({
  by: 'row',
  variant,
  scope,
  property,
});
const state = (variant: string, scope: string, length: number, ...all: readonly Condition[]): Shown => ({
  by: 'state',
  variant,
  scope,
  all,
  length,
});
const nothing = (why: string): Shown => ({ by: 'nothing', why });

export const windows: readonly Window[] = [
  { id: 'W0a', what: 'a gap is found and claimed only by add', shown: row('v0', 'full', 'I-2') },
  { id: 'W0b', what: 'populated and not yet claimed', shown: row('v0', 'full', 'I-3') },
  { id: 'W0c', what: 'populated in part, then added', shown: row('v0', 'full', 'I-5') },
  {
    id: 'W0d',
    what: 'somebody else onlines the block between add and online: the driver is refused, and nothing is handed over twice',
    shown: { by: 'label', variant: 'v0', scope: 'single', family: 'autoonline.einval' },
  },
  { id: 'W1a', what: 'a raise after the claim populates beyond it', shown: row('v1a', 'pair', 'I-3') },
  { id: 'W1b', what: 'a refused populate returns with a lock held', shown: row('v1b', 'single', 'D-1') },
  { id: 'W1c', what: 'two locks in two orders (3.1)', shown: row('v1c', 'full', 'D-1') },
  { id: 'W1d', what: 'a counter of pages to come wraps', shown: row('v1c', 'full', 'I-18') },
  { id: 'W2a', what: 'two locks in two orders (4.4)', shown: row('v2-4.4', 'full', 'D-1') },
  {
    id: 'W2b',
    what: 'a block is online, its pages on the list, and total does not count them yet',
    shown: state(
      'v2-4.11',
      'auto',
      11,
      above(0, 'block.online'),
      above(0, 'books.current', 'books.low', 'section.offlineEmpty', '-need.total'),
    ),
  },
  {
    id: 'W2c',
    what: 'two callers of the reserve step read the same total',
    shown: row('v2-4.11', 'lent-growing', 'G-1'),
  },
  {
    id: 'W2d',
    what: 'add without device_hotplug',
    shown: row('v2-4.11', 'device-file', 'I-7'),
  },
  {
    id: 'W2e',
    what: 'an uninterruptible wait for blocks that stay offline',
    shown: row('v2-4.4', 'lent-waiting', 'D-4'),
  },
  { id: 'W2f', what: 'a failed page allocation is counted for ever', shown: row('v2-4.4', 'lent', 'I-19') },
  { id: 'W3a', what: 'two callers read a stale total', shown: row('v3', 'lent-growing', 'G-1') },
  {
    id: 'W3b',
    what: 'a target falls while add is under way; the section, no longer wanted, is there for good',
    shown: state(
      'v3',
      'single',
      9,
      is(1, 'balloon.busy'),
      above(0, 'block.offline'),
      above(-1, 'books.current', '-books.target'),
      above(0, 'books.current', 'books.low', 'section.offlineEmpty', '-need.total'),
    ),
  },
  {
    id: 'W3c',
    what: 'after a merge the pointer to the resource is stale',
    shown: nothing('nothing here is keyed by a pointer: an interval is its sections, in charts and in logs'),
  },
  { id: 'W3d', what: 'offline and online again of a populated block', shown: row('v3', 'full', 'I-9') },
  {
    id: 'W3e',
    what: 'pages arrive on the list while the order is given up, and nobody wakes',
    shown: state(
      'v3',
      'single',
      19,
      is(1, 'balloon.cancelled'),
      is(0, 'wake.changed'),
      above(0, 'section.ballooned'),
      above(0, 'books.target', '-books.current'),
    ),
  },
  {
    id: 'W3f',
    what: 'nobody onlines: the driver polls for ever, and total says that nothing is missing',
    shown: state(
      'v3',
      'nobody',
      10,
      is(1, 'balloon.asleep'),
      is(WAIT, 'balloon.st'),
      above(0, 'block.offline'),
      above(0, 'books.target', '-books.current'),
      above(-1, 'need.total', '-books.target'),
    ),
  },
  {
    id: 'W3g',
    what: 'the limit falls before the guest is told: what it still asks for is refused and counted as a failure',
    shown: state(
      'v3',
      'single',
      15,
      is(1, 'toolstack.pending'),
      is(AGAIN, 'balloon.st'),
      above(-1, 'hypervisor.tot', '-hypervisor.max'),
      above(0, 'section.ballooned'),
      above(0, 'books.target', '-books.current'),
    ),
  },
  {
    id: 'W3h',
    what: 'target_unpopulated is mended outside the mutex',
    shown: row('v3', 'borrowers', 'I-19'),
  },
  {
    id: 'W3i',
    what: 'without hotplug the driver overwrites a target that came meanwhile',
    shown: nothing(
      'no row of its own: `check --variant v3+hotplugs=false --scope lent` breaks I-39 so, and two mutants stand on that build',
    ),
  },
  { id: 'W3j', what: 'half a block is asked for', shown: row('v3', 'blocks', 'I-12') },
  {
    id: 'W3k',
    what: 'a device that iomem does not know of',
    shown: row('v3', 'hidden-device', 'I-2'),
  },
];
