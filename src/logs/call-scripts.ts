/**
 * In which order a function makes its traced calls, and what it may then return.
 * A script is a small automaton: a step is an inner call, named `probe`, `probe.ok`, `probe.bad`, or `notify:action`
 * with the same endings; `ends` says which values may be returned there. Functions without a script make no calls that
 * matter. Optional probes (per page, or kernel-wide) are never part of a script.
 * Source: Linux 6.1, the functions of the probe table; error paths from the source, the rest also seen in logs.
 */
import { type Call, type Clash, isErrno, isSuccess } from './calls.ts';

/** `same`: what the last inner call returned; `errno`: strictly negative; `any`: whatever the function may return. */
type Ends = readonly number[] | 'any' | 'errno' | 'same' | 'veto';

interface Position {
  readonly next?: Readonly<Record<string, string>>;
  readonly ends?: Ends;
}
type Script = Readonly<Record<string, Position>> & { readonly start: Position };

const WAIT = 1;
const ECANCELED = 3;

const SCRIPTS: Readonly<Record<string, Script>> = {
  additional: {
    start: { next: { 'alloc_res.ok': 'claimed', 'alloc_res.bad': 'refused' }, ends: [WAIT, ECANCELED] },
    // The P2M loop runs here; its failure releases at once.
    claimed: { next: { 'add_mem_res.ok': 'added', 'add_mem_res.bad': 'failed', rel_res: 'refused' } },
    failed: { next: { rel_res: 'refused' } },
    added: { ends: [WAIT] },
    refused: { ends: [ECANCELED] },
  },
  dec: {
    start: { next: { memop_dec: 'done' } },
    done: { ends: 'any' },
  },
  alloc_ballooned: {
    start: { next: { additional: 'start', dec: 'start', free_ballooned: 'undone' }, ends: [0] },
    undone: { ends: 'errno' },
  },
  alloc_unpop: {
    start: {
      next: { 'alloc_res.ok': 'claimed', 'alloc_res.bad': 'failed', alloc_ballooned: 'passed' },
      ends: 'any',
    },
    claimed: {
      next: { 'memremap_pages.ok': 'mapped', 'memremap_pages.bad': 'unmapped', rel_res: 'failed' },
    },
    unmapped: { next: { rel_res: 'failed' } },
    mapped: { ends: 'any' },
    failed: { next: { rel_res: 'failed' }, ends: 'errno' },
    passed: { ends: 'same' },
  },
  free_unpop: {
    start: { next: { free_ballooned: 'passed' }, ends: 'any' },
    passed: { ends: 'any' },
  },
  memremap_pages: {
    start: {
      next: {
        'arch_add.ok': 'added',
        'add_pages.ok': 'added',
        'arch_add.bad': 'failed',
        'add_pages.bad': 'failed',
      },
      ends: 'errno',
    },
    added: { next: { move_zone: 'mapped' } },
    // Once per range of the page map.
    mapped: {
      next: {
        'arch_add.ok': 'added',
        'add_pages.ok': 'added',
        'arch_add.bad': 'failed',
        'add_pages.bad': 'failed',
      },
      ends: 'any',
    },
    failed: { next: { zone_off: 'failed' }, ends: 'errno' },
  },
  add_mem_res: {
    start: { next: { 'arch_add.ok': 'added', 'arch_add.bad': 'failed' }, ends: 'errno' },
    added: { next: { 'create_blocks.ok': 'created', 'create_blocks.bad': 'failed' } },
    created: { next: { 'subsys_online.ok': 'created', 'subsys_online.bad': 'stopped' }, ends: [0] },
    // An automatic online that fails stops the walk, and nobody hears of it.
    stopped: { ends: [0] },
    failed: { ends: 'same' },
  },
  arch_add: {
    start: { next: { add_pages: 'added' }, ends: 'errno' },
    added: { ends: 'same' },
  },
  subsys_online: {
    start: { next: { online: 'tried' }, ends: 'any' },
    tried: { ends: 'same' },
  },
  subsys_offline: {
    start: { next: { offline: 'tried' }, ends: 'any' },
    tried: { ends: 'same' },
  },
  online: {
    start: { next: { move_zone: 'moved' }, ends: 'errno' },
    moved: { next: { 'notify:8.ok': 'going', 'notify:8.bad': 'refused' } },
    going: { next: { xen_online_page: 'going', 'notify:1': 'online' } },
    online: { ends: [0] },
    refused: { next: { 'notify:16': 'cancelled' } },
    cancelled: { next: { zone_off: 'undone' } },
    undone: { ends: 'errno' },
  },
  offline: {
    start: { next: { 'isolate.ok': 'isolated', 'isolate.bad': 'failed' }, ends: 'errno' },
    isolated: { next: { 'notify:2.ok': 'going', 'notify:2.bad': 'refused' } },
    going: { next: { 'notify:4': 'offline', 'notify:32': 'undone' } },
    offline: { next: { zone_off: 'done' } },
    done: { ends: [0] },
    refused: { next: { 'notify:32': 'undone' } },
    undone: { ends: 'errno' },
    failed: { ends: 'same' },
  },
  notify: {
    // A notifier before Xen's may end the chain; then Xen's is not called.
    start: { next: { xen_notifier: 'told' }, ends: 'veto' },
    told: { ends: 'any' },
  },
  remove: {
    start: { next: { try_remove: 'tried' } },
    tried: { ends: 'any' },
  },
};

const NO_CALLS: Script = { start: { ends: 'any' } };
const scriptOf = (call: Call): Script => SCRIPTS[call.traced.probe] ?? NO_CALLS;

/** Which probes were set; a step whose probe was not is taken unseen. */
export type IsTraced = (probe: string) => boolean;

/** Whether `inner` may be called now. */
export function checkStep(call: Call, inner: Call, isTraced: IsTraced): Clash | undefined {
  const wanted = stepName(inner);
  const open = positionsFrom(call, isTraced);
  if (open.some((place) => Object.keys(place.next ?? {}).some((step) => bare(step) === wanted)))
    return undefined;
  return {
    code: 'NEST_ORDER',
    message: `${call.traced.traces} does not call ${inner.traced.traces} at this point`,
    expected: wish(open),
    got: wanted,
  };
}

/** Moves the script past `inner`, which has just returned (or has no return). */
export function takeStep(call: Call, inner: Call, isTraced: IsTraced): Clash | undefined {
  const name = stepName(inner);
  const outcome = inner.ret === undefined || isSuccess(inner, inner.ret) ? 'ok' : 'bad';
  const open = positionsFrom(call, isTraced);
  for (const { next } of open) {
    const state = next?.[`${name}.${outcome}`] ?? next?.[name];
    if (state === undefined) continue;
    call.state = state;
    return undefined;
  }
  const message = `${call.traced.traces} does not expect this of ${inner.traced.traces}`;
  return { code: 'NEST_ORDER', message, expected: wish(open), got: `${name}.${outcome}` };
}

/** Whether the function may return `ret` now. */
export function checkEnd(call: Call, ret: number, isTraced: IsTraced): Clash | undefined {
  const open = positionsFrom(call, isTraced);
  const isUnseen = open.length > 1;
  if (open.some(({ ends }) => endsWith(call, ret, ends, isUnseen))) return undefined;
  const isOver = open.some(({ ends }) => ends !== undefined);
  return {
    code: isOver ? 'NEST_VALUE' : 'NEST_ORDER',
    message: `${call.traced.traces} does not return ${isOver ? 'this after what it called' : 'at this point'}`,
    expected: wish(open),
    got: `return ${ret}`,
  };
}

function endsWith(call: Call, ret: number, ends: Ends | undefined, isUnseen: boolean): boolean {
  switch (ends) {
    case undefined:
      return false;
    case 'any':
      return true;
    case 'errno':
      return isErrno(ret);
    case 'veto':
      return !isSuccess(call, ret);
    case 'same':
      return isUnseen || call.inner.at(-1)?.ret === ret;
    default:
      return ends.includes(ret);
  }
}

/** The place the script is at, and those behind steps that nobody traced. */
function positionsFrom(call: Call, isTraced: IsTraced): readonly Position[] {
  const script = scriptOf(call);
  const found = new Set([call.state]);
  for (const state of found) {
    for (const [step, next] of Object.entries(script[state]?.next ?? {})) {
      if (!isTraced(bare(step).replace(/:.*$/, ''))) found.add(next);
    }
  }
  return [...found].map((state) => script[state] ?? script.start);
}

const bare = (step: string): string => step.replace(/\.(ok|bad)$/, '');

const stepName = (call: Call): string =>
  call.traced.probe === 'notify' ? `notify:${call.entry.fields['action'] ?? '?'}` : call.traced.probe;

/** What could come next, for a message. */
const wish = (positions: readonly Position[]): string =>
  positions
    .flatMap(({ next, ends }) => [
      ...new Set(Object.keys(next ?? {}).map(bare)),
      ...(ends === undefined ? [] : [`return ${typeof ends === 'string' ? ends : ends.join(' or ')}`]),
    ])
    .join(', ');
