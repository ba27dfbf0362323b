/** As agreement.test.ts, for every row of the catalog that says `naive`; some take minutes. */
import { expect, it } from 'vitest';
import { forms } from '../../models/forms/all.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { scopes } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { catalog } from '../../properties/catalog.ts';
import { countedTwice, printed } from '../support/agreement.ts';

const rows = catalog.filter(
  ({ countedBy, form, scope }) => countedBy === 'naive' && !(scope === 'single' && form === pv64.id),
);

it.each(rows.map((row) => [row.variant, row.scope, row.form, row] as const))(
  '%s/%s on %s is counted the same by both, and as the catalog says',
  (variant, scope, _, row) => {
    const protocol = variants.find(({ id }) => id === variant);
    const bounds = scopes.find(({ name }) => name === scope);
    const form = forms.find(({ id }) => id === row.form);
    if (protocol === undefined || bounds === undefined || form === undefined)
      throw new Error('the catalog names what there is');
    const { packed, naive } = countedTwice(protocol, bounds, form);
    expect(packed).toEqual(naive);
    expect(packed.refusals).toBe(0);
    const { states, transitions, depth } = row.expectation;
    expect(naive).toMatchObject({ states, transitions, depth });
    printed(protocol, bounds, naive);
  },
);
