/** What rows of several files expect: known violations by their lengths, and reasons why labels are never taken. */
import { because, each, found, type SearchExpectation, vacuous } from '../expectation.ts';
import { listIsEmpty } from './row.ts';

type Verdicts = SearchExpectation['verdicts'];

/** A populated block offline and online again: lengths of I-9, I-10, I-16 and I-27. */
export const reonlined = ([i9, i10, i16, i27]: readonly [number, number, number, number]): Verdicts =>
  found('W3d', { 'I-9': i9, 'I-10': i10, 'I-16': i16, 'I-27': i27 });
/** The same with the books of 3.1: I-9, I-10, the wrap of I-18, and I-27. */
export const reonlined31 = ([i9, i10, i18, i27]: readonly [number, number, number, number]): Verdicts => ({
  ...found('W3d', { 'I-9': i9, 'I-10': i10, 'I-27': i27 }),
  ...found('W1d', { 'I-18': i18 }),
});
export const lost = (length: number): Verdicts => found('lost-target', { 'D-3': length });
export const retried = (length: number): Verdicts => found('W1-retry', { 'P-2': length });
/** Borrowing a page adds memory all the same. */
export const lentAdds = (length: number): Verdicts => found('lent-adds', { 'C-1': length });
/** A run that was given up is where no device can be mapped any more. */
export const identityLost = (length: number): Verdicts => found('identity-lost', { 'E-4': length });
/** A guest filled on demand: the limit of a failed order stays, and where nobody waits more is touched than there is. */
export const setResidue: Verdicts = found('set-residue', { 'T-1': 5 });
export const dry: Verdicts = { ...setResidue, ...found('pod-not-awaited', { 'O-1': 3 }) };

/** No section is ever added: what speaks of runs, blocks and the balloon list has nothing to speak of. */
export const nothingAdded = each(
  vacuous,
  ...['I-5', 'I-7', 'I-8', 'I-10', 'I-12', 'I-14', 'I-16', 'I-18', 'I-28', 'I-32'],
  ...['D-2', 'P-2', 'S-1'],
);
/** Nor is anything populated. */
export const nothingPopulated = {
  ...nothingAdded,
  ...each(vacuous, 'I-3', 'I-9', 'I-20', 'I-21', 'I-22', 'I-24', 'I-27', 'P-3'),
};
/** No address space is ever asked for, and so none is added: what is populated was there at boot. */
export const nothingReserved = each(
  vacuous,
  ...['I-2', 'I-5', 'I-7', 'I-8', 'I-12', 'I-16', 'I-28', 'I-32'],
  ...['D-1', 'D-2', 'C-1', 'P-2', 'S-1', 'S-2'],
);

export const noLiveFrame = 'no page that has a frame comes onto the list here, so none is lent with one';
export const LIVE = ['populate.over', 'lend.live', 'lend.freelive', 'lend.mapover'];
export const emptyList = because(listIsEmpty, 'populate.over');
/** Of `lifecycle`: no frame is anywhere that its own runs would meet. */
export const ownRunsEmpty = {
  ...emptyList,
  ...because(
    'a run is reserved empty, and what a failed run was given goes back before release',
    'fill.over',
  ),
};
const onlinesItself = because(
  'the driver onlines its blocks itself, and nobody takes one offline here',
  ...['begin', 'page', 'done', 'veto'].map((outcome) => `online.${outcome}`),
);
export const neverOffline = because(
  'nobody takes a block offline here, so no page comes onto the list with a frame',
  'populate.over',
);
export const keepsBacked = because(
  'the callback keeps pages that have a frame off the balloon list',
  'populate.over',
);
export const noRival = because('nobody else takes address space in this scope', 'add.eexist');
export const onePage = because(
  'the list never holds more than one page, so a call grants all or nothing',
  'populate.short',
);
export const enoughSections = because(
  'no target asks for more than the sections of the scope can hold',
  'place.none',
);
export const addedOnce = because(
  'one section or block: once it is added nothing more is missing',
  'hotplug.done',
);
export const neverDry = because(
  'user space waits for the first shrink, after which no frame is owed',
  'touch.sweep',
  'touch.crash',
);
/** Of `lifecycle`, where nobody takes a block offline. */
export const ownBlocks = { ...ownRunsEmpty, ...onlinesItself };
