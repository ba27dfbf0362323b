/**
 * Models with a memory: a Vite plugin that makes every object literal of models/ remember the file and line of each of its keys.
 * What a chart does with a family is written in many ways (literals, spreads, `each`, helpers); running the very code that
 * builds the charts is the only exact way to say where. The marks live in a WeakMap, so the models behave as ever.
 */
import { readFileSync } from 'node:fs';
import { type ESTree, type Plugin, parseSync, Visitor } from 'vite';

/** `file:line` of something in models/. */
export type Mark = string;

/** What is known of one object: where it was made, and where each key was written. */
interface Marks {
  readonly made: Mark;
  readonly keys: Map<string, Mark>;
}

/** A chart's spec as `chart` of models/kit.ts was called with it. */
export interface MarkedSpec {
  readonly id: string;
  readonly kind: string;
  readonly index?: number;
  readonly states: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** [how, key or undefined where it is computed, mark] in the order written. */
type Written = readonly ['key' | 'computed' | 'spread', string, Mark];

/** The marks of one load of the models; its methods are what the instrumented code calls. */
export class Marker {
  readonly specs: { readonly spec: MarkedSpec; readonly building: string }[] = [];
  /** Whose charts are being built. */
  building = '';
  private readonly marks = new WeakMap<object, Marks>();
  private entried: object | undefined;

  /** Line of a key, or of the object behind it where nobody wrote the key. */
  ofKey(object: object, key: string): Mark | undefined {
    const value = (object as Readonly<Record<string, unknown>>)[key];
    return this.marks.get(object)?.keys.get(key) ?? this.ofObject(value) ?? this.marks.get(object)?.made;
  }

  ofObject(value: unknown): Mark | undefined {
    return typeof value === 'object' && value !== null ? this.marks.get(value)?.made : undefined;
  }

  readonly literal = (
    make: (seen: (at: number, value: unknown) => unknown) => object,
    made: Mark,
    written: readonly Written[],
  ): object => {
    const seen: unknown[] = [];
    const object = make((at, value) => {
      seen[at] = value;
      return value;
    });
    const keys = new Map<string, Mark>();
    written.forEach(([how, name, mark], at) => {
      if (how === 'spread') this.inherit(keys, seen[at], mark);
      else keys.set(how === 'computed' ? String(seen[at]) : name, mark);
    });
    this.marks.set(object, { made, keys });
    return object;
  };

  /** The result of a call, where nothing closer is known. */
  readonly called = <T>(result: T, made: Mark): T => {
    if (typeof result === 'object' && result !== null && !this.marks.has(result)) {
      const keys = new Map(Object.keys(result).map((key) => [key, made]));
      this.marks.set(result, { made, keys });
    }
    return result;
  };

  readonly assign = (made: Mark, target: object, ...sources: readonly object[]): object => {
    const keys = this.marks.get(target)?.keys ?? new Map<string, Mark>();
    for (const source of sources) this.inherit(keys, source, made);
    Object.assign(target, ...sources);
    this.marks.set(target, { made: this.marks.get(target)?.made ?? made, keys });
    return target;
  };

  readonly entries = (object: object): [string, unknown][] => {
    this.entried = object;
    return Object.entries(object);
  };

  /** A record made from the entries of another keeps the places of its keys. */
  readonly fromEntries = (made: Mark, entries: Iterable<readonly [string, unknown]>): object => {
    const object = Object.fromEntries(entries);
    const from = this.entried;
    const keys = new Map(
      Object.keys(object).map((key) => [
        key,
        from !== undefined && key in from ? (this.marks.get(from)?.keys.get(key) ?? made) : made,
      ]),
    );
    if (from !== undefined && Object.keys(object).every((key) => key in from))
      this.marks.set(object, { made, keys });
    return object;
  };

  readonly note = (spec: MarkedSpec): void => {
    this.specs.push({ spec, building: this.building });
  };

  private inherit(keys: Map<string, Mark>, source: unknown, mark: Mark): void {
    if (typeof source !== 'object' || source === null) return;
    const known = this.marks.get(source);
    for (const key of Object.keys(source)) keys.set(key, known?.keys.get(key) ?? mark);
  }
}

/** The name under which instrumented code finds its marker. */
const GLOBAL = '__ballastMarker';

export function withMarker<T>(marker: Marker, body: () => Promise<T>): Promise<T> {
  const world = globalThis as unknown as Record<string, unknown>;
  world[GLOBAL] = marker;
  return body().finally(() => {
    delete world[GLOBAL];
  });
}

export const instrumentModels: Plugin = {
  name: 'ballast-marks',
  enforce: 'pre',
  load(id) {
    const file = /\/models\/(.+\.ts)$/.exec(id)?.[1];
    return file === undefined ? undefined : instrument(readFileSync(id, 'utf8'), `models/${file}`);
  },
};

const BUILDER = 'export function chart<C extends object>(spec: ChartSpec<C>): ModelChart {';

export function instrument(text: string, file: string): string {
  if (file === 'models/kit.ts') {
    if (!text.includes(BUILDER)) throw new Error(`${file} has no ${BUILDER}`);
    return text.replace(BUILDER, `${BUILDER} (globalThis as any).${GLOBAL}.note(spec);`);
  }
  const insertions: { at: number; text: string; opens: boolean; order: number }[] = [];
  let order = 0;
  const around = (node: { start: number; end: number }, before: string, after: string): void => {
    order++;
    insertions.push({ at: node.start, text: before, opens: true, order });
    insertions.push({ at: node.end, text: after, opens: false, order });
  };
  const mark = (at: number): string => JSON.stringify(`${file}:${text.slice(0, at).split('\n').length}`);
  const M = `(globalThis as any).${GLOBAL}`;
  const optional: ESTree.Node[] = [];
  new Visitor({
    ChainExpression(node) {
      optional.push(node);
    },
    ObjectExpression(node) {
      const written = node.properties.map((property) => {
        if (property.type === 'SpreadElement') return `["spread", "", ${mark(property.start)}]`;
        if (property.computed) return `["computed", "", ${mark(property.start)}]`;
        const { key } = property;
        const name = key.type === 'Identifier' ? key.name : 'value' in key ? String(key.value) : '';
        return `["key", ${JSON.stringify(name)}, ${mark(property.start)}]`;
      });
      around(node, `${M}.literal((__seen: any) => (`, `), ${mark(node.start)}, [${written.join(', ')}])`);
      node.properties.forEach((property, at) => {
        if (property.type === 'SpreadElement') around(property.argument, `__seen(${at}, `, ')');
        else if (property.computed) around(property.key, `__seen(${at}, `, ')');
      });
    },
    CallExpression(node) {
      if (optional.some(({ start, end }) => node.start >= start && node.end <= end)) return;
      const callee = text.slice(node.callee.start, node.callee.end);
      const [first] = node.arguments;
      if (first !== undefined && (callee === 'Object.assign' || callee === 'Object.fromEntries')) {
        around(node.callee, `(${M}.${callee.slice('Object.'.length)} ?? `, ')');
        insertions.push({ at: first.start, text: `${mark(node.start)}, `, opens: true, order: ++order });
      } else if (callee === 'Object.entries') {
        around(node.callee, `(${M}.entries ?? `, ')');
      } else around(node, `${M}.called(`, `, ${mark(node.start)})`);
    },
  }).visit(parseSync(file, text).program);
  return spliced(text, insertions);
}

function spliced(
  text: string,
  insertions: readonly { at: number; text: string; opens: boolean; order: number }[],
): string {
  // What closes at a place comes before what opens there; outer things open first and close last.
  const sorted = [...insertions].sort(
    (a, b) =>
      a.at - b.at || Number(a.opens) - Number(b.opens) || (a.opens ? a.order - b.order : b.order - a.order),
  );
  let out = '';
  let at = 0;
  for (const insertion of sorted) {
    out += text.slice(at, insertion.at) + insertion.text;
    at = insertion.at;
  }
  return out + text.slice(at);
}
