/** Two sections, every actor: the monitors raise no alarm for either block. */
import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { full } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { alarmOf, monitorsOf } from '../../src/cli/export/monitors.ts';
import { composeProduct } from '../../src/compose/product.ts';
import { labelText } from '../../src/core/label.ts';
import { expectOk } from '../../src/core/result.ts';

it.each(variants.map((variant) => [variant.id, variant] as const))(
  'accepts every run of %s in scope full',
  (_, variant) => {
    const model = guestModel(variant, pv64, full);
    for (const monitor of monitorsOf(expectOk(composeProduct(model), 'shipped variants obey the rules')))
      for (const index of monitor.kind.chart === 'block' ? [0, 1] : [0]) {
        const { run, complete } = alarmOf(model, monitor, { index, statesMax: 20_000_000 });
        expect(run?.map(labelText), `${monitor.kind.name} ${index}`).toBeUndefined();
        expect(complete).toBe(true);
      }
  },
  3_600_000,
);
