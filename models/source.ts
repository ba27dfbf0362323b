/**
 * Where in models/ a transition is written, so that reports can point at it. The table is generated (source-lines.ts).
 * A line is where the family stands in the state, or the helper (`each`, `complete`, …) that puts it there; of a list of
 * moves, the nth move. Where variants write a move in different places, it is the first variant's.
 */
import { sourceLines } from './source-lines.ts';

export interface SourceLine {
  /** Relative to the root of the project: `models/section.ts`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** Lines of one family in one state: of the family, and of each move where there are several. */
type Lines = readonly [SourceLine, ...SourceLine[]];

/** `kind state` or `kind state family`. */
let table: ReadonlyMap<string, Lines> | undefined;

/**
 * The line of a control state, of a family in it, or of the family's nth move (from 0).
 * `kind` is a chart's kind; the boot pseudo-section is `boot`. Undefined where the models say nothing.
 */
export function sourceOf(
  kind: string,
  state: string,
  family?: string,
  move?: number,
): SourceLine | undefined {
  table ??= parsed(sourceLines);
  const lines = table.get(family === undefined ? `${kind} ${state}` : `${kind} ${state} ${family}`);
  return (move === undefined ? undefined : lines?.[move + 1]) ?? lines?.[0];
}

/** Every place that the table knows, with all lines of its moves. */
export function sourcePlaces(): ReadonlyMap<string, Lines> {
  table ??= parsed(sourceLines);
  return table;
}

/** A row reads `kind state file:line family:line family:line/line/line …`; a file stands where it changes. */
function parsed(rows: readonly string[]): ReadonlyMap<string, Lines> {
  const places = new Map<string, Lines>();
  for (const row of rows) {
    const [kind = '', state = '', ...words] = row.split(' ');
    let file = '';
    for (const word of words) {
      const parts = word.split(':');
      const lines = parts.at(-1) ?? '';
      const isState = parts.length === 2 && parts[0]?.endsWith('.ts') === true;
      const named = parts.find((part) => part.endsWith('.ts'));
      if (named !== undefined) file = `models/${named}`;
      const [line, ...moves] = lines.split('/').map((text) => ({ file, line: Number(text) }));
      if (line !== undefined)
        places.set(isState ? `${kind} ${state}` : `${kind} ${state} ${parts[0]}`, [line, ...moves]);
    }
  }
  return places;
}
