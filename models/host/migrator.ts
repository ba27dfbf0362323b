/**
 * Migrator: live migration of a guest, as the saver sees it.
 *   resting ──migrate.begin──► copying ──migrate.round──► (the next round, a few at most)
 *                              copying ──migrate.moved──► resting    stopped for the last round, whole, and running elsewhere
 *                              copying ──migrate.abort──► resting    the P2M has grown: the guest goes on where it is
 * The saver maps the guest's list of frames (P2M) once, at the start. A leaf that a PV guest makes later is not in it, so what it
 * names would be left behind: since 4.3 the guest counts such changes (p2m_generation) and the saver, comparing, gives up. It
 * looks after each round, so a round that begins may still end in an abort. Pages that are ballooned are sent as holes.
 * `leaves` are the sections whose leaf exists; it is made once, when the run is reserved, or at the first populate where a driver
 * reserves nothing. The claim in iomem and the P2M writes after it are one step here.
 * Source: xen tools/libs/guest/xg_sr_save.c `send_memory_live`, xg_sr_save_x86_pv.c `x86_pv_check_vm_state`,
 * `x86_pv_start_of_stream`; linux arch/x86/xen/p2m.c `xen_alloc_p2m_entry`.
 */
import type { ModelChart } from '../../src/core/chart.ts';
import { type Label, payload } from '../../src/core/label.ts';
import type { Form } from '../form.ts';
import { secondCaller } from '../guest/second-caller.ts';
import { chart, each, type Handlers, role } from '../kit.ts';
import { fillsToTarget, type Protocol } from '../protocol.ts';
import type { Scope } from '../scope.ts';

interface Migrator {
  /** Sections with a leaf, ascending, with spaces between. */
  readonly leaves: string;
  /** Since the migration began a leaf was made. */
  readonly grown: number;
  readonly rounds: number;
}

/** Rounds after the first (the policy of libxl ends the live part after five). */
const ROUNDS_MAX = 2;

/** A guest is stopped where it stands; a driver that freezes parks first. */
export const STOPS: readonly string[] = ['suspend.ok', 'migrate.moved'];

/** Where the leaves of a run are made: with its claim, or with its first frame. */
const growsAt = (protocol: Protocol): readonly string[] =>
  protocol.claimFirst && !fillsToTarget(protocol)
    ? ['reserve.ok']
    : ['fill.ok', 'fill.over', 'populate.ok', 'populate.over'];

const sectionsOf = (label: Label): readonly number[] =>
  label.section === undefined
    ? Array.from({ length: payload(label, 'count') }, (_, n) => payload(label, 'first') + n)
    : [label.section].filter((section) => section >= 0);

export function migratorChart(protocol: Protocol, form: Form, scope: Scope): ModelChart {
  const grows = form.p2mOwner === 'guest' && protocol.p2mLeaves === 'asAdded' ? growsAt(protocol) : [];
  const withLeaves = (c: Migrator, l: Label): string => {
    const before = c.leaves === '' ? [] : c.leaves.split(' ').map(Number);
    return [...new Set([...before, ...sectionsOf(l)])].sort((a, b) => a - b).join(' ');
  };
  const fails = (c: Migrator) => c.grown === 1 && protocol.tellsP2mGrowth;
  const ended = { set: () => ({ grown: 0, rounds: 0 }), to: 'resting' };
  const states: Record<string, Handlers<Migrator>> = {
    resting: {
      ...each<Migrator>(grows, { set: (c, l) => ({ leaves: withLeaves(c, l) }) }),
      'migrate.begin': { to: 'copying' },
    },
    copying: {
      ...each<Migrator>(grows, {
        set: (c, l) => {
          const leaves = withLeaves(c, l);
          return leaves === c.leaves ? {} : { leaves, grown: 1 };
        },
      }),
      'migrate.round': {
        when: (c) => !fails(c) && c.rounds < ROUNDS_MAX,
        set: (c) => ({ rounds: c.rounds + 1 }),
      },
      'migrate.moved': { when: (c) => !fails(c), ...ended },
      'migrate.abort': { when: fails, ...ended },
    },
  };
  return chart<Migrator>({
    id: 'migrator',
    kind: 'migrator',
    actor: 'migrator',
    families: {
      ...role('initiates', 'migrate.begin', 'migrate.round', 'migrate.moved', 'migrate.abort'),
      ...role('observes', ...grows),
    },
    ...secondCaller(protocol, scope),
    context: { leaves: '', grown: 0, rounds: 0 },
    initial: 'resting',
    states,
    observe: (c, value) => ({ copying: value === 'copying' ? 1 : 0, grown: c.grown, rounds: c.rounds }),
    show: (c, value) =>
      value === 'resting' ? value : `round ${c.rounds}${c.grown === 1 ? ', the P2M has grown' : ''}`,
  });
}
