/** Properties are well made: what they name exists, what they wait for comes, and none of them says the same as another. */

import { describe, expect, it } from 'vitest';
import { guestModel } from '../../models/guest.ts';
import type { Scope } from '../../models/scope.ts';
import { auto, blocks, onDemand, scopes, single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { everyProperty } from '../../properties/all.ts';
import { findings } from '../../properties/findings.ts';
import { mutants } from '../../properties/mutants/all.ts';
import type { ModelChart } from '../../src/core/chart.ts';
import { applicable, explored } from '../support/explored.ts';
import { formFor } from '../support/form-for.ts';
import { scopeOf } from '../support/mutation.ts';
import { conditionsOf, familiesOf } from '../support/watch-parts.ts';

const unique = (names: readonly string[]) => expect(new Set(names).size).toBe(names.length);

/** Scopes that switch further actors on. */
const withActors = scopes.filter(({ actors }) => actors !== undefined);

const observedAtStart = ({ machine, observe }: ModelChart) =>
  observe({ value: '', context: machine.config.context ?? {} });

/** What no named scope puts together: somebody who adds memory for pages lent, by the entry, and in blocks of two sections. */
const together: Scope = { ...blocks, name: 'together', actors: ['hotplugUser', 'p2m'] };

/** Families and quantities of every shipped variant, with every actor on. */
const models = [auto, single, blocks, onDemand, together, ...withActors].flatMap((scope) =>
  variants.flatMap((protocol) => guestModel(protocol, formFor(scope), scope)),
);
/** And of every mutant where it is judged: some labels are a mutant's only. */
const all = [...models, ...mutants.map((one) => guestModel(one.protocol, one.form, scopeOf(one)))];
const families = new Set(all.flatMap(({ alphabet }) => alphabet.map(({ type }) => type)));
const quantities = new Set(
  all.flatMap(({ charts }) =>
    charts.flatMap((chart) => Object.keys(observedAtStart(chart)).map((name) => `${chart.kind}.${name}`)),
  ),
);

const properties = everyProperty();

describe('names', () => {
  it('are unique', () => {
    unique(properties.map(({ id }) => id));
    unique(properties.map(({ title }) => title));
    unique(properties.map(({ statement }) => statement));
    unique(findings.map(({ id }) => id));
    unique(mutants.map(({ id }) => id));
  });

  it.each(properties)('$id waits for a family that exists', ({ witness }) => {
    expect(witness.filter((family) => !families.has(family))).toEqual([]);
    expect(witness).not.toEqual([]);
  });

  it.each(properties)('$id sums quantities that exist', ({ watch }) => {
    const terms = conditionsOf(watch).flatMap(({ sum }) => Object.keys(sum));
    expect(terms.filter((term) => !quantities.has(term))).toEqual([]);
    expect(familiesOf(watch).filter((family) => !families.has(family))).toEqual([]);
    if (watch.kind === 'step' && watch.on !== undefined)
      expect([...quantities].some((term) => term.startsWith(`${watch.on}.`))).toBe(true);
  });

  it.each(properties)('$id says where it comes from', ({ grounding, at, watch }) => {
    expect(grounding).not.toEqual([]);
    const places = {
      state: ['state', 'quiescent'],
      step: ['step'],
      possible: ['possible'],
      temporal: ['temporal'],
    };
    expect(places[watch.kind]).toContain(at);
  });
});

describe('witnesses', () => {
  it.each(mutants)('of $caughtBy come on the base of $id', (mutant) => {
    const { found, product } = explored(mutant.base, scopeOf(mutant), mutant.form);
    const property = properties.find(({ id }) => id === mutant.caughtBy);
    const seen = product.labels.filter(
      ({ type }, id) => property?.witness.includes(type) && (found.fired[id] ?? 0) > 0,
    );
    expect(seen).not.toEqual([]);
  });

  it.each(variants)('come in single on $id, save where its driver never shrinks', (protocol) => {
    const { found, product } = explored(protocol, single);
    const taken = new Set(
      product.labels.flatMap(({ type }, id) => ((found.fired[id] ?? 0) > 0 ? [type] : [])),
    );
    const missing = applicable(protocol, single).filter(
      ({ witness }) => !witness.some((family) => taken.has(family)),
    );
    // v0 counts nothing, so its credit is never below zero and nothing is given back.
    expect(missing.map(({ id }) => id)).toEqual(protocol.id === 'v0' ? ['I-18'] : []);
  });
});
