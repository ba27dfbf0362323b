/** A variable that two charts keep is the same in both, whoever writes it: no guard reads the other's copy, so nothing else would tell. */
import { expect, it } from 'vitest';
import { hvm64 } from '../../models/forms/hvm.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { fillsToTarget } from '../../models/protocol.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import type { Condition, StateWatch } from '../../src/compose/observation.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';

/** Breadth first, so every family that an early state offers is taken. */
const STATES_MAX = 200;

const counting: readonly Condition[] = [
  {
    sum: { 'books.wrapped': 1, 'books.overflow': 1, 'need.wrapped': 1, 'need.overflow': 1 },
    is: 'equal',
    to: 0,
  },
];
const same = (one: string, other: string): StateWatch => ({
  kind: 'state',
  perIndex: false,
  clauses: [[...counting, { sum: { [one]: 1, [other]: -1 }, is: 'unequal', to: 0 }]],
});

const cases = variants
  .filter(({ claimFirst }) => claimFirst)
  .flatMap((protocol) =>
    scopes.map(
      (scope) => [protocol.id, scope.name, protocol, scope, scope.bootPod > 0 ? hvm64 : pv64] as const,
    ),
  );

it.each(cases)(
  '%s/%s: need has the target of books, and its current where it fills to the target',
  (...of) => {
    const [, , protocol, scope, form] = of;
    const watches = [
      same('need.target', 'books.target'),
      ...(fillsToTarget(protocol) ? [same('need.total', 'books.current')] : []),
    ];
    const product = expectOk(composeProduct(guestModel(protocol, form, scope)), 'it is within the fragment');
    const found = explore(product, watches, { statesMax: STATES_MAX });
    const apart = found.violations.flatMap((violation) =>
      violation === undefined
        ? []
        : [found.path(violation.state).map((id) => labelText(product.labels[id] as never))],
    );
    expect(apart).toEqual([]);
  },
);
