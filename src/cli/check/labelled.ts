/**
 * Lines with a name on the left, as `--explain` prints them.
 */
import { padEnd, wrap } from '../../../reports/style.ts';

const LEFT = 14;
/** Columns that nothing explained is wider than. */
export const WIDTH = 108;

/** `name          text`, wrapped under itself; nothing where the text is empty. */
export function field(name: string, text: string): string[] {
  return wrap(text, WIDTH - LEFT).map((line, at) => `${padEnd(at === 0 ? name : '', LEFT)}${line}`);
}

/** Each text on lines of its own, the name before the first. */
export const fields = (name: string, texts: readonly string[]): string[] =>
  texts.flatMap((text, at) => field(at === 0 ? name : '', text));
