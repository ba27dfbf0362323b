/**
 * A chart as a drawing: transitions between the same two states become one edge, covered and uncovered apart; dagre places them.
 */
import { Graph, layout } from '@dagrejs/dagre';
import type { PageChart, PageTransition } from '../../reports/page-data.ts';

export interface Edge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly isCovered: boolean;
  readonly transitions: readonly PageTransition[];
  /** What stands at the edge: families, the first few by name. */
  readonly lines: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state; what it takes without leaving stands inside it. */
export interface PlacedNode extends Point {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly isInitial: boolean;
  /** The start, or a state that some covered transition leads to. */
  readonly isCovered: boolean;
  readonly inside: readonly Edge[];
}

export interface PlacedEdge extends Edge {
  readonly points: readonly Point[];
  /** Middle of its label. */
  readonly label: Point;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const isTaken = ({ takenBy }: PageTransition): boolean => takenBy.length > 0;

/** Families named at an edge; the list beside the drawing has them all. */
const LINES_MAX = 3;

export function edgesOf(transitions: readonly PageTransition[]): readonly Edge[] {
  const groups = new Map<string, PageTransition[]>();
  for (const one of transitions) {
    const key = `${one.from} → ${one.to}${isTaken(one) ? '' : ', never'}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].flatMap(([key, list]): Edge[] => {
    const [first] = list;
    if (first === undefined) return [];
    const families = [...new Set(list.map(({ family }) => family))];
    const { from, to } = first;
    return [{ key, from, to, isCovered: isTaken(first), transitions: list, lines: linesOf(families) }];
  });
}

function linesOf(families: readonly string[]): readonly string[] {
  if (families.length <= LINES_MAX) return families;
  const shown = families.slice(0, LINES_MAX - 1);
  return [...shown, `+ ${families.length - shown.length} more`];
}

/** Widths of monospace text at 11 and 13 pixels, near enough for a layout. */
const LABEL_CHAR = 6.7;
const NODE_CHAR = 7.9;
export const LINE_HEIGHT = 14;
export const NODE_HEIGHT = 34;

/** States that only record that something impossible happened, by the names that the charts give them. */
export const isOdd = (state: string): boolean => ['disordered', 'wrapped', 'overflow'].includes(state);

/** What was taken; also what never was; also the orders that the charts themselves call impossible. */
export type Extent = 'taken' | 'possible' | 'all';

const isShown = (one: PageTransition, extent: Extent): boolean =>
  isTaken(one) || extent === 'all' || (extent === 'possible' && !isOdd(one.to));

export function drawingOf(chart: PageChart, extent: Extent): Drawing {
  const all = edgesOf(chart.transitions.filter((one) => isShown(one, extent)));
  const touched = new Set([chart.initial, ...all.flatMap(({ from, to }) => [from, to])]);
  // A state of impossible orders that nothing leads to here would stand alone.
  const names = chart.states.flatMap(({ name }) => (isOdd(name) && !touched.has(name) ? [] : [name]));
  const edges = all.filter(({ from, to }) => from !== to);
  const inside = (name: string): Edge[] => all.filter(({ from, to }) => from === name && to === name);
  const reached = new Set(chart.transitions.filter(isTaken).map(({ to }) => to));
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 46, edgesep: 14, marginx: 12, marginy: 26 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of names) graph.setNode(name, sizeOf(name, inside(name)));
  for (const edge of edges)
    graph.setEdge(edge.from, edge.to, { ...labelSize(edge.lines), labelpos: 'c' }, edge.key);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: names.map((name) => {
      const at = graph.node(name) as { x: number; y: number; width: number; height: number };
      const isInitial = name === chart.initial;
      const isCovered = isInitial || reached.has(name);
      const { x, y } = at;
      return { x, y, width: at.width, height: at.height, name, isInitial, isCovered, inside: inside(name) };
    }),
    edges: edges.map((edge) => {
      const at = graph.edge(edge.from, edge.to, edge.key) as { points: Point[]; x?: number; y?: number };
      const middle = at.points[Math.floor(at.points.length / 2)] ?? { x: 0, y: 0 };
      return { ...edge, points: at.points, label: { x: at.x ?? middle.x, y: at.y ?? middle.y } };
    }),
  };
}

const labelSize = (lines: readonly string[]): { width: number; height: number } => ({
  width: Math.max(...lines.map((line) => line.length)) * LABEL_CHAR + 10,
  height: lines.length * LINE_HEIGHT + 6,
});

function sizeOf(name: string, inside: readonly Edge[]): { width: number; height: number } {
  const lines = inside.flatMap((edge) => edge.lines);
  const widest = Math.max(0, ...lines.map((line) => line.length)) * LABEL_CHAR + 40;
  const extra = lines.length === 0 ? 0 : lines.length * LINE_HEIGHT + 10;
  return { width: Math.max(70, name.length * NODE_CHAR + 26, widest), height: NODE_HEIGHT + extra };
}

/** Radius of a bend, in pixels. */
const BEND = 26;

/** A line through the points with its corners rounded, so that it stays where dagre made room for it. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((corner, at) => {
    const before = points[at] ?? first;
    const after = rest[at + 1] ?? last;
    return `L${text(towards(corner, before))} Q${text(corner)} ${text(towards(corner, after))}`;
  });
  return [`M${text(first)}`, ...bends, `L${text(last)}`].join(' ');
}

const text = ({ x, y }: Point): string => `${x.toFixed(1)},${y.toFixed(1)}`;

/** A bend's length from a corner in the direction of another point, and never beyond the middle. */
function towards(corner: Point, to: Point): Point {
  const far = Math.hypot(to.x - corner.x, to.y - corner.y);
  const share = far === 0 ? 0 : Math.min(BEND, far / 2) / far;
  return { x: corner.x + share * (to.x - corner.x), y: corner.y + share * (to.y - corner.y) };
}
