/**
 * Text as XML 1.0. Characters that XML cannot hold (control characters, lone surrogates) become U+FFFD, so a file always parses.
 */

/** Controls, lone surrogates (whole pairs are one character here) and the two that are no characters. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const KEPT = '\t\n\r';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A parser would turn these into spaces inside an attribute.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

const allowed = (text: string): string =>
  text.replace(FORBIDDEN, (found) => (KEPT.includes(found) ? found : '\ufffd'));
const entity = (found: string): string => ENTITIES[found] ?? found;

/** Between tags. `>` is always written as an entity, so that `]]>` cannot occur. */
const xmlText = (text: string): string => allowed(text).replace(/[&<>\r]/g, entity);

/** Between double quotes. */
export const xmlAttribute = (text: string): string => allowed(text).replace(/[&<>"\n\r\t]/g, entity);

/** `<name a="1" b="2">`, with what stands inside; undefined attributes are left out. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  inside: readonly string[] = [],
): string {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlAttribute(String(value))}"`],
  );
  return inside.length === 0
    ? `<${name}${list.join('')}/>`
    : `<${name}${list.join('')}>\n${inside.join('\n')}\n</${name}>`;
}

/** An element whose content is text, kept as it is. */
export function textElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  text: string,
): string {
  const list = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${xmlAttribute(String(value))}"`],
  );
  return `<${name}${list.join('')}>${xmlText(text)}</${name}>`;
}
