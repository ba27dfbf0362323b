/**
 * A guest on its host: the charts and the alphabet of one protocol, in one guest form, in one scope.
 * The same charts serve two pages a section (explored) and 32 768 (stepped).
 */
import type { Model, ModelChart } from '../src/core/chart.ts';
import { alphabetOf } from './alphabet.ts';
import type { Form } from './form.ts';
import { adderChart, hasAdder } from './guest/adder.ts';
import { balloonChart } from './guest/balloon.ts';
import { blockChart } from './guest/block.ts';
import { booksChart, needChart } from './guest/books.ts';
import { frameListChart } from './guest/frame-list.ts';
import { gapChart, hasLooseGap } from './guest/gap.ts';
import { highmemChart } from './guest/highmem.ts';
import { balloonMutexChart, deviceLockChart, hotplugLockCharts } from './guest/locks.ts';
import { writesP2m } from './guest/p2m.ts';
import { pageUserChart } from './guest/page-user.ts';
import { iomemChart, pageListChart } from './guest/presets.ts';
import { ramEndChart } from './guest/ram-end.ts';
import { hasScratch, scratchChart } from './guest/scratch.ts';
import { hasSecondBorrower, secondBorrowerChart } from './guest/second-borrower.ts';
import { bootSectionChart, sectionChart } from './guest/section.ts';
import { slotChart } from './guest/slot.ts';
import { wakeChart } from './guest/wake.ts';
import { zonesChart } from './guest/zones.ts';
import {
  offlinerChart,
  onlinerChart,
  otherDomainChart,
  rivalChart,
  suspenderChart,
} from './host/environment.ts';
import { hypervisorChart } from './host/hypervisor.ts';
import { libxlChart, xenstoreChart } from './host/libxl.ts';
import { managerChart } from './host/manager.ts';
import { migratorChart } from './host/migrator.ts';
import { builderChart, neighbourChart } from './host/neighbour.ts';
import { newcomerChart } from './host/newcomer.ts';
import { podChart, podOn, userspaceChart } from './host/pod.ts';
import { qmemmanChart } from './host/qmemman.ts';
import { backendChart, isReferred } from './host/references.ts';
import { toolstackChart } from './host/toolstack.ts';
import type { Protocol } from './protocol.ts';
import { asksForNeeds, blocksOf, builds, has, isManaged, lends, onlinedByHand, type Scope } from './scope.ts';

/** Whoever sets limits and targets. */
function tools(protocol: Protocol, form: Form, scope: Scope): readonly ModelChart[] {
  if (has(scope, 'libxl')) return [libxlChart(protocol, scope), xenstoreChart(scope)];
  if (isManaged(scope))
    return [
      asksForNeeds(scope) ? qmemmanChart(protocol, scope) : managerChart(protocol, scope),
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
    ...(protocol.claimFirst ? [needChart(protocol, form, scope)] : []),
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
    ...(lends(scope) ? [pageUserChart(protocol, form, scope)] : []),
    ...(isReferred(scope) ? [backendChart()] : []),
    ...(has(scope, 'suspender') ? [suspenderChart()] : []),
    ...(has(scope, 'migrator') ? [migratorChart(protocol, form, scope)] : []),
    ...(has(scope, 'newcomer') ? [newcomerChart(protocol, scope)] : []),
    ...(hasAdder(scope) ? [adderChart(scope)] : []),
    ...(has(scope, 'firstFit') ? [iomemChart(protocol, scope)] : []),
    ...(has(scope, 'lifo') ? [pageListChart(protocol, scope)] : []),
    ...(has(scope, 'zones') ? [zonesChart(protocol, scope)] : []),
    ...(hasScratch(scope) ? [scratchChart(protocol, form, scope)] : []),
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
