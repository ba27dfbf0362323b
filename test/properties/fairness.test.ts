/** Fairness speaks of everybody: whoever is left out may stand still for ever, and every temporal property is broken by that. */
import { describe, expect, it } from 'vitest';
import type { Form } from '../../models/form.ts';
import { formOf, forms } from '../../models/forms/all.ts';
import { balloonChart } from '../../models/guest/balloon.ts';
import { pageUserChart } from '../../models/guest/page-user.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v3 } from '../../models/variants/v3.ts';
import { everyProperty } from '../../properties/all.ts';
import { begunGoesOn, calm, failures } from '../../properties/fairness.ts';
import { fairnessText } from '../../src/check/lasso-text.ts';
import { runSearch } from '../../src/check/run-search.ts';
import type { ModelChart } from '../../src/core/chart.ts';
import { expectOk } from '../../src/core/result.ts';
import { taskOf } from '../support/explored.ts';

/** Families that the chart initiates, in any variant, form and scope. */
function initiatedBy(make: (protocol: Protocol, form: Form, scope: Scope) => ModelChart): readonly string[] {
  const families = variants.flatMap((protocol) =>
    forms
      .filter((form) => formOf(form.id, protocol).ok)
      .flatMap((form) => scopes.flatMap((scope) => Object.entries(make(protocol, form, scope).families))),
  );
  return [...new Set(families.flatMap(([family, role]) => (role === 'initiates' ? [family] : [])))];
}

const namedScope = (name: string): Scope => {
  const found = scopes.find((scope) => scope.name === name);
  if (found === undefined) throw new Error(`there is no scope ${name}`);
  return found;
};

describe('fairness', () => {
  it('makes the driver take every step of its own, save failures that nobody has to send', () => {
    const goesOn = begunGoesOn.flatMap(({ families }) => families);
    expect(
      initiatedBy(balloonChart).filter((family) => !goesOn.includes(family) && !failures.includes(family)),
    ).toEqual([]);
  });

  it('does not make whoever borrows give back what it has, nor begin anew', () => {
    const goesOn = begunGoesOn.flatMap(({ families }) => families);
    const free = initiatedBy(pageUserChart).filter(
      (family) => !goesOn.includes(family) && !failures.includes(family),
    );
    expect(free).toEqual(expect.arrayContaining(['lend.begin', 'lend.free']));
    expect(calm).toContain('lend.begin');
  });

  it('tells of those who are there', () => {
    const watch = everyProperty().find(({ id }) => id === 'I-38')?.watch;
    if (watch?.kind !== 'temporal') throw new Error('I-38 is temporal');
    const told = (...families: string[]) => fairnessText(watch, new Set(families)).join('\n');
    expect(told('target.set', 'sleep')).not.toContain('lend.begin');
    expect(told('target.set', 'sleep', 'lend.begin', 'lend.done')).toContain('whoever borrows goes on');
  });
});

/** Verdict by property id, of these alone. */
function answers(protocol: Protocol, scope: Scope, ...ids: readonly string[]): Record<string, string> {
  const task = {
    ...taskOf(protocol, scope),
    properties: everyProperty().filter(({ id }) => ids.includes(id)),
  };
  const { cases } = expectOk(runSearch(task), 'it breaks no rule of the product');
  return Object.fromEntries(cases.map(({ property, verdict }) => [property, verdict.kind]));
}

describe('with further actors', () => {
  it('a driver that writes its P2M entry by entry goes on', () => {
    expect(answers(lifecycle, namedScope('p2m'), 'I-38', 'L-4')).toEqual({ 'I-38': 'holds', 'L-4': 'holds' });
  });

  it('a target is lost beside somebody who borrows, and nothing else blocks', () => {
    const small = {
      ...namedScope('lent'),
      name: 'lent-small',
      pagesPerSection: 1,
      targets: [2, 3],
      hostPages: 3,
    };
    const found = answers(v3, small, 'I-38', 'I-40', 'L-2', 'L-4');
    expect(found).toEqual({ 'I-38': 'holds', 'I-40': 'holds', 'L-2': 'holds', 'L-4': 'violated' });
  });
});
