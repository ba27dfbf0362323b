/** Findings down, variants across, oldest first: where each is seen, by its shortest run. */
import { padEnd, type Style, widthOf } from './style.ts';

export interface History {
  readonly scope: string;
  /** Oldest first. */
  readonly variants: readonly string[];
  readonly findings: readonly {
    readonly id: string;
    readonly title: string;
    readonly shown: readonly {
      readonly variant: string;
      readonly property: string;
      readonly length: number;
    }[];
  }[];
  /** Violations without a name: not in the catalog for this scope. */
  readonly unnamed: readonly { readonly variant: string; readonly property: string }[];
  readonly reproduce: string;
}

/** `I-10 in 22`: the property that shows it first. */
function cell(finding: History['findings'][number], variant: string): string {
  const here = finding.shown.filter((one) => one.variant === variant);
  const first = here.reduce<(typeof here)[number] | undefined>(
    (best, one) => (best === undefined || one.length < best.length ? one : best),
    undefined,
  );
  return first === undefined ? '·' : `${first.property} in ${first.length}`;
}

export function renderHistory(history: History, style: Style): string {
  const heads = history.findings.map(({ id, title }) => `${padEnd(id, 14)}  ${title}`);
  const width = Math.max(...heads.map(widthOf));
  const columns = history.variants.map((variant) =>
    Math.max(widthOf(variant), ...history.findings.map((finding) => widthOf(cell(finding, variant)))),
  );
  const line = (head: string, cells: readonly string[]): string =>
    [padEnd(head, width), ...cells.map((text, at) => padEnd(text, columns[at] ?? 0))].join('  ').trimEnd();
  const unnamed = history.unnamed.map(({ variant, property }) => `${variant} ${property}`);
  return [
    style.heading(line('', history.variants)),
    ...history.findings.map((finding, at) =>
      line(
        heads[at] ?? '',
        history.variants.map((variant) => cell(finding, variant)),
      ),
    ),
    '',
    style.faint(`The property with the shortest run that shows it, in scope ${history.scope}.`),
    ...(unnamed.length === 0
      ? []
      : [style.bad(`violated and without a name in the catalog: ${unnamed.join(', ')}`)]),
    '',
  ].join('\n');
}

export function renderHistoryJson(history: History): string {
  return `${JSON.stringify({ schema: 'ballast.history/1', ...history }, null, 2)}\n`;
}
