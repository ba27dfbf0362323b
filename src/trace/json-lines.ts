/**
 * JSON with the line of every value, so that a problem in a file can say where it is. Line 1 is the first.
 */
import { fail, ok, type Result } from '../core/result.ts';

export interface JsonFile {
  readonly value: unknown;
  /** The line on which the value at a path begins; of the nearest part of the path that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

const DEPTH_MAX = 64;

/** Fails with one problem, `<code>`, at the first character that cannot stand there. */
export function parseJsonLines(text: string, file: string, code: string): Result<JsonFile> {
  const scanner = new Scanner(text);
  const broken = scanner.scan();
  if (broken !== undefined)
    return fail({ code, message: broken, where: { file, line: scanner.line }, expected: 'JSON' });
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length--) {
      const line = scanner.lines.get(keyOf(path.slice(0, length)));
      if (line !== undefined) return line;
    }
    return scanner.lines.get('') ?? 1;
  };
  return ok({ value: JSON.parse(text), lineOf });
}

const keyOf = (path: readonly PropertyKey[]): string => path.map((part) => `/${String(part)}`).join('');

/** A reader of JSON's grammar that keeps no values, only lines. */
class Scanner {
  readonly lines = new Map<string, number>();
  line = 1;
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** What is wrong, or undefined. */
  scan(): string | undefined {
    try {
      this.space();
      this.value('', 0);
      this.space();
      if (this.at < this.text.length) this.stop('something follows the end');
      return undefined;
    } catch (error) {
      if (error instanceof Broken) return error.message;
      throw error;
    }
  }

  private value(path: string, depth: number): void {
    if (depth > DEPTH_MAX) this.stop(`nested deeper than ${DEPTH_MAX}`);
    this.lines.set(path, this.line);
    const next = this.text[this.at];
    if (next === '{') this.object(path, depth);
    else if (next === '[') this.array(path, depth);
    else if (next === '"') this.string();
    else this.word();
  }

  private object(path: string, depth: number): void {
    this.members('}', () => {
      const line = this.line;
      const key = this.string();
      this.space();
      if (this.text[this.at] !== ':') this.stop('a colon is missing');
      this.at += 1;
      this.space();
      this.value(`${path}/${key}`, depth + 1);
      this.lines.set(`${path}/${key}`, line);
    });
  }

  private array(path: string, depth: number): void {
    let item = 0;
    this.members(']', () => this.value(`${path}/${item++}`, depth + 1));
  }

  private members(end: string, member: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      member();
      this.space();
      const next = this.text[this.at];
      if (next !== ',' && next !== end) this.stop(`a comma or ${end} is missing`);
      this.at += 1;
      if (next === end) return;
      this.space();
    }
  }

  private string(): string {
    const found = STRING.exec(this.from(STRING));
    if (found === null) this.stop(this.text[this.at] === '"' ? 'a text does not end' : 'a text is missing');
    this.at = STRING.lastIndex;
    return JSON.parse(found[0]) as string;
  }

  private word(): void {
    if (WORD.exec(this.from(WORD)) === null) this.stop('not a value');
    this.at = WORD.lastIndex;
  }

  private from(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return this.text;
  }

  private space(): void {
    for (;;) {
      const next = this.text[this.at];
      if (next === '\n') this.line += 1;
      else if (next !== ' ' && next !== '\t' && next !== '\r') return;
      this.at += 1;
    }
  }

  private stop(message: string): never {
    throw new Broken(message);
  }
}

class Broken extends Error {}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in texts, so this says so.
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const WORD = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
