/**
 * A mutant: one field of a named base variant changed, to see the properties fail.
 * It is killed when a property that holds on its base is violated on it.
 */
import type { Form } from './form.ts';
import { pv64 } from './forms/pv.ts';
import { changed, type Protocol } from './protocol.ts';

export interface Mutant {
  /** The slug. */
  readonly id: string;
  readonly base: Protocol;
  readonly protocol: Protocol;
  /** The guest form in which it shows. */
  readonly form: Form;
  /** The changed field. */
  readonly field: keyof Protocol;
  /** The bug it stands for: a commit, a mail, a window of the reference; or what it plants. */
  readonly reference: string;
  /** The property meant to catch it. */
  readonly caughtBy: string;
}

interface MutantSpec {
  readonly id: string;
  readonly base: Protocol;
  readonly summary: string;
  readonly change: Partial<Protocol>;
  readonly reference: string;
  readonly caughtBy: string;
  /** pv-x86_64, if it does not say. */
  readonly form?: Form;
}

export function mutant({ id, base, summary, change, reference, caughtBy, form = pv64 }: MutantSpec): Mutant {
  const [field, ...more] = Object.keys(change) as (keyof Protocol)[];
  if (field === undefined || more.length > 0) throw new Error(`mutant ${id} must change exactly one field`);
  return { id, base, protocol: changed(base, id, summary, change), field, reference, caughtBy, form };
}
