import { expect, it } from 'vitest';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { ACTORS } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { renderLabelTable } from '../../reports/label-table.ts';

it('models/labels.md is what the alphabets say', async () => {
  const scope = { ...single, onlining: 'both' as const, actors: ACTORS };
  const models = variants.map((protocol) => ({
    variant: protocol.id,
    model: guestModel(protocol, pv64, scope),
  }));
  await expect(renderLabelTable(models)).toMatchFileSnapshot('../../models/labels.md');
});
