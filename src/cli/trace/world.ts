/**
 * The world that a trace speaks of: a variant's charts in a form and a scope, small or at real size.
 */
import { alphabetOf } from '../../../models/alphabet.ts';
import type { Form } from '../../../models/form.ts';
import { blockChart } from '../../../models/guest/block.ts';
import { sectionChart } from '../../../models/guest/section.ts';
import { slotChart } from '../../../models/guest/slot.ts';
import { environmentCharts, guestCharts, singleCharts } from '../../../models/guest.ts';
import type { Protocol } from '../../../models/protocol.ts';
import type { Scope } from '../../../models/scope.ts';
import { StepWorld } from '../../trace/world.ts';

/** Up to so many sections all charts are made at once. */
const EAGER_MAX = 16;

/** `lazy` makes sections, blocks and slots when a label first speaks of them; so it is at real size anyway. */
export function guestWorld(protocol: Protocol, form: Form, scope: Scope, { lazy = false } = {}): StepWorld {
  if (!lazy && scope.sections <= EAGER_MAX) return StepWorld.of(guestCharts(protocol, form, scope));
  return new StepWorld({
    fixed: [...singleCharts(protocol, form, scope), ...environmentCharts(protocol, form, scope)],
    indices: scope.sections,
    at: (index) => [
      sectionChart(index, protocol, form, scope),
      blockChart(index, protocol, scope),
      slotChart(index, protocol, scope),
    ],
    sectionsPerBlock: scope.sectionsPerBlock,
  });
}

/** Scopes whose every label is in the alphabet: those that can be searched. */
const SEARCHABLE_SECTIONS = 16;
const SEARCHABLE_TARGETS = 64;

/** The alphabet of a scope small enough to have one; at real size labels are judged by their shape and their owners. */
export function alphabetIfSmall(
  protocol: Protocol,
  form: Form,
  scope: Scope,
): ReturnType<typeof alphabetOf> | undefined {
  const small = scope.sections <= SEARCHABLE_SECTIONS && scope.targets.length <= SEARCHABLE_TARGETS;
  return small && scope.pagesPerSection <= SEARCHABLE_TARGETS ? alphabetOf(protocol, form, scope) : undefined;
}
