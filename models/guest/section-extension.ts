/**
 * What a section holds beyond pages with and without a frame, in scopes that ask for it: entries that a paravirtualised guest writes
 * itself (section-p2m.ts), or entries of a translated guest that are not RAM (special.ts). No guest has both.
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
import type { Handlers } from '../kit.ts';
import type { Protocol } from '../protocol.ts';
import { has, type Scope } from '../scope.ts';
import { writesP2m } from './p2m.ts';
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

export type Extended = Unsettled & Special;
export const NOTHING_MORE: Extended = { ...NOTHING_UNSETTLED, ...NOTHING_SPECIAL };

/** What these handlers move of a section. */
interface Pages extends Extended {
  readonly inUse: number;
  readonly inUseEmpty: number;
  readonly ballooned: number;
  readonly balloonedBacked: number;
  readonly lent: number;
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
  readonly quantities: (c: Extended) => Quantities;
}

export function extensionOf(protocol: Protocol, form: Form, scope: Scope): Extension {
  if (writesP2m(protocol, form, scope))
    return {
      decides: P2M_DECIDED,
      observes: ['p2mclear.ok', ...STOPS],
      decidesAtBoot: P2M_DECIDED_AT_BOOT,
      observesAtBoot: STOPS,
      start: () => ({ identity: entriesAtStart(protocol) }),
      states: (own) => p2mSection(own, protocol, scope.pagesPerSection),
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
