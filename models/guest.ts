/**
 * A guest on its host: the charts and the alphabet of one protocol, in one guest form, in one scope.
 * The same charts serve two pages a section (explored) and 32 768 (stepped).
 */
import type { Model, ModelChart } from '../src/core/chart.ts';
import { alphabetOf } from './alphabet.ts';
import { balloonChart } from './balloon.ts';
import { blockChart } from './block.ts';
import { booksChart, needChart } from './books.ts';
import { offlinerChart, onlinerChart, otherDomainChart, rivalChart, suspenderChart } from './environment.ts';
import type { Form } from './form.ts';
import { frameListChart } from './frame-list.ts';
import { gapChart, hasLooseGap } from './gap.ts';
import { highmemChart } from './highmem.ts';
import { hypervisorChart } from './hypervisor.ts';
import { libxlChart, xenstoreChart } from './libxl.ts';
import { balloonMutexChart, deviceLockChart, hotplugLockCharts } from './locks.ts';
import { managerChart } from './manager.ts';
import { migratorChart } from './migrator.ts';
import { builderChart, neighbourChart } from './neighbour.ts';
import { newcomerChart } from './newcomer.ts';
import { writesP2m } from './p2m.ts';
import { pageUserChart } from './page-user.ts';
import { podChart, podOn, userspaceChart } from './pod.ts';
import type { Protocol } from './protocol.ts';
import { ramEndChart } from './ram-end.ts';
import { backendChart, isReferred } from './references.ts';
import { blocksOf, builds, has, isManaged, lends, onlinedByHand, type Scope } from './scope.ts';
import { hasSecondBorrower, secondBorrowerChart } from './second-borrower.ts';
import { bootSectionChart, sectionChart } from './section.ts';
import { slotChart } from './slot.ts';
import { hasSpecial } from './special.ts';
import { toolstackChart } from './toolstack.ts';
import { wakeChart } from './wake.ts';
import { zonesChart } from './zones.ts';

/** Whoever sets limits and targets. */
function tools(protocol: Protocol, form: Form, scope: Scope): readonly ModelChart[] {
  if (has(scope, 'libxl')) return [libxlChart(protocol, scope), xenstoreChart(scope)];
  if (isManaged(scope))
    return [
      managerChart(protocol, scope),
      neighbourChart(protocol, scope),
      ...(builds(scope) ? [builderChart()] : []),
    ];
  return [toolstackChart(protocol, form, scope)];
}

/** The charts of a guest and its host that there is one of. */
export function singleCharts(protocol: Protocol, form: Form, scope: Scope): readonly ModelChart[] {
  return [
    ...tools(protocol, form, scope),
    balloonChart(protocol, form, scope),
    booksChart(protocol, form, scope),
    ...(form.highmem ? [highmemChart(protocol, form, scope)] : []),
    ...(protocol.claimFirst ? [needChart(protocol, scope)] : []),
    ...(protocol.addsAt === 'end' ? [ramEndChart(form, scope)] : []),
    wakeChart(protocol, form, scope),
    balloonMutexChart(protocol, writesP2m(protocol, form, scope)),
    ...hotplugLockCharts(protocol, scope),
    hypervisorChart(protocol, form, scope),
    ...(scope.bootPages > 0 ? [bootSectionChart(protocol, form, scope)] : []),
    ...(writesP2m(protocol, form, scope) && has(scope, 'suspender', 'migrator')
      ? [frameListChart(protocol)]
      : []),
    ...(podOn(form, scope) ? [podChart(protocol, scope), userspaceChart()] : []),
  ];
}

/** The environment that the scope switches on. */
export function environmentCharts(protocol: Protocol, form: Form, scope: Scope): readonly ModelChart[] {
  return [
    ...(onlinedByHand(scope) ? [onlinerChart(scope)] : []),
    ...(scope.offliner ? [offlinerChart()] : []),
    ...(scope.rival ? [rivalChart()] : []),
    ...(hasLooseGap(protocol, scope) ? [gapChart()] : []),
    ...(scope.otherDomain ? [otherDomainChart()] : []),
    ...(hasSecondBorrower(scope) ? [secondBorrowerChart()] : []),
    ...(lends(scope) ? [pageUserChart(protocol, scope, hasSpecial(form, scope))] : []),
    ...(isReferred(scope) ? [backendChart()] : []),
    ...(has(scope, 'suspender') ? [suspenderChart()] : []),
    ...(has(scope, 'migrator') ? [migratorChart(protocol, form, scope)] : []),
    ...(has(scope, 'newcomer') ? [newcomerChart(protocol, scope)] : []),
    ...(has(scope, 'zones') ? [zonesChart(protocol, scope)] : []),
  ];
}

export function guestCharts(protocol: Protocol, form: Form, scope: Scope): readonly ModelChart[] {
  const indices = (n: number) => Array.from({ length: n }, (_, i) => i);
  return [
    ...singleCharts(protocol, form, scope),
    ...indices(scope.sections).map((index) => sectionChart(index, protocol, form, scope)),
    ...indices(blocksOf(scope)).map((index) => blockChart(index, protocol, scope)),
    ...indices(scope.sections).map((index) => slotChart(index, protocol, scope)),
    ...(protocol.writerTakes === 'deviceFirst'
      ? indices(blocksOf(scope)).map((index) => deviceLockChart(index, scope))
      : []),
    ...environmentCharts(protocol, form, scope),
  ];
}

export function guestModel(protocol: Protocol, form: Form, scope: Scope): Model {
  return { charts: guestCharts(protocol, form, scope), alphabet: alphabetOf(protocol, form, scope) };
}
