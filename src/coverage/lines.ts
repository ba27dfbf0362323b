/**
 * Coverage by source line, for tools that know files: each move of a chart stands on a line of models/.
 */
import { guardText } from './guards.ts';
import type { Recording } from './recording.ts';
import { type SpecChart, type SpecMove, transitionText } from './spec.ts';

/** Where a move is written; see models/source.ts. */
export type SourceOf = (
  kind: string,
  state: string,
  family?: string,
  move?: number,
  variant?: string,
) => { readonly file: string; readonly line: number } | undefined;

/** What one variant's charts say, and how often each part was taken. */
export interface LineInput {
  readonly charts: readonly SpecChart[];
  readonly recording: Recording;
  /** Outcomes of guards that the charts alone can show. */
  readonly outcomes: ReadonlySet<string>;
}

export interface Branch {
  /** `section populated unfill.ok #2`. */
  readonly name: string;
  readonly hits: number;
}

export interface CoveredLine {
  readonly line: number;
  readonly hits: number;
  /** Outcomes of the guards that stand here, in order. */
  readonly branches: readonly (readonly Branch[])[];
}

export interface CoveredFile {
  readonly file: string;
  readonly lines: readonly CoveredLine[];
  /** Control states, as a tool's functions. */
  readonly states: readonly { readonly name: string; readonly line: number; readonly hits: number }[];
}

/** Files and lines ascending; lines on which no chart says anything are left out. Throws on a move without a line. */
export function linesOf(inputs: readonly LineInput[], sourceOf: SourceOf): readonly CoveredFile[] {
  const files = new Files();
  for (const input of inputs) for (const chart of input.charts) addChart(files, input, chart, sourceOf);
  return files.all();
}

function addChart(
  files: Files,
  { recording, outcomes }: LineInput,
  chart: SpecChart,
  sourceOf: SourceOf,
): void {
  const { kind } = chart;
  const at = (of: string, state: string, family?: string, move?: number): Place => {
    const found = sourceOf(of, state, family, move, recording.variant);
    if (found === undefined) throw new Error(`no source line of ${of} ${state} ${family ?? ''}`);
    return found;
  };
  for (const state of chart.states)
    files.state(at(kind, state), `${kind}.${state}`, recording.by.states.get(`${kind}: ${state}`) ?? 0);
  const families = new Map<string, SpecMove[]>();
  for (const move of chart.moves) {
    const key = `${move.from} ${move.family}`;
    families.set(key, [...(families.get(key) ?? []), move]);
  }
  for (const moves of families.values()) {
    const [first] = moves;
    if (first === undefined) continue;
    const place = at(kind, first.from, first.family);
    const transitions = new Set(moves.map((move) => transitionText(kind, move)));
    for (const one of transitions) files.line(place, 'transition', recording.by.transitions.get(one) ?? 0);
    const taken = (move: SpecMove | undefined): number =>
      recording.by.guards.get(guardText(kind, first.from, first.family, move?.move)) ?? 0;
    if (moves.length > 1)
      for (const move of moves) files.line(at(kind, move.from, move.family, move.move), 'move', taken(move));
    const canRefuse = outcomes.has(guardText(kind, first.from, first.family, undefined));
    const asked = [...(first.isChoice ? moves : []), ...(first.isChoice && canRefuse ? [undefined] : [])];
    if (asked.length < 2) continue;
    files.branches(
      place,
      asked.map((move) => ({
        name: `${kind} ${first.from} ${first.family} ${move === undefined ? 'refused' : `#${move.move + 1}`}`,
        hits: taken(move),
      })),
    );
  }
}

interface Place {
  readonly file: string;
  readonly line: number;
}

/** What stands on a line; a state, its one transition and its moves may share one. */
type Part = 'state' | 'transition' | 'move';

class Files {
  private readonly lines = new Map<string, Map<number, Record<Part, number>>>();
  private readonly choices = new Map<string, Map<string, Branch[]>>();
  private readonly states = new Map<string, Map<string, { line: number; hits: number }>>();

  /** Hits of parts of one sort add up; a line was hit as often as the sort that was hit most. */
  line({ file, line }: Place, part: Part, hits: number): void {
    const lines = this.lines.get(file) ?? new Map<number, Record<Part, number>>();
    this.lines.set(file, lines);
    const known = lines.get(line) ?? { state: 0, transition: 0, move: 0 };
    lines.set(line, { ...known, [part]: known[part] + hits });
  }

  state(place: Place, name: string, hits: number): void {
    this.line(place, 'state', hits);
    const states = this.states.get(place.file) ?? new Map<string, { line: number; hits: number }>();
    this.states.set(place.file, states);
    states.set(name, { line: place.line, hits: (states.get(name)?.hits ?? 0) + hits });
  }

  /** The same choice of two variants is one; outcomes that only one of them has are added. */
  branches({ file, line }: Place, branches: readonly Branch[]): void {
    const of = this.choices.get(file) ?? new Map<string, Branch[]>();
    this.choices.set(file, of);
    const key = `${line} ${branches[0]?.name.replace(/ \S+$/, '')}`;
    const known = of.get(key) ?? [];
    of.set(key, known);
    for (const branch of branches) {
      const at = known.findIndex(({ name }) => name === branch.name);
      if (at < 0) known.push(branch);
      else known[at] = { name: branch.name, hits: branch.hits + (known[at]?.hits ?? 0) };
    }
  }

  all(): CoveredFile[] {
    return [...this.lines]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([file, lines]) => ({
        file,
        lines: [...lines]
          .sort(([a], [b]) => a - b)
          .map(([line, { state, transition, move }]) => ({
            line,
            hits: Math.max(state, transition, move),
            branches: [...(this.choices.get(file) ?? [])]
              .filter(([key]) => key.startsWith(`${line} `))
              .map(([, branches]) => branches),
          })),
        states: [...(this.states.get(file) ?? [])].map(([name, of]) => ({ name, ...of })),
      }));
  }
}
