/** Guest forms: which exist, for whom, and what one that does not exist says of itself. */
import { describe, expect, it } from 'vitest';
import { findForm, formOf, forms } from '../../models/forms/all.ts';
import { hvm64 } from '../../models/forms/hvm.ts';
import { pv32, pv64 } from '../../models/forms/pv.ts';
import { pvhDom0 } from '../../models/forms/pvh.ts';
import { guestModel } from '../../models/guest.ts';
import { pair, single } from '../../models/scopes.ts';
import { lifecycle } from '../../models/variants/lifecycle.ts';
import { v1c } from '../../models/variants/v1c.ts';
import { v3 } from '../../models/variants/v3.ts';
import { ballast } from '../cli/fake-io.ts';
import { explored } from '../support/explored.ts';

const codes = (result: ReturnType<typeof findForm>) =>
  result.ok ? [] : result.problems.map(({ code }) => code);

describe('a form', () => {
  it('holds as many extents a call as a page holds longs, and whole sections in its addresses', () => {
    for (const { batch, highmem, pagesPerSection, physicalBits } of forms) {
      expect(batch).toBe(4096 / (highmem ? 4 : 8));
      expect(2 ** (physicalBits - 12) % pagesPerSection).toBe(0);
    }
  });

  it('that no kernel has is refused with the reason, an unknown one with those that are', () => {
    expect(codes(findForm('pv-i386'))).toEqual(['FORM_IMPOSSIBLE']);
    expect(codes(findForm('arm64'))).toEqual(['UNKNOWN_FORM']);
  });

  it('is absent where the kernel of a variant is too old or too new for it', () => {
    expect(codes(formOf(pv32.id, v3))).toEqual(['FORM_ABSENT']);
    expect(codes(formOf(pvhDom0.id, v1c))).toEqual(['FORM_ABSENT']);
    expect(codes(formOf(pv32.id, v1c))).toEqual([]);
    for (const { id } of forms) expect(codes(formOf(id, lifecycle))).toEqual([]);
  });

  it('in which Xen owns the P2M has no leaf to allocate', () => {
    const has = (form: typeof pv64) =>
      guestModel(v3, form, single).alphabet.some(({ type }) => type === 'p2m.enomem');
    expect([has(pv64), has(hvm64)]).toEqual([true, false]);
  });
});

describe('Linux 3.1 on 32 bits', () => {
  it('never adds a second section: max_pfn does not move, so the next request is for what it has', () => {
    const added = (form: typeof pv64) => {
      const { found, product } = explored(v1c, pair, form);
      return product.labels.some(
        ({ type, first, count = 0 }, id) =>
          type === 'add.ok' && (first ?? 0) > 0 && count > 0 && (found.fired[id] ?? 0) > 0,
      );
    };
    expect([added(pv64), added(pv32)]).toEqual([true, false]);
  });
});

describe('--form', () => {
  it('checks a variant in the form that it names', async () => {
    const ran = await ballast('check --variant lifecycle --scope single --form pvh-dom0 --json --quiet');
    const { searches, cases } = JSON.parse(ran.out());
    expect(searches.map(({ form }: { form: string }) => form)).toEqual(['pvh-dom0']);
    expect(new Set(cases.map(({ verdict }: { verdict: { kind: string } }) => verdict.kind))).toEqual(
      new Set(['holds']),
    );
    expect(cases[0].reproduce).toContain('--form pvh-dom0');
  });

  it('is refused with every reason at once', async () => {
    const ran = await ballast('check --variant v3 --form pv-i386-pae pv-i386 arm64');
    expect(ran.exit).toBe(64);
    for (const code of ['FORM_ABSENT', 'FORM_IMPOSSIBLE', 'UNKNOWN_FORM']) expect(ran.err()).toContain(code);
  });
});
