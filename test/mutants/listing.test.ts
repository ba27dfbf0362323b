/** properties/mutants/all.ts is generated from the files beside it, so that a new mutant is one file. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const folder = '../../properties/mutants';

const camel = (slug: string): string => slug.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

it('lists every file of the folder', async () => {
  const slugs = readdirSync(new URL(folder, import.meta.url))
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((slug) => slug !== 'all')
    .sort();
  const text = `/** Every mutant, by its file. Generated from what stands in this folder: \`npm run golden\` writes it anew, a test keeps it fresh. */
import type { Mutant } from '../mutant.ts';
${slugs.map((slug) => `import { ${camel(slug)} } from './${slug}.ts';`).join('\n')}

const known: Mutant[] = [
${slugs.map((slug) => `  ${camel(slug)},`).join('\n')}
];

export const mutants: readonly Mutant[] = known;

/** One from outside the tree (\`--models\`); before anything is planned, never later. */
export const addMutant = (mutant: Mutant): void => void known.push(mutant);
`;
  await expect(text).toMatchFileSnapshot(`${folder}/all.ts`);
});
