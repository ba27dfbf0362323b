/**
 * Where in models/ a transition is written, so that reports can point at it. The table is generated (source-lines.ts).
 * A line is where the family stands in the state, or the helper (`each`, `complete`, …) that puts it there; of a list of
 * moves, the nth move. Where a variant writes something elsewhere, it has a row of its own (`kind@variant`).
 */
import { firstOf } from './guest/second-caller.ts';
import { sourceLines } from './source-lines.ts';

export interface SourceLine {
  /** Relative to the root of the project: `models/guest/section.ts`. */
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
 * `kind` is a chart's kind; the boot pseudo-section is `boot`. Without a variant, the first one's line.
 * Undefined where the models say nothing.
 */
export function sourceOf(
  kind: string,
  state: string,
  family?: string,
  move?: number,
  variant?: string,
): SourceLine | undefined {
  table ??= parsed(sourceLines);
  const place = family === undefined ? state : `${state} ${family}`;
  const lines = table.get(`${kind}@${variant} ${place}`) ?? table.get(`${kind} ${place}`);
  // A second caller does what the first does, and that is where it is written.
  const first = family === undefined || lines !== undefined ? undefined : firstOf(family);
  if (first !== undefined) return sourceOf(kind, state, first, move, variant);
  return (move === undefined ? undefined : lines?.[move + 1]) ?? lines?.[0];
}

/** Every place that the table knows, with all lines of its moves. */
export function sourcePlaces(): ReadonlyMap<string, Lines> {
  table ??= parsed(sourceLines);
  return table;
}

/** A row reads `kind state file:line family=place,place… …`; a place is `line`, or `file:line` where the file changes. */
function parsed(rows: readonly string[]): ReadonlyMap<string, Lines> {
  const places = new Map<string, Lines>();
  for (const row of rows) {
    const [kind = '', state = '', at = '', ...words] = row.split(' ');
    let file = '';
    const placeOf = (text: string): SourceLine => {
      const [line = '', named] = text.split(':').reverse();
      file = named === undefined ? file : `models/${named}`;
      return { file, line: Number(line) };
    };
    places.set(`${kind} ${state}`, [placeOf(at)]);
    for (const word of words) {
      const [family = '', lines = ''] = word.split('=');
      const [first = '', ...moves] = lines.split(',');
      places.set(`${kind} ${state} ${family}`, [placeOf(first), ...moves.map(placeOf)]);
    }
  }
  return places;
}
