/**
 * Bytes to lines, in constant memory, with hostile input made harmless: a line is at most 64 KiB of printable text.
 */
import type { Problem } from '../core/result.ts';

/** Longer lines are cut here. No line of a real trace comes near. */
export const LINE_BYTES_MAX = 65_536;

/** What had to be done to a line: cut it, drop control characters or escapes, replace what was not UTF-8. */
export type LineFault = 'long' | 'control' | 'encoding';

export interface TextLine {
  /** Counts from 1. */
  readonly number: number;
  /** Without the line end; safe to print. */
  readonly text: string;
  readonly faults: readonly LineFault[];
}

export type Bytes = Uint8Array | Iterable<Uint8Array>;

const NEWLINE = 0x0a;

/** Bytes in, lines out, whatever the pieces. Holds one line at most. */
export class LineReader {
  private readonly decoder = new TextDecoder('utf-8');
  private number = 0;
  private held: Uint8Array[] = [];
  private heldBytes = 0;
  private long = false;

  /** The lines that this piece ends. */
  *push(chunk: Uint8Array): Generator<TextLine> {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, from)) {
      this.hold(chunk.subarray(from, end));
      yield this.take();
      from = end + 1;
    }
    this.hold(chunk.subarray(from));
  }

  /** A last line without a line end counts, an empty one does not. */
  *end(): Generator<TextLine> {
    if (this.heldBytes > 0) yield this.take();
  }

  private hold(piece: Uint8Array): void {
    const room = LINE_BYTES_MAX - this.heldBytes;
    if (piece.length > room) this.long = true;
    if (room <= 0 || piece.length === 0) return;
    this.held.push(piece.subarray(0, room).slice());
    this.heldBytes += Math.min(piece.length, room);
  }

  private take(): TextLine {
    this.number += 1;
    const line = cleanLine(this.number, this.decoder.decode(Buffer.concat(this.held)), this.long);
    this.held = [];
    this.heldBytes = 0;
    this.long = false;
    return line;
  }
}

/** The lines of a file given whole or in pieces. */
export function* readLines(bytes: Bytes): Generator<TextLine> {
  const reader = new LineReader();
  for (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) yield* reader.push(chunk);
  yield* reader.end();
}

/** The lines of a text, for callers that have one. */
export const linesOfText = (text: string): Generator<TextLine> => readLines(new TextEncoder().encode(text));

const FAULTS: Readonly<Record<LineFault, { code: string; message: string; expected: string }>> = {
  long: {
    code: 'LOG_LINE_LONG',
    message: 'the line was cut',
    expected: `at most ${LINE_BYTES_MAX} bytes a line`,
  },
  control: {
    code: 'LOG_CONTROL',
    message: 'control characters or terminal escapes were removed',
    expected: 'printable text',
  },
  encoding: {
    code: 'LOG_ENCODING',
    message: 'bytes that are not UTF-8 were replaced',
    expected: 'UTF-8 text',
  },
};

/** One warning for each thing that had to be done to the line. */
export const lineWarnings = (file: string, line: TextLine): readonly Problem[] =>
  line.faults.map((fault) => ({ ...FAULTS[fault], where: { file, line: line.number } }));

function cleanLine(number: number, decoded: string, long: boolean): TextLine {
  const text = decoded.endsWith('\r') ? decoded.slice(0, -1) : decoded;
  const printable = stripControls(text);
  const faults: LineFault[] = [];
  if (long) faults.push('long');
  if (printable !== text) faults.push('control');
  if (text.includes('\ufffd')) faults.push('encoding');
  return { number, text: printable, faults };
}

const ESCAPE = 0x1b;
const isControl = (code: number): boolean => (code < 0x20 && code !== 0x09) || (code >= 0x7f && code <= 0x9f);

/** Drops C0 and C1 controls (a tab stays) and whole `ESC [ … final` sequences. */
function stripControls(text: string): string {
  let kept = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (!isControl(code)) continue;
    kept += text.slice(from, at);
    if (code === ESCAPE) at = escapeEnd(text, at);
    from = at + 1;
  }
  return from === 0 ? text : kept + text.slice(from);
}

/** Index of the last character of the escape sequence that starts at `start`. */
function escapeEnd(text: string, start: number): number {
  if (text[start + 1] !== '[') return start;
  let at = start + 2;
  while (at < text.length && text.charCodeAt(at) >= 0x20 && text.charCodeAt(at) <= 0x3f) at += 1;
  return Math.min(at, text.length - 1);
}
