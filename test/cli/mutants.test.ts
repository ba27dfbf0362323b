import { describe, expect, it } from 'vitest';
import { mutants } from '../../properties/mutants/all.ts';
import { renderMutants } from '../../reports/mutants.ts';
import { plain } from '../../reports/style.ts';
import { ballast } from './fake-io.ts';

describe('ballast mutants', () => {
  it('kills every mutant with the property meant to, and needs every property', async () => {
    const ran = await ballast('mutants --quiet');
    expect(ran.exit).toBe(0);
    expect(ran.out()).toContain(
      `${mutants.length} of ${mutants.length} mutants killed by the property meant to.`,
    );
    expect(ran.out()).toContain('Every property kills one.');
    expect(ran.out()).toMatch(/without\s+I-21,\s+cap-not-checked/);
  });

  it('refuses a mutant that there is not', async () => {
    const ran = await ballast('mutants --mutant no-rolback');
    expect(ran.exit).toBe(64);
    expect(ran.err()).toContain('there is no mutant no-rolback (expected no-rollback)');
  });
});

it('a mutant that its own property misses survives, even if another kills it', () => {
  const results = [{ id: 'm', base: 'lifecycle', scope: 'single', caughtBy: 'I-9', kills: { 'I-10': 4 } }];
  const text = renderMutants(results, ['I-9', 'I-10'], plain, 100);
  expect(text).toContain('0 of 1 mutant killed');
  expect(text).toContain('survives: m is not caught by I-9');
  expect(text).toContain('Kill none of these: I-9.');
  expect(text).toContain('without I-10, m');
});
