/**
 * A scope's bounds, for people.
 */
import type { Scope } from '../../../models/scope.ts';
import { counted } from '../../../reports/style.ts';

/** One line. */
export function boundsText(scope: Scope): string {
  const others = [
    ...(scope.offliner ? ['offliner'] : []),
    ...(scope.rival ? ['rival'] : []),
    ...(scope.otherDomain ? ['other domain'] : []),
    ...(scope.actors ?? []),
  ];
  const block = scope.sectionsPerBlock === 1 ? '' : ` in blocks of ${scope.sectionsPerBlock}`;
  const ballooned = scope.bootBallooned === 0 ? '' : ` (${scope.bootBallooned} ballooned)`;
  const onDemand = scope.bootPod === 0 ? '' : ` (${scope.bootPod} owed to populate-on-demand)`;
  return [
    `${counted(scope.sections, 'section')}${block} of ${counted(scope.pagesPerSection, 'page')}`,
    ...(scope.addressable === undefined ? [] : [`${scope.addressable} of them addressable`]),
    ...(scope.p2mRoom === undefined ? [] : [`P2M for ${scope.p2mRoom} of them`]),
    `boot ${scope.bootPages}${ballooned}${onDemand}`,
    `targets ${scope.targets.join(' ')}`,
    `host ${scope.hostPages}`,
    `batch ${scope.batch}`,
    `retries ${scope.retryLimit}`,
    `onlining ${scope.onlining}`,
    `writer ${scope.writer}`,
    others.length === 0 ? 'nobody else' : `with ${others.join(', ')}`,
  ].join(', ');
}
