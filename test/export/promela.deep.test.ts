/** SPIN on every row of the catalog. */
import { expect, it } from 'vitest';
import { catalog } from '../../properties/catalog.ts';
import { SPIN_NEEDS } from '../../src/cli/confirm/spin.ts';
import { realShell } from '../../src/cli/shell.ts';
import { ballast, world } from '../cli/fake-io.ts';

const missing = SPIN_NEEDS.filter((program) => !realShell.has(program));
if (missing.length > 0) console.warn(`SKIPPED: SPIN is not asked, ${missing.join(' and ')} cannot be run`);

it.skipIf(missing.length > 0).each(catalog.map(({ variant, scope }) => [variant, scope] as const))(
  'SPIN agrees on %s/%s: counts and verdicts',
  async (variant, scope) => {
    const ran = await ballast(`confirm --variant ${variant} --scope ${scope}`, world({ shell: realShell }));
    expect(ran.out()).toContain('agrees');
    expect(ran.exit).toBe(0);
  },
);
