/**
 * What the platform of an earlier day does to the driver's steps (balloon.ts).
 *   decrease.restart   an event that waits stops a decrease before it has done anything; begun again it is stopped again, for ever
 *   add.e2big          what mem= said at boot binds memory that is added later: no section is ever taken
 * Source: xen/common/memory.c `decrease_reservation`; linux mm/memory_hotplug.c `register_memory_resource`.
 */

import { each, type Handlers, stay } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import type { Balloon } from './balloon-growing.ts';

type States = Readonly<Record<string, Handlers<Balloon>>>;

export const dated = (states: States, protocol: Protocol): Record<string, Handlers<Balloon>> => ({
  ...states,
  ...(protocol.decreaseProgresses
    ? {}
    : {
        shrinking: { ...states['shrinking'], 'decrease.restart': { to: 'restarting' } },
        restarting: { 'decrease.restart': stay },
      }),
  ...(protocol.bindsBootLimit
    ? {
        adding: {
          ...each<Balloon>(Object.keys(states['adding'] ?? {}), { when: () => false }),
          'add.e2big': { to: 'addFailed' },
        },
      }
    : {}),
});
