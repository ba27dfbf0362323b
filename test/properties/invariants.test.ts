/** The table of I-1 to I-44 in properties/README.md says of each what is so. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { everyProperty } from '../../properties/all.ts';

const text = readFileSync(new URL('../../properties/README.md', import.meta.url), 'utf8');
const rows = [...text.matchAll(/^\| (I-\d+) \| (.+) \|$/gm)].map(([, id = '', where = '']) => ({
  id,
  where,
}));
const ids = everyProperty().map(({ id }) => id);

it('it has every id once, in order', () => {
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 44 }, (_, at) => `I-${at + 1}`));
});

it.each(rows)('$id: $where', ({ id, where }) => {
  expect(where === 'built').toBe(ids.includes(id));
  // Whatever it is said to follow from exists.
  const named = [...where.matchAll(/\b[A-Z]-\d+\b/g)].map(([name]) => name);
  expect(named.filter((name) => !ids.includes(name))).toEqual([]);
});
