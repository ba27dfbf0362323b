/**
 * The order made safe, and its way back: a block that is offline is emptied, removed and released where the order is below by as much,
 * so that an order down shrinks the memory map too (design §3, the optional last row). No shipped driver is like that.
 */
import { changed } from '../protocol.ts';
import { lifecycle } from './lifecycle.ts';

export const lifecycleRemoving = changed(
  lifecycle,
  'lifecycle-removing',
  `${lifecycle.summary}; offline, emptied, removed, released`,
  { removes: 'emptied' },
);
