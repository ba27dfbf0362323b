/**
 * The patch of December 2010, with its default policy: as that of August, but at the first refusal it adds what it has, and returns
 * with the reservation lock held and interrupts off (W1b): the next call waits for ever. After a failed add or online the target
 * becomes what is left; frames and region stay. The posted text counts a run in current only once it is online; here it counts with each
 * call, as in August, so that the credit falls while the run is filled.
 * Source: the patch posted to linux-mm and xen-devel, 2010-12-20: drivers/xen/balloon.c `increase_reservation`, `request_additional_memory`.
 */
import { changed, type Protocol } from '../protocol.ts';
import { v1a } from './v1a.ts';

export const v1b: Protocol = changed(v1a, 'v1b', 'the patch posted in December 2010', {
  refusedFill: 'stopsLocked',
  forfeits: 'targetFollows',
});
