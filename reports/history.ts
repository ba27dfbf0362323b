/** Findings down, variants across, oldest first: where each is seen, by its shortest run. */
import { counted, padEnd, type Style, widthOf } from './style.ts';

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

/** For a terminal of `width` columns: variants that do not fit beside the others go to a block below. */
export function renderHistory(history: History, style: Style, width: number): string {
  const shown = history.findings.filter((finding) => finding.shown.length > 0);
  const idWidth = Math.max(0, ...shown.map(({ id }) => widthOf(id)));
  const heads = shown.map(({ id, title }) => `${padEnd(id, idWidth)}  ${title}`);
  const left = Math.max(0, ...heads.map(widthOf));
  const columns = history.variants.map((variant) => ({
    variant,
    width: Math.max(widthOf(variant), ...shown.map((finding) => widthOf(cell(finding, variant)))),
  }));
  const unnamed = history.unnamed.map(({ variant, property }) => `${variant} ${property}`);
  const elsewhere = history.findings.length - shown.length;
  const blocks = sideBySide(columns, width - left).map((block) => {
    const line = (head: string, cells: readonly string[]): string =>
      [padEnd(head, left), ...cells.map((text, at) => padEnd(text, block[at]?.width ?? 0))]
        .join('  ')
        .trimEnd();
    const isIn = (finding: History['findings'][number]): boolean =>
      finding.shown.some((one) => block.some(({ variant }) => variant === one.variant));
    const rows = shown.flatMap((finding, at) =>
      isIn(finding)
        ? [
            line(
              heads[at] ?? '',
              block.map(({ variant }) => cell(finding, variant)),
            ),
          ]
        : [],
    );
    return [
      style.heading(
        line(
          '',
          block.map(({ variant }) => variant),
        ),
      ),
      ...rows,
      ...(rows.length === 0 ? [line('none of these', [])] : []),
      '',
    ];
  });
  return [
    ...blocks.flat(),
    style.faint(`The property with the shortest run that shows it, in scope ${history.scope}.`),
    ...(elsewhere === 0
      ? []
      : [
          style.faint(
            `${counted(elsewhere, 'finding')} not shown in this scope by any of these: ballast check --list`,
          ),
        ]),
    ...(unnamed.length === 0
      ? []
      : [style.bad(`violated and without a name in the catalog: ${unnamed.join(', ')}`)]),
    '',
  ].join('\n');
}

/** As many as fit, at least one. */
function sideBySide<T extends { readonly width: number }>(columns: readonly T[], width: number): T[][] {
  const blocks: T[][] = [];
  let used = Number.POSITIVE_INFINITY;
  for (const column of columns) {
    if (used + column.width + 2 > width) {
      blocks.push([]);
      used = 0;
    }
    blocks.at(-1)?.push(column);
    used += column.width + 2;
  }
  return blocks;
}

export function renderHistoryJson(history: History): string {
  return `${JSON.stringify({ schema: 'ballast.history/1', ...history }, null, 2)}\n`;
}
