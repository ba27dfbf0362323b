/**
 * What a section holds beyond pages with and without a frame, in scopes that ask for it: entries that a paravirtualised guest writes
 * itself (section-p2m.ts), or entries of a translated guest that are not RAM (special.ts); no guest has both. Beside either, pages of
 * the scratch allocator (section-scratch.ts), and whose a section is, where others add memory too (adder.ts).
 */
import type { Quantities } from '../../src/core/chart.ts';
import type { Form } from '../form.ts';
import { STOPS } from '../host/migrator.ts';
import {
  CRASHES,
  hasSpecial,
  MAPS,
  NOTHING_SPECIAL,
  type Special,
  specialBoot,
  specialQuantities,
  specialSection,
} from '../host/special.ts';
import { unmappedFamilies, unmappedSections } from '../host/unmapped.ts';
import type { Handlers } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { adderSection, type Foreign, foreignQuantities, hasAdder, NOTHING_FOREIGN } from './adder.ts';
import { lacksLeaf, writesP2m } from './p2m.ts';
import { isNamed } from './reach.ts';
import { hasScratch } from './scratch.ts';
import {
  entriesAtStart,
  NOTHING_UNSETTLED,
  P2M_DECIDED,
  P2M_DECIDED_AT_BOOT,
  p2mBoot,
  p2mSection,
  type Unsettled,
  unsettledQuantities,
} from './section-p2m.ts';
import {
  NOTHING_SCRATCHED,
  SCRATCH_OBSERVED,
  type Scratched,
  scratched,
  scratchedQuantities,
  scratchedStates,
} from './section-scratch.ts';

export type Extended = Unsettled & Special & Scratched & Foreign;
export const NOTHING_MORE: Extended = {
  ...NOTHING_UNSETTLED,
  ...NOTHING_SPECIAL,
  ...NOTHING_SCRATCHED,
  ...NOTHING_FOREIGN,
};

/** What these handlers move of a section. */
interface Pages extends Extended {
  readonly inUse: number;
  readonly inUseEmpty: number;
  readonly ballooned: number;
  readonly balloonedBacked: number;
  readonly lent: number;
  readonly lentBacked: number;
  readonly offlineBacked: number;
  readonly reached: number;
}

export interface Extension {
  readonly decides: readonly string[];
  readonly observes: readonly string[];
  readonly decidesAtBoot: readonly string[];
  readonly observesAtBoot: readonly string[];
  /** Of the section of that index, before anything is put there. */
  readonly start: (index: number) => Partial<Extended>;
  readonly states: <C extends Pages>(
    own: Readonly<Record<string, Handlers<C>>>,
  ) => Record<string, Handlers<C>>;
  readonly boot: <C extends Pages>(own: Handlers<C>) => Handlers<C>;
  readonly quantities: (c: Pages) => Quantities;
}

/** Of the section of that index; boot memory has none. */
export function extensionOf(protocol: Protocol, form: Form, scope: Scope, index?: number): Extension {
  const named = index === undefined || isNamed(index, protocol, form, scope);
  const more = withScratch(
    withUnmapped(entriesOf(protocol, form, scope, named), protocol, scope),
    scope,
    named,
    index,
  );
  if (!hasAdder(scope)) return more;
  const quantities = (c: Pages) => ({ ...more.quantities(c), ...foreignQuantities(c) });
  if (index === undefined) return { ...more, quantities };
  return {
    ...more,
    observes: [...more.observes, 'dimm.add'],
    states: (own) => adderSection(more.states(own), protocol, scope.pagesPerSection),
    quantities,
  };
}

function withScratch(entries: Extension, scope: Scope, named: boolean, index?: number): Extension {
  if (!hasScratch(scope)) return entries;
  const quantities = (c: Pages) => ({ ...entries.quantities(c), ...scratchedQuantities(c) });
  if (index === undefined) return { ...entries, quantities };
  const families = Object.keys(scratched(scope.pagesPerSection, named));
  const observed: readonly string[] = SCRATCH_OBSERVED;
  return {
    ...entries,
    decides: [...entries.decides, ...families.filter((family) => !observed.includes(family))],
    observes: [...entries.observes, ...observed],
    states: (own) => scratchedStates(entries.states(own), scope.pagesPerSection, named),
    quantities,
  };
}

/** A page that a call has come to, and whose frame could not be put into the map, stays what it was. */
function withUnmapped(own: Extension, protocol: Protocol, scope: Scope): Extension {
  const families = unmappedFamilies(protocol, scope);
  if (families.length === 0) return own;
  const decidesAtBoot = [...own.decidesAtBoot, ...families.slice(0, 1)];
  return {
    ...own,
    decides: [...own.decides, ...families],
    decidesAtBoot,
    states: (states) => unmappedSections(own.states(states), families),
    boot: (handlers) => unmappedSections({ online: own.boot(handlers) }, families)['online'] ?? handlers,
  };
}

function entriesOf(protocol: Protocol, form: Form, scope: Scope, named: boolean): Extension {
  if (writesP2m(protocol, form, scope))
    return {
      decides: P2M_DECIDED,
      observes: ['p2mclear.ok', ...STOPS],
      decidesAtBoot: P2M_DECIDED_AT_BOOT,
      observesAtBoot: STOPS,
      start: () => ({ identity: entriesAtStart(protocol) }),
      states: (own) =>
        p2mSection(own, protocol, scope.pagesPerSection, { named, lacksLeaf: lacksLeaf(protocol) }),
      boot: (own) => ({ ...own, ...(p2mBoot as unknown as typeof own) }),
      quantities: unsettledQuantities,
    };
  if (hasSpecial(form, scope))
    return {
      decides: [...CRASHES, ...MAPS],
      observes: ['intrude', 'withdraw'],
      decidesAtBoot: ['populate.special', ...MAPS],
      observesAtBoot: [],
      start: (index) => ({ device: index === 0 && has(scope, 'hiddenDevice') ? 1 : 0 }),
      states: (own) => specialSection(own, protocol),
      boot: (own) => specialBoot(own, protocol),
      quantities: specialQuantities,
    };
  return NONE;
}

const NONE: Extension = {
  decides: [],
  observes: [],
  decidesAtBoot: [],
  observesAtBoot: [],
  start: () => ({}),
  states: (own) => ({ ...own }),
  boot: (own) => own,
  quantities: () => ({}),
};
