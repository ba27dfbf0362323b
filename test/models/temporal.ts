/** A row's properties on request, judged once more by slow judges on XState's own graph. */
import { expect } from 'vitest';
import type { Form } from '../../models/form.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import type { Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { onRequest } from '../../properties/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { requestedOutcome } from '../support/explored.ts';
import { largerLassos } from '../support/larger-lasso.ts';
import { exploreNaively } from '../support/naive.ts';
import { lassoFaults, naiveGraph } from '../support/naive-lasso.ts';

interface Judged {
  readonly id: string;
  /** Shortest prefix and states on fair loops; undefined where it holds. */
  readonly ours: { readonly length: number; readonly count: number } | undefined;
  readonly slow: { readonly length: number; readonly count: number } | undefined;
  /** What the definition finds wrong with the lasso shown. */
  readonly faults: readonly string[];
}

function judgedTwice(protocol: Protocol, scope: Scope, form: Form): readonly Judged[] {
  const model = guestModel(protocol, form, scope);
  const graph = naiveGraph(model);
  const others = onRequest.filter(({ watch }) => watch.kind !== 'temporal');
  const naive = exploreNaively(
    model,
    others.map(({ watch }) => watch),
  );
  return requestedOutcome(protocol, scope, form).cases.map(({ property, verdict }) => {
    const watch = onRequest.find(({ id }) => id === property)?.watch;
    if (watch?.kind !== 'temporal') {
      const slow = naive.violations[others.findIndex(({ id }) => id === property)];
      if (verdict.kind !== 'violated') return { id: property, ours: undefined, slow, faults: [] };
      const ours = { length: verdict.trace.length, count: verdict.violating };
      return { id: property, ours, slow, faults: [] };
    }
    const slow = largerLassos(graph, watch);
    if (verdict.kind !== 'violated') return { id: property, ours: undefined, slow, faults: [] };
    const { trace, violating: count, loopFrom: length = trace.length } = verdict;
    const faults = lassoFaults(graph, watch, trace.slice(0, length), trace.slice(length));
    return { id: property, ours: { length, count }, slow, faults };
  });
}

/** Ours and the slow judge agree, the lassos are lassos, and where a row expects verdicts it says the same. */
export function expectJudgedTwice(protocol: Protocol, scope: Scope, form: Form = pv64): void {
  const judged = judgedTwice(protocol, scope, form);
  for (const { id, ours, slow, faults } of judged) {
    expect(ours, id).toEqual(slow);
    expect(faults, id).toEqual([]);
  }
  const row = catalog.find(
    (one) => one.variant === protocol.id && one.scope === scope.name && one.form === form.id,
  );
  const expected = row?.expectation.onRequest ?? {};
  const lengths = judged.flatMap(({ id, ours }) => (id in expected ? [[id, ours?.length]] : []));
  expect(Object.fromEntries(lengths)).toEqual(
    Object.fromEntries(Object.entries(expected).map(([id, { length }]) => [id, length])),
  );
}
