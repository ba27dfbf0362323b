/**
 * A mutant: one field of a named base variant changed, to see the properties fail, and what its search must then give.
 * It is killed when a property that holds on its base is violated on it. Everything about one mutant stands in its own file.
 */
import type { Form } from '../models/form.ts';
import { pv64 } from '../models/forms/pv.ts';
import { changed, type Protocol } from '../models/protocol.ts';
import { onRequest } from './all.ts';
import { type CountedBy, type ExpectedVerdict, found, type SearchExpectation } from './expectation.ts';

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
  /** What comes out; one from outside the tree may not say. */
  readonly row?: MutantRow;
}

export interface MutantRow {
  /** Name of a scope of models/scopes.ts: the smallest that kills it. */
  readonly scope: string;
  /** By property: labels in the shortest run that breaks it. */
  readonly kills: Readonly<Record<string, number>>;
  readonly expectation: SearchExpectation;
  readonly countedBy: CountedBy;
}

interface RowSpec {
  readonly scope: string;
  readonly counts: readonly [states: number, transitions: number, depth: number];
  /** Properties that hold on the base and not on the mutant, with shortest lengths; the one meant to catch it is among them. */
  readonly kills: Readonly<Record<string, number>>;
  /** Verdicts that are not `holds` and do not kill, such as what it has from its base. */
  readonly others?: Readonly<Record<string, ExpectedVerdict>>;
  /** The naive explorer, if it does not say. */
  readonly countedBy?: CountedBy;
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
  readonly row?: RowSpec;
}

export function mutant(spec: MutantSpec): Mutant {
  const { id, base, summary, change, reference, caughtBy, form = pv64, row } = spec;
  const [field, ...more] = Object.keys(change) as (keyof Protocol)[];
  if (field === undefined || more.length > 0) throw new Error(`mutant ${id} must change exactly one field`);
  const protocol = changed(base, id, summary, change);
  return {
    ...{ id, base, protocol, field, reference, caughtBy, form },
    ...(row === undefined ? {} : { row: rowOf(id, row) }),
  };
}

function rowOf(id: string, { scope, counts, kills, others = {}, countedBy = 'naive' }: RowSpec): MutantRow {
  const [states, transitions, depth] = counts;
  const requested = new Set(onRequest.map((property) => property.id));
  const killed = Object.entries(found(id, kills));
  const usual = killed.filter(([property]) => !requested.has(property));
  const asked = killed.filter(([property]) => requested.has(property));
  const verdicts = { ...others, ...Object.fromEntries(usual) };
  // A planted bug may well cut off labels; nobody owes reasons for that.
  const expectation = {
    ...{ states, transitions, depth, verdicts, neverTaken: {} },
    ...(asked.length === 0 ? {} : { onRequest: Object.fromEntries(asked) }),
  };
  return { scope, kills, countedBy, expectation };
}
