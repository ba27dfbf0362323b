/** The text of models/source-lines.ts, from the models as they are built. */
import { runnerImport } from 'vite';
import { variants } from '../../models/variants/all.ts';
import { instrumentModels, type Mark, type MarkedSpec, Marker, withMarker } from './instrument.ts';

const ENTRY = new URL('./every-chart.ts', import.meta.url).pathname;

export async function generateSourceLines(): Promise<string> {
  const marker = new Marker();
  await withMarker(marker, async () => {
    const { module } = await runnerImport<{ everyChart: (building: (id: string) => void) => void }>(ENTRY, {
      plugins: [instrumentModels],
      configFile: false,
      logLevel: 'error',
    });
    module.everyChart((id) => {
      marker.building = id;
    });
  });
  return renderSourceLines(marker);
}

/** `kind state` → marks of the state, its families and their moves. */
type Places = Map<string, { at: Mark; families: Map<string, readonly Mark[]> }>;

/** The first protocol that has a place decides; where a shipped variant writes it elsewhere, a row of its own says so. */
function renderSourceLines(marker: Marker): string {
  const first: Places = new Map();
  const own = new Map<string, Places>();
  for (const { spec, building } of marker.specs) {
    collect(spec, marker, first);
    const places = own.get(building) ?? new Map();
    own.set(building, places);
    collect(spec, marker, places);
  }
  const rows = [...first].map(([name, place]) => rowOf(name, place));
  for (const { id } of variants)
    for (const [name, { at, families }] of own.get(id) ?? []) {
      const known = first.get(name);
      const differing = [...families].filter(
        ([family, marks]) => marks.join() !== known?.families.get(family)?.slice(0, marks.length).join(),
      );
      if (at === known?.at && differing.length === 0) continue;
      rows.push(rowOf(name.replace(' ', `@${id} `), { at, families: new Map(differing) }));
    }
  return `${HEADER}${rows.join('\n')}\n];\n`;
}

function rowOf(name: string, { at, families }: { at: Mark; families: Map<string, readonly Mark[]> }): string {
  let [file] = split(at);
  const words = [...families].map(([family, marks]) => {
    const places = marks.map((mark) => {
      const [of, line] = split(mark);
      const place = of === file ? line : `${of}:${line}`;
      file = of;
      return place;
    });
    return `${family}=${places.join()}`;
  });
  return `  '${[name, at.replace('models/', ''), ...words].join(' ')}',`;
}

const HEADER = `/**
 * Generated: where each transition is written. A test keeps it fresh (\`npm run golden\` writes it anew); source.ts reads it.
 */
export const sourceLines: readonly string[] = [
`;

function collect({ kind, index, states }: MarkedSpec, marker: Marker, places: Places): void {
  for (const [state, handlers] of Object.entries(states)) {
    const name = `${index === -1 ? 'boot' : kind} ${state}`;
    const at = marker.ofKey(states, state);
    if (at === undefined) throw new Error(`nobody wrote ${name}`);
    const place = places.get(name) ?? { at, families: new Map<string, readonly Mark[]>() };
    places.set(name, place);
    for (const [family, value] of Object.entries(handlers)) {
      const written = marker.ofKey(handlers, family);
      if (written === undefined) throw new Error(`nobody wrote ${family} in ${name}`);
      const moves = Array.isArray(value) && value.length > 1 ? value : [];
      const marks = [written, ...moves.map((move) => marker.ofObject(move) ?? written)];
      // A list of moves in some variant says more than the single move of another.
      if (marks.length > (place.families.get(family)?.length ?? 0)) place.families.set(family, marks);
    }
  }
}

function split(mark: Mark): [file: string, line: string] {
  const [file = '', line = ''] = mark.replace('models/', '').split(':');
  return [file, line];
}
