/** models/field-docs.ts, written from the doc comments of models/protocol.ts. */
import { readFileSync } from 'node:fs';

interface Documented {
  readonly part: string;
  readonly text: string;
}

/** Reads the record `Protocol`: a comment stands for the fields below it, up to the next; a line comment heads a part. */
export function readFieldDocs(source: string): ReadonlyMap<string, Documented> {
  const [, record = ''] = /export interface Protocol \{\n([\s\S]*?)\n\}/.exec(source) ?? [];
  const found = new Map<string, Documented>();
  let part = '';
  let text = '';
  for (const [, block, heading, field] of record.matchAll(
    /\/\*\*([\s\S]*?)\*\/|^ {2}\/\/ (.*)$|^ {2}readonly (\w+):/gm,
  )) {
    if (block !== undefined) text = block.replace(/\s*\n\s*\* ?/g, ' ').trim();
    if (heading !== undefined) part = heading;
    if (field !== undefined) found.set(field, { part, text });
  }
  return found;
}

export function fieldDocsFile(): string {
  const docs = readFieldDocs(readFileSync(new URL('../../models/protocol.ts', import.meta.url), 'utf8'));
  const quoted = (text: string): string => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);
  const lines = [...docs].map(([field, { part, text }]) => `  ${field}: [${quoted(part)}, ${quoted(text)}],`);
  return `/**
 * Generated: what protocol.ts says of each field, for \`check --explain\`. A test keeps it fresh (\`npm run golden\` writes it anew).
 */
// biome-ignore format: a line a field
export const fieldDocs: Readonly<Record<string, readonly [part: string, text: string]>> = {
${lines.join('\n')}
};
`;
}
