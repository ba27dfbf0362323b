/** Larger and larger scopes: what each shows that none before did. */
import { counted, padEnd, padStart, type Style, thousands, widthOf, wrap } from './style.ts';

export interface GrowthRow {
  /** `2x2`: sections and pages of one. */
  readonly scope: string;
  readonly states: number;
  readonly transitions: number;
  /** All of it was visited. */
  readonly complete: boolean;
  /** Control states, transitions by family and guard outcomes seen. */
  readonly elements: number;
  /** Properties violated. */
  readonly violated: readonly string[];
  /** Elements and violations that no scope before has shown. */
  readonly fresh: readonly string[];
}

export interface Growth {
  readonly variant: string;
  readonly rows: readonly GrowthRow[];
  readonly reproduce: string;
}

/** How many of a row's news are listed by name. */
const LISTED_MAX = 6;

export function renderGrowth(growth: Growth, style: Style, width: number): string {
  const heads = ['scope', 'states', 'transitions', 'seen', 'new', 'violated'];
  const lines = growth.rows.map((row) => [
    row.scope,
    thousands(row.states) + (row.complete ? '' : '+'),
    thousands(row.transitions) + (row.complete ? '' : '+'),
    String(row.elements),
    String(row.fresh.length),
    row.violated.join(' '),
  ]);
  const columns = heads.map((head, at) =>
    Math.max(...[head, ...lines.map((line) => line[at] ?? '')].map(widthOf)),
  );
  const text = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        at > 0 && at < 5 ? padStart(cell, columns[at] ?? 0) : padEnd(cell, columns[at] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const late = growth.rows.filter(({ fresh }, at) => at > 0 && fresh.length > 0);
  return [
    style.heading(text(heads)),
    ...lines.map(text),
    '',
    ...late.flatMap(({ scope, fresh }) =>
      wrap(
        `${scope} is the first to show ${fresh.slice(0, LISTED_MAX).join('; ')}${fresh.length > LISTED_MAX ? `; and ${fresh.length - LISTED_MAX} more` : ''}`,
        width,
      ).map(style.faint),
    ),
    ...wrap(conclusion(growth), width),
    ...wrap(
      'seen: control states, transitions by family, guard outcomes. Evidence that small scopes are enough, not a proof; + is not all of a scope.',
      width,
    ).map(style.faint),
    '',
  ].join('\n');
}

function conclusion({ variant, rows }: Growth): string {
  const last = rows.findLastIndex(({ fresh }) => fresh.length > 0);
  const after = rows.slice(last + 1);
  const whole = after.filter(({ complete }) => complete).length;
  if (after.length === 0) return `${variant}: the largest scope tried still shows something new.`;
  const cut = after.length - whole;
  return `${variant}: nothing new after ${rows[last]?.scope}, in ${counted(whole, 'larger scope')} visited whole${cut === 0 ? '' : ` and ${cut} in part`}.`;
}

export function renderGrowthJson(growth: Growth): string {
  return `${JSON.stringify({ schema: 'ballast.grow/1', ...growth }, null, 2)}\n`;
}
