/** The same for the longer logs. */
import { lossesAreForgiven } from '../support/lossy.ts';

lossesAreForgiven(
  ['01-balloon', '02-hotplug', '03-auto-online', '04-offline-movable', '07-target-mid', '12-partial'],
  60,
);
