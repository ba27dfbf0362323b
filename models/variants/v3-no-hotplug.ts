/**
 * Mainline built without balloon hotplug: a base for mutants, named as the patch that it is (`check --variant v3+hotplugs=false`).
 * Source: linux drivers/xen/balloon.c without XEN_BALLOON_MEMORY_HOTPLUG.
 */
import { changed } from '../protocol.ts';
import { v3 } from './v3.ts';

export const v3NoHotplug = changed(v3, 'v3+hotplugs=false', `${v3.summary}, with hotplugs=false`, {
  hotplugs: false,
});
