/**
 * What stands outside the tree: a variant is a known one with fields changed, a mutant one with a single field changed, a
 * property is a sentence with what it watches. Plain data; `admit` looks for what is wrong with it.
 */
import type { Field, Value } from '../../models/choices.ts';
import type { Protocol } from '../../models/protocol.ts';
import { type At, everywhere, type Grounding, type Property } from '../../properties/property.ts';
import type { Watch } from '../compose/observation.ts';

/** Fields of a protocol (models/protocol.ts says what each stands for) and what they become. */
export type Change = Readonly<Partial<Record<Field, Value>>>;

export interface VariantDefinition {
  readonly kind: 'variant';
  readonly id: string;
  /** Id of the variant that is changed. */
  readonly base: string;
  readonly summary: string;
  readonly change: Change;
}

export interface MutantDefinition {
  readonly kind: 'mutant';
  readonly id: string;
  readonly base: string;
  readonly summary: string;
  /** Exactly one field. */
  readonly change: Change;
  /** The bug it stands for: a commit, a mail. */
  readonly reference: string;
  /** Id of the property meant to catch it. */
  readonly caughtBy: string;
}

export interface PropertyDefinition {
  readonly kind: 'property';
  readonly property: Property;
}

export type Definition = VariantDefinition | MutantDefinition | PropertyDefinition;

/** `defineVariant({ id: 'my-patch', base: 'v3', summary: '…', change: { callback: 'testP2m' } })`. */
export const defineVariant = (of: Omit<VariantDefinition, 'kind'>): VariantDefinition => ({
  kind: 'variant',
  ...of,
});

export const defineMutant = (of: Omit<MutantDefinition, 'kind'>): MutantDefinition => ({
  kind: 'mutant',
  ...of,
});

export interface PropertySpec {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  /** Label families of which one must have been taken, or the verdict is `vacuous`. */
  readonly witness: readonly string[];
  readonly watch: Watch;
  /** By default as the watch says. */
  readonly at?: At;
  readonly grounding?: readonly Grounding[];
  /** By default every protocol. */
  readonly appliesTo?: (protocol: Protocol) => boolean;
}

export const defineProperty = (of: PropertySpec): PropertyDefinition => ({
  kind: 'property',
  property: { at: of.watch.kind, grounding: [], appliesTo: everywhere, ...of },
});
