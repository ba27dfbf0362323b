/** What engines are compared on: the reference model in several sizes, and our own products. */
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { full, single, wide } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import type { Model } from '../../src/core/chart.ts';
import { type ReferenceScope, referenceModel } from './reference-model.ts';

export interface ReferenceCase {
  readonly kind: 'reference';
  readonly name: string;
  readonly scope: ReferenceScope;
}

export interface ProductCase {
  readonly kind: 'product';
  readonly name: string;
  readonly protocol: Protocol;
  readonly scope: Scope;
}

export type Case = (ReferenceCase | ProductCase) & {
  readonly rounds: number;
  /** Only with `BALLAST_LARGE=1`. */
  readonly isLarge?: boolean;
};

export const reference = (sections: number, pages: number, host: number): ReferenceCase => ({
  kind: 'reference',
  name: `reference ${sections},${pages},${host}`,
  scope: { sections, pages, host },
});

const product = (protocol: Protocol, scope: Scope, name = scope.name): ProductCase => ({
  kind: 'product',
  name: `${protocol.id}/${name}`,
  protocol,
  scope,
});

/** `wide` with these flags of `ballast check`. */
const four: Scope = { ...wide, sections: 4, pagesPerSection: 2, targets: [1, 2, 9], hostPages: 9 };
const FOUR = '--sections 4 --pages 2 --targets 1,2,9 --host 9';

export const cases: readonly Case[] = [
  { ...reference(2, 2, 4), rounds: 3 },
  { ...reference(3, 1, 3), rounds: 1 },
  { ...reference(3, 2, 4), rounds: 3 },
  { ...reference(4, 2, 4), rounds: 3 },
  { ...reference(4, 2, 8), rounds: 3 },
  { ...reference(5, 2, 10), rounds: 3, isLarge: true },
  { ...reference(6, 2, 12), rounds: 1, isLarge: true },
  { ...product(lifecycle, single), rounds: 3 },
  { ...product(v3, single), rounds: 3 },
  { ...product(lifecycle, full), rounds: 3 },
  { ...product(v3, full), rounds: 3 },
  { ...product(v3, wide), rounds: 3 },
  { ...product(lifecycle, four, FOUR), rounds: 3, isLarge: true },
];

export const modelOf = (one: Case): Model =>
  one.kind === 'reference' ? referenceModel(one.scope) : guestModel(one.protocol, pv64, one.scope);
