/**
 * A patch under test: mainline with one change, the online-page callback looks at the P2M and hands a page that has a frame
 * to the allocator instead of the balloon list. Not shipped anywhere; it shows how a patch is asked about.
 */
import { changed, type Protocol } from '../protocol.ts';
import { v3 } from './v3.ts';

export const v3Patched: Protocol = changed(
  v3,
  'v3-patched',
  'mainline, with an online-page callback that looks at the P2M',
  { callback: 'testP2m' },
);
