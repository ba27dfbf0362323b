/**
 * The house rules, as pure functions from one file to its violations. test/tidy.test.ts applies them to the tree.
 * A violation reads `path:line: what is wrong and what to do instead`.
 */
import { posix } from 'node:path';

export interface Source {
  /** Relative to the repository's root, with `/` between names. */
  readonly path: string;
  readonly text: string;
}

export type Rule = (source: Source) => readonly string[];

interface Row {
  readonly may: readonly string[];
  /** Rooms of which only types may be imported, with `import type`. */
  readonly mayTypes?: readonly string[];
}

const EVERYTHING = '*';

/**
 * The layers: which rooms a room may import, besides itself. Imports point down; nothing points sideways unless
 * listed. `index` is src/index.ts. Only tests import tests, and only tests and the command line import cli.
 */
const ROOMS: Readonly<Record<string, Row>> = {
  core: { may: [] },
  models: { may: ['core'] },
  compile: { may: ['core', 'step'] },
  compose: { may: ['core', 'compile'] },
  wasm: { may: [] },
  search: { may: ['core', 'compile', 'compose', 'wasm'] },
  step: { may: ['core'] },
  ledger: { may: ['core'] },
  api: { may: ['core', 'compose', 'step', 'models', 'properties', 'check', 'logs', 'validate'] },
  fuzz: { may: ['core', 'step', 'compose', 'ledger', 'trace'], mayTypes: ['models', 'properties'] },
  trace: { may: ['core', 'compile', 'compose', 'step'] },
  coverage: { may: ['core', 'compile', 'compose', 'search', 'step'] },
  gen: { may: ['core', 'coverage', 'trace'] },
  compare: { may: ['core', 'compile', 'compose'] },
  export: { may: ['core', 'compile', 'compose'] },
  logs: { may: ['core', 'step'] },
  properties: { may: ['core', 'models', 'compile', 'compose'], mayTypes: ['trace'] },
  reports: { may: ['core'], mayTypes: ['properties', 'validate', 'spec', 'coverage'] },
  check: { may: ['core', 'compile', 'compose', 'search', 'trace', 'step'], mayTypes: ['properties'] },
  validate: { may: ['core', 'models', 'compose', 'step', 'logs', 'properties'] },
  spec: { may: ['core'], mayTypes: ['properties'] },
  explore: {
    may: ['core', 'compile', 'compose', 'trace'],
    mayTypes: ['models', 'properties', 'reports'],
  },
  ui: { may: ['core', 'reports'], mayTypes: ['explore'] },
  index: { may: [EVERYTHING] },
  cli: { may: [EVERYTHING] },
  test: { may: [EVERYTHING] },
};

const LINES_MAX = 500;

/** The room a file belongs to: `src/<room>/…`, or its top folder. Undefined outside the rooms. */
function roomOf(path: string): string | undefined {
  if (path === 'src/index.ts') return 'index';
  return /^src\/([^/]+)\//.exec(path)?.[1] ?? /^(models|properties|reports|test)\//.exec(path)?.[1];
}

export const importsAgainstTheLayers: Rule = ({ path, text }) => {
  const room = roomOf(path);
  const row = room === undefined ? undefined : ROOMS[room];
  if (room === undefined || row === undefined) {
    return [`${path}:1: this file is in no known room; give its room a row in ROOMS of test/support/tidy.ts`];
  }
  return importsOf(text)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .flatMap(({ specifier, typesOnly, line }) => {
      const target = posix.join(posix.dirname(path), specifier);
      const targetRoom = roomOf(target);
      if (mayImport(room, row, targetRoom, typesOnly)) return [];
      const allowed = [...row.may, ...(row.mayTypes ?? []).map((name) => `${name} (import type)`)];
      const list =
        allowed.length === 0
          ? 'nothing'
          : allowed.join(', ').replace(EVERYTHING, 'anything but cli and test');
      return [
        `${path}:${line}: ${room} imports ${target} of ${targetRoom ?? 'no room'}; ${room} may import ${list}`,
      ];
    });
};

function mayImport(room: string, row: Row, target: string | undefined, typesOnly: boolean): boolean {
  if (target === room || room === 'test') return true;
  if (target === 'test') return false;
  if (room === 'cli') return true;
  if (target === undefined || target === 'cli' || target === 'index') return false;
  return (
    row.may.includes(EVERYTHING) ||
    row.may.includes(target) ||
    (typesOnly && row.mayTypes?.includes(target) === true)
  );
}

const AMBIENT: readonly (readonly [RegExp, string])[] = [
  [/\bMath\s*\.\s*random\b/g, 'Math.random: take the number, or a seeded source, as an argument'],
  [/\bDate\s*\.\s*now\b/g, 'Date.now: take a Clock as an argument'],
  [/\bnew\s+Date\b/g, 'new Date: take a Clock as an argument'],
  [
    /(?<![\w$.])process\s*(?:\?\.|[.[])/g,
    'process: only src/cli knows the process; take the value as an argument',
  ],
  [/(?<![\w$.])console\s*(?:\?\.|[.[])/g, 'console: only src/cli prints; return the text'],
];

/** Clocks, chance, the process and the console belong to the command line and to tests. */
export const ambientAccess: Rule = ({ path, text }) => {
  const room = roomOf(path);
  if (room === 'cli' || room === 'test') return [];
  const code = codeOf(text);
  return AMBIENT.flatMap(([pattern, advice]) =>
    [...code.matchAll(pattern)].map((found) => `${path}:${lineAt(code, found.index)}: ${advice}`),
  );
};

export const tooLong: Rule = ({ path, text }) => {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return lines > LINES_MAX ? [`${path}:${lines}: ${lines} lines, at most ${LINES_MAX}; split the file`] : [];
};

export const defaultExport: Rule = ({ path, text }) => {
  if (/\.config\.ts$/.test(path)) return [];
  const code = codeOf(text);
  const found = [...code.matchAll(/\bexport\s+default\b|\bexport\s*\{[^}]*\bas\s+default\b/g)];
  return found.map(({ index }) => `${path}:${lineAt(code, index)}: default export; name it`);
};

// In pieces, so that this file does not contain what it forbids.
const MACHINE: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(`(?<![a-z0-9_.~*-])/(?:${['work', 'farm'].join('|')})(?![\\w-])`, 'g'),
    'a path of one machine',
  ],
  [
    new RegExp(['registry\\.', '(?:npm|yarn)', '|', 'deb\\.', 'debian'].join(''), 'g'),
    'the host name of a registry',
  ],
  [new RegExp(['"resolved"', ':\\s*"https?:'].join(''), 'g'), 'a registry address; .npmrc leaves these out'],
];

/** For any text file, not only sources. */
export const machineNames: Rule = ({ path, text }) =>
  MACHINE.flatMap(([pattern, what]) =>
    [...text.matchAll(pattern)].map((found) => `${path}:${lineAt(text, found.index)}: ${what}: ${found[0]}`),
  );

interface Import {
  readonly specifier: string;
  readonly typesOnly: boolean;
  readonly line: number;
}

const IMPORT =
  /\b(?:import|export)\b(?<clause>[^'"`;()]*?)\bfrom\s*(?<from>['"])|\bimport\s*(?:\(\s*)?(?<bare>['"])/g;

/** Every module named by `import`, `export … from`, `import '…'` or `import('…')`. */
function importsOf(text: string): readonly Import[] {
  const code = codeOf(text);
  return [...code.matchAll(IMPORT)].map((found) => {
    const quote = found.groups?.['from'] ?? found.groups?.['bare'] ?? '';
    const start = found.index + found[0].length;
    return {
      specifier: text.slice(start, code.indexOf(quote, start)),
      typesOnly: /^\s+type\s+(?!from\b|,)/.test(found.groups?.['clause'] ?? ''),
      line: lineAt(code, found.index),
    };
  });
}

const TOKEN = new RegExp(
  [
    String.raw`\/\/.*`,
    String.raw`\/\*[\s\S]*?\*\/`,
    String.raw`'(?:\\[\s\S]|[^'\\\n])*'`,
    String.raw`"(?:\\[\s\S]|[^"\\\n])*"`,
    // A regular expression stands where a value may begin; elsewhere `/` divides.
    String.raw`\/(?<=(?:^|[(,=:[!&|?{};+~]|=>|\breturn)\s*\/)(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/`,
    '[`{}]',
  ].join('|'),
  'g',
);
const TEMPLATE = /(?:\\[\s\S]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;

/**
 * The text with comments and the insides of strings, templates and regular expressions blanked; same length, same
 * lines. What stands in `${…}` is code and stays. This is a scan, not a parse: enough for sources the linter accepted.
 */
export function codeOf(text: string): string {
  let code = '';
  let at = 0;
  /** For each template we are inside of: how many braces are open since its `${`. */
  const open: number[] = [];
  const copy = (end: number): void => {
    code += text.slice(at, end);
    at = end;
  };
  const blank = (end: number): void => {
    code += text.slice(at, end).replace(/[^\n]/g, ' ');
    at = end;
  };
  const template = (): void => {
    TEMPLATE.lastIndex = at;
    const chunk = TEMPLATE.exec(text)?.[0] ?? '';
    const tail = chunk.endsWith('${') ? 2 : 1;
    blank(at + Math.max(0, chunk.length - tail));
    copy(Math.min(text.length, at + tail));
    if (tail === 2) open.push(0);
  };
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) break;
    const end = token.index + token[0].length;
    copy(token.index);
    const depth = open.at(-1);
    if (token[0] === '`') {
      copy(end);
      template();
    } else if (token[0] === '{' || token[0] === '}') {
      copy(end);
      if (depth === undefined) continue;
      open.pop();
      if (token[0] === '}' && depth === 0) template();
      else open.push(depth + (token[0] === '{' ? 1 : -1));
    } else if (/^['"]/.test(token[0])) {
      copy(token.index + 1);
      blank(end - 1);
      copy(end);
    } else {
      blank(end);
    }
  }
  copy(text.length);
  return code;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
