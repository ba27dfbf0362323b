/**
 * What each field of a protocol may say, so that a patch can be named (`v3+callback=testP2m`) and every single change be tried.
 */
import { expectedFor } from '../src/core/near.ts';
import { fail, ok, type Problem, type Result } from '../src/core/result.ts';
import { changed, type Protocol } from './protocol.ts';

type Fields = Omit<Protocol, 'id' | 'summary'>;
export type Field = keyof Fields;
export type Value = Fields[Field];

const yesOrNo = [true, false] as const;

/** The driver: what a patch to it can change. */
export const driverChoices: { readonly [F in Field]?: readonly Fields[F][] } = {
  claimFirst: yesOrNo,
  addsAt: ['gap', 'end'],
  populateFirst: yesOrNo,
  roundsTo: ['section', 'block'],
  runMax: [1, Number.MAX_SAFE_INTEGER],
  fillsTo: ['run', 'target'],
  refusedFill: ['backsOff', 'stopsLocked'],
  forfeits: ['currentAndTarget', 'targetFollows'],
  shortFill: ['ignored', 'retried'],
  rollbackOnAddFailure: yesOrNo,
  addFailure: ['ECANCELED', 'EAGAIN'],
  noGap: ['ECANCELED', 'EAGAIN'],
  retries: ['limited', 'unlimited'],
  driverOnlines: yesOrNo,
  onlineInsideAdd: yesOrNo,
  mutexOver: ['step', 'run'],
  dropMutexOverAdd: yesOrNo,
  countTotal: yesOrNo,
  countCurrent: yesOrNo,
  expects: yesOrNo,
  settlesExpected: yesOrNo,
  decreaseCounts: [1, 2],
  decreaseLists: [1, 0],
  countsHigh: yesOrNo,
  listOrder: ['lowFirst', 'any'],
  shrinkUnit: [1, 2],
  cutShrink: ['EAGAIN', 'DONE'],
  pageUnit: [1, 2],
  shortPopulate: ['progress', 'hardLimit'],
  wakeTest: ['changed', 'notZero'],
  bootCurrent: ['frames', 'scratch', 'maxPfn', 'guestRam'],
  bootTarget: ['ordered', 'withHole', 'maximum'],
  clipsBootList: yesOrNo,
  typesBootPages: yesOrNo,
  clearsType: yesOrNo,
  readsTarget: ['asWritten', 'offByOne', 'otherUnit'],
  offsetFrom: ['firstLook', 'build'],
  runs: ['thread', 'work'],
  baseline: ['decision', 'sleep'],
  hearsOnline: yesOrNo,
  waitsFor: ['credit', 'target'],
  callback: ['allocator', 'balloon', 'testP2m'],
  countsKeptPage: yesOrNo,
  foreignPages: ['asOwn', 'dropped'],
  freezes: yesOrNo,
  invalidatesRun: yesOrNo,
  restoresIdentity: yesOrNo,
  overLive: ['overwrites', 'bugs'],
  comparesReach: ['nothing', 'start', 'end'],
  comparesP2mRoom: yesOrNo,
  p2mLeaves: ['asAdded', 'atBoot'],
  tellsP2mGrowth: yesOrNo,
  countsLent: yesOrNo,
  settlesFailedLend: yesOrNo,
  fixesUnderMutex: yesOrNo,
  unmapsFirst: yesOrNo,
  waitsInterruptibly: yesOrNo,
  removes: ['never', 'emptied', 'backed'],
  removesFor: ['wholeBlock', 'anyLess'],
  emptiesUnder: ['deviceHotplug', 'balloonMutex'],
  releasesRemoved: ['after', 'before', 'never'],
  countsRemoved: yesOrNo,
  retriesRemoval: yesOrNo,
};

/** Only where memory is populated on demand. */
const podChoices: { readonly [F in Field]?: readonly Fields[F][] } = {
  awaitsFirstShrink: yesOrNo,
  stealsForCache: yesOrNo,
  freesSurplus: yesOrNo,
  checksReclaim: yesOrNo,
};

/** What it runs on: no patch to the driver changes that. */
const platformChoices: { readonly [F in Field]?: readonly Fields[F][] } = {
  beyondRam: ['identity', 'invalid'],
  registersScratch: yesOrNo,
  releasesScratch: yesOrNo,
  tellsFailedFill: yesOrNo,
  p2mSizedFor: ['anybody', 'balloon'],
  addChecksReach: yesOrNo,
  rebuildsFrameList: yesOrNo,
  ordersLocked: yesOrNo,
  limitFor: ['target', 'less', 'wrapped'],
  setsLimit: yesOrNo,
  addLock: ['deviceHotplug', 'memHotplug'],
  writerTakes: ['hotplugFirst', 'deviceFirst'],
  undoesLimit: yesOrNo,
  stuckIs: ['clippedOnce', 'counted'],
  countsPromised: yesOrNo,
  forgetsStuck: yesOrNo,
  clearsStuck: yesOrNo,
  managerCatches: yesOrNo,
  keepsMinimum: yesOrNo,
  conflictFirst: yesOrNo,
  checksAlignment: yesOrNo,
  addReleases: yesOrNo,
  releasesEach: yesOrNo,
  bindsBootLimit: yesOrNo,
  marksBootGap: yesOrNo,
  refusedRange: ['forgotten', 'leftAlone', 'askedAgain'],
  hotplugs: yesOrNo,
  clampCountsLent: yesOrNo,
  keepsBootGap: yesOrNo,
  isolatesOnlining: yesOrNo,
  zoneSpan: ['both', 'endOnly'],
  nodeSkipsEmptyZones: yesOrNo,
  zoneLists: ['populated', 'managed'],
  limitBelowTot: yesOrNo,
  asksIomem: yesOrNo,
  checksCap: yesOrNo,
  claimsHonoured: yesOrNo,
  claimsSettledAtOnce: yesOrNo,
  refusesClaimOfDying: yesOrNo,
  claimSurvivesFailedAssign: yesOrNo,
  decreaseFrees: yesOrNo,
  checksMapping: yesOrNo,
  freesUnmapped: yesOrNo,
  decreaseUnmaps: yesOrNo,
  decreaseProgresses: yesOrNo,
  returnsToHeap: yesOrNo,
  waitsForReferences: yesOrNo,
  vetoRestoresState: yesOrNo,
};

/** Every field that a patch may change, and what it may say. */
export const choices: { readonly [F in Field]?: readonly Fields[F][] } = {
  ...driverChoices,
  ...podChoices,
  ...platformChoices,
};

/** Why no driver can be like this; undefined where one can. */
export function contradiction(p: Protocol): string | undefined {
  if (p.claimFirst && p.addsAt === 'end') return 'a driver that claims first adds where it has claimed';
  if (!p.claimFirst && p.addsAt === 'gap' && !p.populateFirst)
    return 'a gap is looked for to be populated; to add without a claim is to add at the end of RAM';
  if (p.invalidatesRun && p.fillsTo === 'target')
    return 'a run that is filled up to the target is never made invalid';
  if (p.invalidatesRun && !p.claimFirst) return 'entries are made invalid for a run that is claimed';
  if (p.restoresIdentity && p.beyondRam === 'invalid')
    return 'where entries above memory are invalid there is nothing to put back';
  if ((p.comparesReach !== 'nothing' || p.comparesP2mRoom) && (!p.claimFirst || p.fillsTo === 'target'))
    return 'how far a run reaches is compared when it is claimed, before it is filled';
  if (p.addsAt === 'end' && p.populateFirst)
    return 'at the end of RAM memory is added before it is populated';
  if (!p.hotplugs && (!p.claimFirst || p.populateFirst || p.runs === 'work'))
    return 'a build without hotplug is of the thread that reserves first and populates from its list';
  if (p.expects !== (p.addsAt === 'end')) return 'pages are expected where memory is added at the end of RAM';
  if (p.runs === 'thread' && (p.expects || p.mutexOver === 'run'))
    return 'the counters of 3.1, and a mutex over the whole run, belong to a work item';
  if (p.runs === 'thread' && !p.hearsOnline) return 'a thread is not queued by a block that goes online';
  if (p.fillsTo === 'run' && (p.refusedFill !== 'backsOff' || p.forfeits !== 'currentAndTarget'))
    return 'how a run that is filled up to the target fails is for a driver that fills so';
  if (p.fillsTo === 'target' && !(p.claimFirst && p.populateFirst && p.driverOnlines && !p.onlineInsideAdd))
    return 'to fill up to the target is to claim, populate, add and online step by step';
  if (
    p.fillsTo === 'target' &&
    (p.runs === 'thread' || p.mutexOver === 'step' || p.countTotal || p.countCurrent)
  )
    return 'to fill up to the target belongs to the work item of 2010, which counts what it fills';
  if (p.fillsTo === 'target' && (p.rollbackOnAddFailure || p.shortFill === 'retried'))
    return 'a run that is filled up to the target is never given back';
  if (p.mutexOver === 'run' && p.dropMutexOverAdd)
    return 'a mutex held over the whole run is not dropped in it';
  const removal = withoutRemoval(p);
  if (removal !== undefined) return removal;
  if (p.driverOnlines && p.onlineInsideAdd && p.runMax > 1 && p.rollbackOnAddFailure && p.populateFirst)
    return 'a veto takes back one section, not a run that is partly online';
  return undefined;
}

/** Why a driver cannot remove what it added like this. */
function withoutRemoval(p: Protocol): string | undefined {
  const usual =
    p.removesFor === 'wholeBlock' &&
    p.emptiesUnder === 'deviceHotplug' &&
    p.releasesRemoved === 'after' &&
    p.countsRemoved &&
    p.retriesRemoval;
  if (p.removes === 'never') return usual ? undefined : 'how a block is removed is for a driver that removes';
  if (p.removes === 'backed' && p.emptiesUnder !== 'deviceHotplug')
    return 'a block that is removed as it is is not emptied';
  const adds = p.claimFirst && p.populateFirst && p.fillsTo === 'run' && p.countTotal && p.countCurrent;
  const undoes = p.shortFill === 'retried' && p.driverOnlines && p.onlineInsideAdd && p.dropMutexOverAdd;
  return adds && undoes && p.runs === 'thread'
    ? undefined
    : 'to remove is to undo the order reserve, populate, add, online, which the thread does by itself';
}

/** Every protocol that differs from this one in one field of the driver. */
export function singleChanges(base: Protocol): { readonly field: Field; readonly value: Value }[] {
  return (Object.entries(driverChoices) as [Field, readonly Value[]][]).flatMap(([field, values]) =>
    values.filter((value) => value !== base[field]).map((value) => ({ field, value })),
  );
}

/** `v3+callback=testP2m`. */
export const patchName = (base: string, field: Field, value: Value): string =>
  `${base}+${field}=${valueText(value)}`;

export const valueText = (value: Value): string =>
  value === Number.MAX_SAFE_INTEGER ? 'any' : String(value);

/** Reads `variant+field=value+field=value`: all that is wrong with it at once. */
export function readPatch(text: string, bases: readonly Protocol[]): Result<Protocol> {
  const [baseId = '', ...changes] = text.split('+');
  const base = bases.find(({ id }) => id === baseId);
  const problems: Problem[] = [];
  if (base === undefined)
    problems.push({
      code: 'UNKNOWN_VARIANT',
      message: `there is no variant ${baseId}`,
      expected: expectedFor(
        baseId,
        bases.map(({ id }) => id),
        'one of ballast check --list',
      ),
    });
  const change: Partial<Record<Field, Value>> = {};
  for (const one of changes) {
    const [name = '', ...rest] = one.split('=');
    const given = rest.length === 0 ? undefined : rest.join('=');
    const values = choices[name as Field] as readonly Value[] | undefined;
    const value = values?.find((known) => valueText(known) === given);
    if (values === undefined)
      problems.push({
        code: 'UNKNOWN_FIELD',
        message: `a protocol has no field ${name}`,
        expected: expectedFor(name, Object.keys(choices), 'a field that ballast check --list names'),
      });
    else if (value === undefined)
      problems.push({
        code: 'UNKNOWN_VALUE',
        message: `${name} cannot be that`,
        expected: values.map(valueText).join(' or '),
        got: given ?? 'nothing',
      });
    else if (change[name as Field] !== undefined)
      problems.push({
        code: 'FIELD_TWICE',
        message: `${name} is changed twice`,
        expected: 'one value a field',
      });
    else if (base?.[name as Field] === value)
      problems.push({
        code: 'NO_CHANGE',
        message: `${one} changes nothing: ${baseId} is like that`,
        expected: values
          .filter((other) => other !== value)
          .map(valueText)
          .join(' or '),
      });
    else change[name as Field] = value;
  }
  if (base === undefined || problems.length > 0) return fail(...problems);
  const made = changed(
    base,
    text,
    `${base.summary}, with ${changes.join(' and ')}`,
    change as Partial<Protocol>,
  );
  const why = contradiction(made);
  return why === undefined ? ok(made) : fail({ code: 'CONTRADICTION', message: `${text}: ${why}` });
}
