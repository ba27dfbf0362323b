/** Every historical bug is a mutant of its name or is said to be none, with a reason. */
import { expect, it } from 'vitest';
import { historicalBugs, leftOut } from '../../models/historical-bugs.ts';
import { mutants } from '../../properties/mutants/all.ts';

const slugs = historicalBugs.map(({ slug }) => slug);
const planted = new Set(mutants.map(({ id }) => id));

it('there are 84, each once', () => {
  expect(new Set(slugs).size).toBe(84);
  expect(slugs).toHaveLength(84);
});

it.each(slugs)('%s is a mutant, or there is a reason why not', (slug) => {
  const why = leftOut[slug];
  expect([planted.has(slug), why !== undefined]).toSatisfy(([is, isNot]) => is !== isNot);
  if (why !== undefined) expect(why.length).toBeGreaterThan(10);
});

it('no reason is given for what is no historical bug', () => {
  expect(Object.keys(leftOut).filter((slug) => !slugs.includes(slug))).toEqual([]);
});
