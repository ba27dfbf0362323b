/** Patches by name: every single change of a shipped driver either is a driver, or is said not to be one. */

import { describe, expect, it } from 'vitest';
import { contradiction, driverChoices, patchName, readPatch, singleChanges } from '../../models/choices.ts';
import { pv64 } from '../../models/forms/pv.ts';
import { guestModel } from '../../models/guest.ts';
import { single } from '../../models/scopes.ts';
import { variants } from '../../models/variants/all.ts';
import { v3 } from '../../models/variants/v3.ts';
import { v3Patched } from '../../models/variants/v3-patched.ts';
import { composeProduct, tableProblems } from '../../src/compose/product.ts';
import { expectOk } from '../../src/core/result.ts';
import { explore } from '../../src/search/search.ts';

describe('every single change', () => {
  it.each(variants)('of $id makes a model without problems, or contradicts itself', (base) => {
    expect(contradiction(base)).toBeUndefined();
    const changes = singleChanges(base);
    expect(changes.length).toBeGreaterThanOrEqual(Object.keys(driverChoices).length);
    let made = 0;
    for (const { field, value } of changes) {
      const name = patchName(base.id, field, value);
      const read = readPatch(name, variants);
      const why = contradiction({ ...base, [field]: value });
      expect(read.ok, name).toBe(why === undefined);
      if (!read.ok) continue;
      made++;
      expect(read.value[field], name).toBe(value);
      const product = expectOk(composeProduct(guestModel(read.value, pv64, single)), name);
      const found = explore(product, [], { statesMax: 3000 });
      expect([name, found.refusals, tableProblems(product)]).toEqual([name, [], []]);
    }
    expect(made).toBeGreaterThan(10);
  });
});

describe('a patch by its name', () => {
  it('is the variant file that it spells out', () => {
    const {
      id: _,
      summary: __,
      ...fields
    } = expectOk(readPatch('v3+callback=testP2m', variants), 'it exists');
    const { id: ___, summary: ____, ...shipped } = v3Patched;
    expect(fields).toEqual(shipped);
  });

  it('may change several fields', () => {
    const read = expectOk(readPatch('v3+runs=work+runMax=1', variants), 'both exist');
    expect(read).toEqual({ ...v3, id: read.id, summary: read.summary, runs: 'work', runMax: 1 });
  });

  it('says all that is wrong with it', () => {
    const read = readPatch('v9+callbak=testP2m+runs=fibre', variants);
    expect(read.ok ? [] : read.problems.map(({ code }) => code)).toEqual([
      'UNKNOWN_VARIANT',
      'UNKNOWN_FIELD',
      'UNKNOWN_VALUE',
    ]);
  });

  it('is refused where a change changes nothing, comes twice or is cut off', () => {
    const codes = (text: string) => {
      const read = readPatch(text, variants);
      return read.ok ? [] : read.problems.map(({ code }) => code);
    };
    expect(codes('v3+claimFirst=true')).toEqual(['NO_CHANGE']);
    expect(codes('v3+callback=testP2m+callback=allocator')).toEqual(['FIELD_TWICE']);
    expect(codes('v3+callback=testP2m=x')).toEqual(['UNKNOWN_VALUE']);
    expect(codes('v3+callback')).toEqual(['UNKNOWN_VALUE']);
    expect(codes('v3+')).toEqual(['UNKNOWN_FIELD']);
  });

  it('is refused where no driver can be like that', () => {
    const read = readPatch('v3+addsAt=end', variants);
    expect(read.ok ? [] : read.problems).toMatchObject([{ code: 'CONTRADICTION' }]);
  });
});
