/**
 * The report page: a run and what stands beside it, put into the built template as data. Data in, HTML out.
 */
import { PAGE_SCHEMA, type PageData } from './page-data.ts';

/** Everything of the page that its caller finds; what nobody has found is an empty list, and the page says what fills it. */
export type PageParts = Omit<PageData, 'schema'>;

const pageData = (parts: PageParts): PageData => ({ schema: PAGE_SCHEMA, ...parts });

/** The element of the template that the data goes into, and what stands in it before. */
const SLOT = '<script id="ballast-data" type="application/json">null</script>';
const CONNECT = "connect-src 'none'";

/**
 * The page as one file. `reach` is `self` where the page may talk to the server it came from (the live explorer).
 * Throws if the template is not one of ours.
 */
export function renderPage(template: string, parts: PageParts, reach: 'none' | 'self' = 'none'): string {
  const at = template.indexOf(SLOT);
  if (at < 0 || !template.includes(CONNECT)) throw new Error('the page template has no place for data');
  const filled = [
    template.slice(0, at),
    SLOT.replace('null', () => embedded(pageData(parts))),
    template.slice(at + SLOT.length),
  ].join('');
  if (reach === 'none') return filled;
  return filled.replace(CONNECT, "connect-src 'self'").replace('data-reach="none"', 'data-reach="self"');
}

/** JSON that no HTML parser takes for a tag or a comment, with every control character made visible. */
function embedded(data: PageData): string {
  const timeless = { ...data, run: { ...data.run, searches: data.run.searches.map(withoutTime) } };
  const json = JSON.stringify(timeless, (_, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  );
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e').replaceAll('&', '\\u0026');
}

/** Same input, same bytes: how long a search took is no part of the result. */
const withoutTime = <T extends { readonly seconds: number }>(search: T): T => ({ ...search, seconds: 0 });

const PICTURES = 0x2400;
const DELETE = 0x7f;

/**
 * A text as a person should see it: control characters (a log may hold terminal escapes) as their pictures, characters
 * that turn the direction of writing, or have no width, as their number. Line ends and tabs stay.
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (one === '\n' || one === '\t') return one;
    if (code < 0x20) return String.fromCodePoint(PICTURES + code);
    return code === DELETE ? '\u2421' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}
