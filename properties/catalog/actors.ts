/** Scopes that switch one further actor on: what each makes go wrong, in the variants that have the code for it. */
import { because, each, type SearchExpectation, vacuous, violated } from '../expectation.ts';
import {
  type CatalogRow,
  DECREASE,
  inTheEndAlone,
  inTheEndCounted,
  inTheEndOnline,
  listIsEmpty,
  row,
  SHRINK,
  sleptOn,
} from './row.ts';
import {
  LIVE,
  lentAdds,
  lost,
  neverOffline,
  noLiveFrame,
  noRival,
  ownBlocks,
  ownRunsEmpty,
  reonlined,
  reonlined31,
  retried,
} from './shared.ts';

const leaks = (length: number): SearchExpectation['verdicts'] => ({ 'I-19': violated(length, 'W2f') });

/** Pages are lent; nobody may add memory for it. */
const lent: readonly CatalogRow[] = [
  row(
    'v1c',
    'lent',
    [97_568, 365_205, 69],
    'naive',
    {
      ...reonlined31([29, 22, 22, 28]),
      ...lentAdds(10),
      ...retried(7),
    },
    noRival,
  ),
  row(
    'v2-4.4',
    'lent',
    [153_351, 587_180, 66],
    'naive',
    { ...reonlined([26, 20, 23, 27]), ...leaks(3), ...lentAdds(8) },
    {},
  ),
  row(
    'v3',
    'lent',
    [201_696, 793_106, 69],
    'naive',
    { ...reonlined([28, 22, 24, 28]), ...lost(9), ...lentAdds(6) },
    {},
  ),
  row(
    'v3-patched',
    'lent',
    [119_104, 458_728, 53],
    'naive',
    { ...lost(9), ...lentAdds(6) },
    because('the callback keeps pages that have a frame off the balloon list', ...LIVE),
  ),
  row(
    'lifecycle',
    'lent',
    [24_784, 93_812, 46],
    'naive',
    {},
    {
      ...because(listIsEmpty, ...LIVE),
      ...ownRunsEmpty,
    },
  ),
];

/** Who borrows adds memory too: the reserve step has two callers. */
const lentGrowing: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'lent-growing',
    [191_210, 651_783, 52],
    'naive',
    { ...leaks(4), ...lentAdds(9), ...each(violated(11, 'W2a'), 'I-8', 'D-1', 'D-2', 'D-4') },
    because(noLiveFrame, ...LIVE),
  ),
  row(
    'v2-4.11',
    'lent-growing',
    [374_310, 1_321_431, 55],
    'naive',
    { ...leaks(4), ...lentAdds(9), 'G-1': violated(9, 'W3a') },
    because(noLiveFrame, ...LIVE),
  ),
  row(
    'v3',
    'lent-growing',
    [493_972, 1_828_214, 58],
    'naive',
    { ...lost(10), ...lentAdds(7), 'G-1': violated(9, 'W3a') },
    because(noLiveFrame, ...LIVE),
  ),
];

const waitingVacuous = each(vacuous, 'I-5', 'I-10', 'I-14', 'I-18', 'I-28', 'D-2');
const waitingNever = {
  ...because(noLiveFrame, ...LIVE),
  ...because(
    'nothing comes online, so no target above boot memory is ever reached and none is undercut',
    ...DECREASE,
  ),
  ...because(
    'what comes back is never more than the target asks for, and Xen has it',
    'populate.short',
    'populate.refused',
  ),
  ...because('no page reaches the list while somebody waits for one', 'lend.resume'),
};

const lentWaiting: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'lent-waiting',
    [12_858, 33_068, 38],
    'naive',
    { ...waitingVacuous, ...leaks(4), ...lentAdds(9), 'D-4': violated(4, 'W2e') },
    {
      ...waitingNever,
      ...because(
        'nothing comes online, so nothing is given back',
        'shrink.done',
        'shrink.queued',
        'shrink.timer',
      ),
      ...because(
        'no failure here backs off: a populate gets what it asks for, a failed add gives the order up',
        'refill.timer',
        'hotplug.timer',
        'idle.timer',
        'work.delay',
      ),
    },
  ),
  row(
    'v3',
    'lent-waiting',
    [47_080, 149_800, 37],
    'naive',
    { ...waitingVacuous, ...lost(10), ...lentAdds(7), 'G-1': violated(9, 'W3a') },
    { ...waitingNever, ...because('nothing comes online, so nothing is given back', ...SHRINK) },
  ),
];

const residue: SearchExpectation['verdicts'] = {
  'I-35': violated(2, 'libxl-residue'),
  'T-2': violated(4, 'libxl-residue'),
};

/** The toolstack as libxl is. */
const libxl: readonly CatalogRow[] = [
  row('v3', 'libxl', [275_652, 1_513_694, 47], 'naive', { ...residue, ...lost(9) }, neverOffline),
  row('lifecycle', 'libxl', [137_904, 546_634, 49], 'naive', {}, ownBlocks),
];

/** Another domain with a claim. */
const claims: readonly CatalogRow[] = [
  row(
    'v3',
    'claims',
    [16_128, 79_192, 38],
    'naive',
    { ...lost(11), 'H-1': violated(2, 'claim-eaten-accepted') },
    neverOffline,
    { onRequest: inTheEndOnline(sleptOn(11, 24)) },
  ),
  row('lifecycle', 'claims', [6_432, 24_872, 40], 'naive', {}, ownBlocks, { onRequest: inTheEndAlone }),
];

/** A guest that is saved and restored. */
const suspend: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'suspend',
    [4_210, 20_880, 38],
    'naive',
    { 'I-26': violated(15, 'suspended-in-call') },
    neverOffline,
    { onRequest: inTheEndOnline({ 'L-3': violated(21, 'given-up') }) },
  ),
  row('v3', 'suspend', [4_020, 17_644, 36], 'naive', lost(11), neverOffline, {
    onRequest: inTheEndOnline(sleptOn(11, 24)),
  }),
  row('lifecycle', 'suspend', [1_444, 4_814, 37], 'naive', {}, ownBlocks, { onRequest: inTheEndAlone }),
];

/** The zone that hot-added memory makes: nothing more to count than in `pair`. */
const zones: readonly CatalogRow[] = [
  row('v3', 'zones', [177_543, 746_091, 66], 'naive', { ...reonlined([22, 20, 21, 24]), ...lost(7) }, {}),
  row(
    'lifecycle',
    'zones',
    [24_408, 100_059, 52],
    'naive',
    {},
    {
      ...ownRunsEmpty,
      ...because('a section of one page is filled or refused', 'fill.short'),
    },
    { onRequest: inTheEndCounted() },
  ),
];

export const actorRows: readonly CatalogRow[] = [
  ...[...lent, ...lentGrowing, ...lentWaiting],
  ...[...libxl, ...claims, ...suspend, ...zones],
];
