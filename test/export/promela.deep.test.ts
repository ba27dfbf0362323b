/** SPIN on every row of the catalog. */
import { expect, it } from 'vitest';
import { catalog } from '../../properties/catalog.ts';
import { SPIN_NEEDS } from '../../src/cli/confirm/spin.ts';
import { realShell } from '../../src/cli/shell.ts';
import { ballast, world } from '../cli/fake-io.ts';

const missing = SPIN_NEEDS.filter((program) => !realShell.has(program));
if (missing.length > 0) console.warn(`SKIPPED: SPIN is not asked, ${missing.join(' and ')} cannot be run`);

it
  .skipIf(missing.length > 0)
  .each(catalog.map(({ variant, scope, form }) => [variant, scope, form] as const))(
  'SPIN agrees on %s/%s on %s: counts and verdicts',
  async (variant, scope, form) => {
    const words = `confirm --variant ${variant} --scope ${scope} --form ${form}`;
    const ran = await ballast(words, world({ shell: realShell }));
    expect(ran.out()).toContain('agrees');
    expect(ran.exit).toBe(0);
  },
);
