/**
 * Which labels of a chart the kernel itself can see as they happen, and by what: the alphabet of a monitor inside the kernel.
 * A label that is not listed leaves no event of its own (`sleep`, an extent of a hypercall, the drop of a lock).
 * Source: the functions named, Linux 6.1 drivers/xen/balloon.c, mm/memory_hotplug.c, drivers/base/memory.c.
 */

export interface MonitorEvent {
  /** A C identifier. */
  readonly event: string;
  /** Label families it stands for; `verb.*` is a whole verb. */
  readonly families: readonly string[];
  /** Event of the probe table. */
  readonly probe: string;
  /** What must hold of the probe's arguments and context, in C. */
  readonly condition: string;
}

export interface MonitorKind {
  readonly name: string;
  readonly summary: string;
  /** Kind of the chart it is projected from. */
  readonly chart: 'balloon' | 'block';
  /** A condition of every event. */
  readonly scope: string;
  readonly events: readonly MonitorEvent[];
}

const event = (name: string, families: string, probe: string, condition: string): MonitorEvent => ({
  event: name,
  families: families.split(' '),
  probe,
  condition,
});

export const MONITORS: readonly MonitorKind[] = [
  {
    name: 'xen_balloon',
    summary: 'the balloon thread: what it may begin, and what may come of it',
    chart: 'balloon',
    scope: 'current is the xen-balloon thread',
    events: [
      event('refill', 'refill.*', 'memop_inc', 'true'),
      event('populate_done', 'populate.full populate.short fill.full fill.short', 'memop_inc_ret', 'ret > 0'),
      event('populate_refused', 'populate.refused fill.refused', 'memop_inc_ret', 'ret <= 0'),
      event('shrink', 'shrink.*', 'dec', 'true'),
      event('shrink_end', 'decrease.done decrease.nomem', 'dec_ret', 'true'),
      event('hotplug', 'hotplug.*', 'additional', 'true'),
      event(
        'reserved',
        'reserve.ok find.ok place.ok',
        'alloc_res_ret',
        'ret == 0, inside reserve_additional_memory',
      ),
      event('add_begin', 'add.begin', 'add_mem_res', 'true'),
      event('added', 'add.ok', 'create_blocks_ret', 'ret == 0'),
      event('add_failed', 'add.eexist add.enomem add.einval', 'add_mem_res_ret', 'ret < 0'),
      event('hotplug_wait', 'need.none count.done', 'additional_ret', 'ret == BP_WAIT'),
      event('hotplug_failed', 'reserve.nogap p2m.enomem release', 'additional_ret', 'ret == BP_ECANCELED'),
    ],
  },
  {
    name: 'memory_block',
    summary: 'one memory block: when it may go online and offline, and when its pages may be handed out',
    chart: 'block',
    scope: 'the range covers the block that is watched',
    events: [
      event('created', 'add.ok', 'create_blocks_ret', 'ret == 0'),
      event('going_online', 'online.begin autoonline.begin', 'notify', 'action == MEM_GOING_ONLINE'),
      event('page', 'online.page autoonline.page online.kept autoonline.kept', 'xen_online_page', 'true'),
      event('online', 'online.done autoonline.done', 'notify', 'action == MEM_ONLINE'),
      event('online_cancelled', 'online.veto autoonline.veto', 'notify', 'action == MEM_CANCEL_ONLINE'),
      event('isolate_refused', 'offline.ebusy', 'isolate_ret', 'ret < 0'),
      event('going_offline', 'offline.begin', 'notify', 'action == MEM_GOING_OFFLINE'),
      event('offline', 'offline.done', 'notify', 'action == MEM_OFFLINE'),
      event('offline_cancelled', 'offline.cancel', 'notify', 'action == MEM_CANCEL_OFFLINE'),
      event('removed', 'remove.ok', 'try_remove_ret', 'ret == 0'),
    ],
  },
];

/** The event that a family is seen as; undefined if it is not seen. */
export const eventOf = (kind: MonitorKind, family: string): string | undefined =>
  kind.events.find(({ families }) =>
    families.some((one) => (one.endsWith('.*') ? family.startsWith(one.slice(0, -1)) : one === family)),
  )?.event;
