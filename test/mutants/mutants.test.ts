/** Every mutant is killed by the property meant for it, and its shortest run is one that XState itself takes. */
import { describe, expect, it } from 'vitest';
import { everyProperty, properties } from '../../properties/all.ts';
import { mutants } from '../../properties/mutants/all.ts';
import { isOfRuns } from '../../src/compose/observation.ts';
import { replay } from '../../src/trace/replay.ts';
import { caseOf, explored, productOf, verdictOf } from '../support/explored.ts';
import '../support/matchers.ts';
import { killers, scopeOf } from '../support/mutation.ts';
import { NaiveProduct } from '../support/naive-product.ts';
import { breaksStep, stateTest } from '../support/naive-watches.ts';

describe.each(mutants)('$id', (mutant) => {
  const scope = scopeOf(mutant);
  const { base, protocol, form, caughtBy, field } = mutant;

  it(`is caught by ${caughtBy}, which holds on ${base.id}`, () => {
    expect(verdictOf(base, scope, caughtBy, form)).toHold();
    expect(verdictOf(protocol, scope, caughtBy, form).kind).toBe('violated');
    expect(killers(mutant)).toContain(caughtBy);
  });

  it('changes one field and nothing else', () => {
    expect(protocol).toEqual({ ...base, id: mutant.id, summary: protocol.summary, [field]: protocol[field] });
    expect(protocol[field]).not.toEqual(base[field]);
  });

  it('is shown by a shortest run that XState takes, and that ends in the violation', () => {
    const { verdict, trace } = caseOf(protocol, scope, caughtBy, form);
    if (verdict.kind !== 'violated') throw new Error('it is violated');
    const product = productOf(protocol, scope, form);
    expect(replay(product, verdict.trace)).toHaveLength(verdict.trace.length + 1);
    expect(trace?.steps).toHaveLength(verdict.trace.length);

    const watch = everyProperty().find(({ id }) => id === caughtBy)?.watch;
    if (watch === undefined || !isOfRuns(watch)) return;
    const { model } = explored(protocol, scope, form);
    const naive = new NaiveProduct(model);
    const violates = stateTest(naive, watch);
    let state = naive.initial;
    // What is wrong at boot is wrong after no label at all.
    const bad: number[] = violates(state) ? [0] : [];
    verdict.trace.forEach((label, at) => {
      const id = model.alphabet.indexOf(
        model.alphabet.find((own) => JSON.stringify(own) === JSON.stringify(label)) ?? label,
      );
      const after = naive.step(state, id);
      if (after === undefined) throw new Error(`step ${at + 1} is refused`);
      if (violates(after) || breaksStep(naive, watch, state, id, after)) bad.push(at + 1);
      state = after;
    });
    expect(bad).toEqual([verdict.trace.length]);
  });
});

it('every property kills some mutant: none is there for show', () => {
  const killed = new Set(mutants.flatMap(killers));
  expect(properties.map(({ id }) => id).filter((id) => !killed.has(id))).toEqual([]);
});

it('three properties have no mutant of their own and are killed by another one', () => {
  const meant = new Set(mutants.map(({ caughtBy }) => caughtBy));
  expect(properties.map(({ id }) => id).filter((id) => !meant.has(id))).toEqual(['I-9', 'D-2', 'T-2']);
  expect(killers(mutants.find(({ id }) => id === 'untested-callback') ?? mutants[0] ?? never())).toContain(
    'I-9',
  );
  expect(killers(mutants.find(({ id }) => id === 'mutex-held-over-add') ?? mutants[0] ?? never())).toContain(
    'D-2',
  );
  expect(killers(mutants.find(({ id }) => id === 'limit-not-undone') ?? mutants[0] ?? never())).toContain(
    'T-2',
  );
});

function never(): never {
  throw new Error('there are mutants');
}
