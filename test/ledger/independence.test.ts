/** The ledger is no opinion of the charts: what it may import is on one line. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOM = fileURLToPath(new URL('../../src/ledger/', import.meta.url));
const ALLOWED = /^(\.\/[a-z-]+\.ts|\.\.\/core\/label\.ts)$/;

const importsOf = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map(([, specifier]) => specifier ?? '');

it('imports nothing but itself and the shape of a label', () => {
  const files = readdirSync(ROOM).filter((name) => name.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(3);
  for (const name of files)
    for (const specifier of importsOf(readFileSync(`${ROOM}${name}`, 'utf8')))
      expect(specifier, name).toMatch(ALLOWED);
});

it('would notice an import of a chart', () => {
  for (const line of [
    "import { sectionChart } from '../../models/guest/section.ts';",
    "import type { Protocol } from '../../models/protocol.ts';",
    "import { Stepper } from '../step/stepper.ts';",
    "await import('xstate')",
  ])
    expect(importsOf(line).every((specifier) => ALLOWED.test(specifier))).toBe(false);
});
