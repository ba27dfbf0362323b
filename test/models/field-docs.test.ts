/** models/field-docs.ts says of each field what protocol.ts says. */
import { expect, it } from 'vitest';
import { fieldDocs } from '../../models/field-docs.ts';
import { faithfulPlatform } from '../../models/protocol.ts';
import { v3 } from '../../models/variants/v3.ts';
import { fieldDocsFile, readFieldDocs } from './field-docs.ts';

it('is what protocol.ts says', async () => {
  await expect(fieldDocsFile()).toMatchFileSnapshot('../../models/field-docs.ts');
});

it('has every field', () => {
  const fields = new Set([...Object.keys(v3), ...Object.keys(faithfulPlatform)]);
  for (const field of ['id', 'summary']) fields.delete(field);
  for (const field of fields) expect(fieldDocs[field]?.[1] ?? '', field).toMatch(/^\S.*[.)]$/s);
});

it('takes a comment for the fields below it, and a line comment for the part', () => {
  const docs = readFieldDocs(`export interface Protocol {
  // One part
  /**
   * Of two
   * lines.
   */
  readonly a: boolean;
  readonly b: 1 | 2;

  // Another
  /** Its own. */
  readonly c: 'x' | 'y';
}
`);
  expect([...docs]).toEqual([
    ['a', { part: 'One part', text: 'Of two lines.' }],
    ['b', { part: 'One part', text: 'Of two lines.' }],
    ['c', { part: 'Another', text: 'Its own.' }],
  ]);
});
