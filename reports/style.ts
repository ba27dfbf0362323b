/**
 * Colours are chosen by the command line; a renderer only says what a piece of text is.
 */
export interface Style {
  readonly heading: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  /** Expected, and worth knowing all the same. */
  readonly known: (text: string) => string;
  readonly bad: (text: string) => string;
  /** A value that has just changed. */
  readonly changed: (text: string) => string;
}

const same = (text: string): string => text;

export const plain: Style = {
  heading: same,
  faint: same,
  good: same,
  known: same,
  bad: same,
  changed: same,
};

/** Columns that a text takes on a terminal: every character we print takes one. */
export const widthOf = (text: string): number => [...text].length;

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string =>
  ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** 1047132 as `1,047,132`. */
export const thousands = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

/** `1 label`, `2 labels`. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${thousands(n)} ${n === 1 ? one : many}`;

/** Breaks prose into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
