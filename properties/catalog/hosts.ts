/** Scopes in which something happens to the guest from its host: it is moved. */
import { because, each, type SearchExpectation, violated } from '../expectation.ts';
import { type CatalogRow, inTheEndAlone, inTheEndOnline, row, sleptOn } from './row.ts';
import { lost, neverOffline, ownBlocks } from './shared.ts';

const aborted = (length: number): SearchExpectation['verdicts'] => ({
  'I-44': violated(length, 'migration-aborted'),
});
const growthIsTold = because('the saver sees nothing to give up for', 'migrate.abort');

/** A guest that is moved to another host while it runs. */
const migration: readonly CatalogRow[] = [
  row(
    'v1c',
    'migration',
    [11_482, 49_243, 42],
    'naive',
    {
      'I-26': violated(17, 'suspended-in-call'),
      'I-44': violated(16, 'left-behind'),
      'M-1': violated(17, 'left-behind'),
      'P-2': violated(7, 'W1-retry'),
    },
    {
      ...growthIsTold,
      ...because(
        'nobody takes a block offline in this scope, so every page on the list is empty',
        'populate.over',
      ),
      ...because('nobody else takes address space in this scope', 'add.eexist', 'place.none'),
      ...because('one section: once it is added nothing more is missing', 'hotplug.done'),
    },
    { onRequest: inTheEndOnline() },
  ),
  row(
    'v2-4.4',
    'migration',
    [12_372, 51_198, 41],
    'naive',
    { ...aborted(5), 'I-26': violated(16, 'suspended-in-call') },
    neverOffline,
    { onRequest: inTheEndOnline() },
  ),
  row(
    'v3',
    'migration',
    [11_912, 46_160, 37],
    'naive',
    { ...aborted(5), 'D-3': violated(11, 'lost-target') },
    neverOffline,
    { onRequest: inTheEndOnline(sleptOn(11, 24)) },
  ),
  row(
    'lifecycle',
    'migration',
    [3_040, 9_400, 39],
    'naive',
    {},
    { ...ownBlocks, ...growthIsTold },
    { onRequest: inTheEndAlone },
  ),
];

const onePage = because('one page a call: what is not granted is refused', 'populate.short');

/** A daemon that moves targets (squeezed). Who reaches a target late, or never, is what it goes wrong by. */
const managed: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'squeezed',
    [4_155, 10_975, 65],
    'naive',
    {},
    {
      ...neverOffline,
      ...onePage,
      ...because('one section: once it is added nothing more is missing', 'hotplug.done', 'hotplug.timer'),
      ...because('the next target is always one that needs the section', 'need.none'),
    },
    {
      onRequest: {
        'L-3': violated(23, 'given-up'),
        'B-5': violated(5, 'stuck-pingpong'),
        'B-6': violated(18, 'clip-outlives'),
      },
    },
  ),
  row(
    'v3',
    'squeezed',
    [8_414, 26_210, 67],
    'naive',
    lost(41),
    {
      ...neverOffline,
      ...onePage,
      ...because('no target changes while a failed add waits for its timer', 'hotplug.changed'),
    },
    {
      onRequest: {
        'L-3': violated(26, 'given-up'),
        'B-5': violated(6, 'stuck-pingpong'),
        'B-6': violated(19, 'clip-outlives'),
      },
    },
  ),
  row(
    'v2-4.4',
    'building',
    [67_533, 298_247, 74],
    'naive',
    { 'B-1': violated(23, 'clip-lasts-a-look') },
    {
      ...neverOffline,
      ...onePage,
      ...because('one section: once it is added nothing more is missing', 'hotplug.done', 'hotplug.timer'),
    },
    {
      onRequest: {
        'L-3': violated(22, 'given-up'),
        ...each(violated(21, 'stuck-pingpong'), 'B-4', 'B-5'),
        'B-6': violated(9, 'clip-outlives'),
      },
    },
  ),
  row(
    'v3',
    'building',
    [60_574, 268_439, 59],
    'naive',
    { 'B-1': violated(24, 'clip-lasts-a-look'), ...lost(21) },
    { ...neverOffline, ...onePage },
    {
      onRequest: {
        'L-3': violated(25, 'given-up'),
        ...each(violated(23, 'stuck-pingpong'), 'B-4', 'B-5'),
        'B-6': violated(10, 'clip-outlives'),
      },
    },
  ),
  row(
    'lifecycle',
    'building',
    [10_194, 34_907, 82],
    'naive',
    {},
    {
      ...ownBlocks,
      ...onePage,
      ...because('what is reserved stays free', 'build.short'),
      ...because('nobody\u2019s limit is clipped', 'neighbour.lift'),
      ...because(
        'what may be taken counts as taken, so a run of one page is filled',
        'fill.short',
        'fill.refused',
        'fill.retry',
      ),
      ...because('the next target is always one that needs the section', 'need.none'),
    },
    { onRequest: each({ kind: 'holds' }, 'B-4', 'B-5', 'B-6') },
  ),
];

const rests = each({ kind: 'holds' }, 'B-5', 'B-6');
const answers = each({ kind: 'holds' }, 'B-4', 'B-5', 'B-6');
const twoDomains = {
  ...because('here the guest never gets in the turn in which the neighbour gives', 'stuck.neighbour'),
  ...because('a domain that has one page to give has given all or nothing', 'manage.look'),
};
const keptFree = because('what is promised to a domain is not given to somebody new', 'build.short');
const leftOut: SearchExpectation['verdicts'] = { 'B-3': violated(13, 'blamed-at-once') };

/**
 * Another daemon, which goes by what each domain says it needs (qmemman). SPIN counted these rows, and those beside others, too: two
 * charts are too large alone, so it had of them what the search met, and needed no more.
 */
const byNeed: readonly CatalogRow[] = [
  row(
    'v2-4.4',
    'qmemman',
    [29_315, 111_255, 79],
    'naive',
    {},
    {
      ...neverOffline,
      ...onePage,
      ...twoDomains,
      ...because('one section: once it is added nothing more is missing', 'hotplug.done', 'hotplug.timer'),
    },
    { onRequest: { 'L-3': { kind: 'holds' }, ...rests } },
  ),
  row(
    'v3',
    'qmemman',
    [39_983, 156_464, 57],
    'naive',
    lost(12),
    { ...neverOffline, ...onePage, ...twoDomains },
    { onRequest: { 'L-3': violated(34, 'given-up'), ...rests } },
  ),
  row(
    'lifecycle',
    'qmemman',
    [12_433, 39_896, 65],
    'naive',
    {},
    { ...ownBlocks, ...onePage, ...twoDomains },
    { onRequest: rests },
  ),
  row(
    'v2-4.4',
    'qmemman-building',
    [63_594, 302_629, 66],
    'naive',
    leftOut,
    {
      ...neverOffline,
      ...onePage,
      ...keptFree,
      ...because('one section: once it is added nothing more is missing', 'hotplug.done', 'hotplug.timer'),
    },
    { onRequest: { 'L-3': { kind: 'holds' }, ...answers } },
  ),
  row(
    'v3',
    'qmemman-building',
    [58_059, 272_080, 58],
    'naive',
    { ...leftOut, ...lost(19) },
    { ...neverOffline, ...onePage, ...keptFree },
    { onRequest: { 'L-3': violated(31, 'given-up'), ...answers } },
  ),
  row(
    'lifecycle',
    'qmemman-building',
    [42_207, 170_805, 60],
    'naive',
    {},
    {
      ...ownBlocks,
      ...onePage,
      ...keptFree,
      ...because('a run of one page is filled whole or not at all', 'fill.short'),
    },
    { onRequest: answers },
  ),
];

/** The same, where somebody else takes what was promised to a domain. */
const besideOthers: readonly CatalogRow[] = [
  row(
    'v3',
    'qmemman-beside',
    [751_917, 3_701_746, 93],
    'naive',
    { 'B-2': violated(9, 'less-than-nothing'), ...lost(20) },
    { ...neverOffline, ...onePage },
    { deep: true, onRequest: { 'L-3': violated(22, 'given-up'), ...rests } },
  ),
  row(
    'lifecycle',
    'qmemman-beside',
    [27_040, 103_675, 67],
    'naive',
    {},
    {
      ...ownBlocks,
      ...onePage,
      ...because('a run of one page is filled whole or not at all', 'fill.short'),
      ...because('one failure gives the order up', 'refill.timer', 'shrink.timer', 'fill.retry'),
    },
    { onRequest: rests },
  ),
];

/** Pages given back while a backend still maps them. */
const references: readonly CatalogRow[] = [
  row('v2-4.4', 'references', [3_668, 12_802, 47], 'naive', {}, neverOffline, {
    onRequest: inTheEndOnline({ 'L-3': violated(27, 'given-up') }),
  }),
  row('v3', 'references', [3_360, 11_588, 44], 'naive', lost(11), neverOffline, {
    onRequest: inTheEndOnline(sleptOn(11, 24)),
  }),
  row('lifecycle', 'references', [1_064, 2_742, 36], 'naive', {}, ownBlocks, { onRequest: inTheEndAlone }),
];

/** Two who borrow pages: the count that one mends is the count that the other keeps. */
const borrowers: readonly CatalogRow[] = [
  row(
    'v3',
    'borrowers',
    [55_888, 214_116, 46],
    'naive',
    {
      'C-1': violated(6, 'lent-adds'),
      'I-18': violated(6, 'W3h'),
      'I-19': violated(5, 'W3h'),
      ...lost(9),
    },
    {
      ...neverOffline,
      ...onePage,
      ...because(
        'no page that has a frame comes onto the list here, so none is lent with one',
        'lend.live',
        'lend.freelive',
        'lend.mapover',
      ),
    },
  ),
];

export const hostRows: readonly CatalogRow[] = [
  ...borrowers,
  ...references,
  ...migration,
  ...managed,
  ...byNeed,
  ...besideOthers,
];
