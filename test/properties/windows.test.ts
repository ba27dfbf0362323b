/** Every window of the reference is in the table, and what the table says shows it does. */
import { describe, expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { windows } from '../../properties/windows.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';

/** By variant: 2010, 3.1 and what was posted before it, 4.4 and 4.11, mainline. */
const IDS = ['0abcd', '1abcd', '2abcdef', '3abcdefghijk'].flatMap(([era = '', ...letters]) =>
  letters.map((letter) => `W${era}${letter}`),
);
/** Short runs are found long before a scope is exhausted. */
const STATES_MAX = 60_000;

function productIn(variant: string, scope: string) {
  const protocol = variants.find(({ id }) => id === variant);
  const bounds = scopes.find(({ name }) => name === scope);
  if (protocol === undefined || bounds === undefined) throw new Error(`no ${variant}/${scope}`);
  return expectOk(composeProduct(guestModel(protocol, pv64, bounds)), 'a shipped variant');
}

it('every window of the reference is there, in order', () => {
  expect(windows.map(({ id }) => id)).toEqual(IDS);
});

describe.each(windows)('$id, $what', ({ id, shown }) => {
  if (shown.by === 'nothing') {
    it(`is not shown: ${shown.why}`, () => expect(shown.why.length).toBeGreaterThan(10));
    return;
  }
  if (shown.by === 'row') {
    it(`breaks ${shown.property} of ${shown.variant}`, () => {
      const row = catalog.find(({ variant, scope }) => variant === shown.variant && scope === shown.scope);
      const verdict = row?.expectation.verdicts[shown.property];
      expect(verdict?.kind, id).toBe('violated');
      expect(verdict?.finding).toBeDefined();
    });
    return;
  }
  it(`is reached by ${shown.variant}`, () => {
    const product = productIn(shown.variant, shown.scope);
    if (shown.by === 'label') {
      const { fired } = explore(product, [], { statesMax: STATES_MAX });
      expect(product.labels.some(({ type }, at) => type === shown.family && (fired[at] ?? 0) > 0)).toBe(true);
      return;
    }
    const watch = { kind: 'state', perIndex: false, clauses: [shown.all] } as const;
    const found = explore(product, [watch], { statesMax: STATES_MAX });
    const violation = found.violations[0];
    expect(violation && found.path(violation.state).length).toBe(shown.length);
  });
});
