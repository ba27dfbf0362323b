/**
 * A console is one line for all who write to it: a kernel message may fall into the middle of a record, whose rest then stands on
 * the line after it. The message is taken out, and the record put together again where that makes it readable.
 */
import type { TextLine } from './lines.ts';

/** What dom0's console daemon puts before each line. */
export const CONSOLE_PREFIX = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] ?/;
/** The time before a kernel message. */
const MESSAGE = /\[ {0,8}\d{1,9}\.\d{6}\] /;

type Reads = (text: string, vmemmap: bigint) => boolean;

export class Mender {
  private readonly reads: Reads;
  /** A record cut short, without the message. */
  private held: TextLine | undefined;

  constructor(reads: Reads) {
    this.reads = reads;
  }

  /** Lines to parse now; `cut`: a message was taken out of this one, and its record may wait for its rest. */
  accept(line: TextLine, vmemmap: bigint): { readonly lines: readonly TextLine[]; readonly cut: boolean } {
    const prefix = CONSOLE_PREFIX.exec(line.text)?.[0] ?? '';
    const bare = line.text.slice(prefix.length);
    const before: TextLine[] = [];
    if (this.held !== undefined) {
      const { held } = this;
      this.held = undefined;
      const whole = { ...held, text: held.text + bare };
      if (bare.trim() !== '' && this.reads(bareOf(whole), vmemmap)) return { lines: [whole], cut: false };
      before.push(held);
    }
    const at = prefix === '' ? -1 : bare.search(MESSAGE);
    if (at <= 0 || !RECORD_BEGINS.test(bare.slice(0, at))) return { lines: [...before, line], cut: false };
    this.held = { ...line, text: line.text.slice(0, prefix.length + at) };
    return { lines: before, cut: true };
  }

  end(): readonly TextLine[] {
    return this.held === undefined ? [] : [this.held];
  }
}

const bareOf = ({ text }: TextLine): string => text.replace(CONSOLE_PREFIX, '');
const RECORD_BEGINS = /^.{1,48}-\d{1,10} {1,40}.{0,30}\[\d{1,5}\] /;
