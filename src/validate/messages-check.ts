/**
 * What the kernel and Xen printed, against the records of the trace. Rings forget their oldest lines, tracing may begin late and dmesg
 * may be read early, so one list of pages must lie in the other without a break; Xen may leave out messages where there are many, so each must be a refusal of the log, in order.
 */
import type { Problem } from '../core/result.ts';
import type { Message } from '../logs/messages.ts';
import type { TraceItem } from '../logs/records.ts';

/** Messages of one kind in one file, and records that they should be of. */
export interface Said {
  readonly said: number;
  readonly recorded: number;
}

export interface MessagesView {
  readonly file: string;
  readonly pages: Said | undefined;
  readonly refusals: Said | undefined;
  /** The first message that is of no record. */
  readonly differs: Problem | undefined;
}

/** More than these are not kept, and then not compared. */
const KEPT_MAX = 200_000;

/** What the trace has of it. */
export class Recorded {
  private readonly pages: string[] = [];
  /** Pages the driver had when a populate ended short. */
  private readonly refusals: number[] = [];
  private readonly asked = new Map<number, number>();
  private isLossy = false;

  accept(item: TraceItem): void {
    if (item.kind === 'gap' && item.reason !== 'start') this.isLossy = true;
    if (item.kind !== 'entry' && item.kind !== 'return') return;
    const { event, fields, globals, pid } = item;
    if (event === 'xen_online_page')
      this.keep(this.pages, pageText(fields['pfn'] ?? 0, 2 ** (fields['order'] ?? 0)));
    if (event === 'memop_inc') this.asked.set(pid, fields['count'] ?? 0);
    const granted = fields['ret'] ?? 0;
    if (event === 'memop_inc_ret' && globals !== undefined && granted < (this.asked.get(pid) ?? 0))
      this.keep(this.refusals, globals.cur + granted);
  }

  private keep<T>(list: T[], value: T): void {
    if (list.length < KEPT_MAX) list.push(value);
    else this.isLossy = true;
  }

  /** `outside`: pages that Xen counts for the domain beyond the driver's. */
  compare(file: string, messages: readonly Message[], domain: number, outside: number): MessagesView {
    const onlined = messages.filter((message) => message.kind === 'onlined');
    const refused = messages.filter((message) => message.kind === 'refused' && message.domain === domain);
    const tally = (list: readonly unknown[], recorded: readonly unknown[]): Said | undefined =>
      list.length === 0 ? undefined : { said: list.length, recorded: recorded.length };
    const odd = this.isLossy ? undefined : (this.oddPage(onlined) ?? this.oddRefusal(refused, outside));
    return {
      file,
      pages: tally(onlined, this.pages),
      refusals: tally(refused, this.refusals),
      differs: odd,
    };
  }

  /** Message n is of record n − shift; where no shift makes all of them agree, the one that ends both together tells the first odd one. */
  private oddPage(messages: readonly Message[]): Problem | undefined {
    const { pages } = this;
    const said = messages.flatMap((message) =>
      message.kind === 'onlined' ? [pageText(message.pfn, message.pages)] : [],
    );
    const together = said.length - pages.length;
    const oddAt = (shift: number): number =>
      said.findIndex((text, at) => text !== (pages[at - shift] ?? text));
    const [least, most] = [Math.min(0, together), Math.max(0, together)];
    for (let shift = most; shift >= least; shift -= 1) if (oddAt(shift) < 0) return undefined;
    const at = oddAt(together);
    const odd = messages[at];
    if (odd === undefined) return undefined;
    const text = 'the kernel says that it onlined other pages than the trace has';
    return differs(odd, text, pages[at - together]);
  }

  private oddRefusal(messages: readonly Message[], outside: number): Problem | undefined {
    let from = 0;
    for (const message of messages) {
      if (message.kind !== 'refused') continue;
      const found = this.refusals.indexOf(message.tot - outside, from);
      if (found < 0 || message.tot < message.max)
        return differs(
          message,
          `Xen says that it refused domain ${message.domain} at ${message.tot} of ${message.max} pages, and no record is of that`,
        );
      from = found + 1;
    }
    return undefined;
  }
}

const pageText = (pfn: number, pages: number): string => `${pages} pages from frame 0x${pfn.toString(16)}`;

const differs = (message: Message, text: string, expected?: string): Problem => ({
  code: 'MESSAGES_DIFFER',
  message: text,
  where: { file: message.file, line: message.line },
  ...(expected === undefined || message.kind !== 'onlined'
    ? {}
    : { expected, got: pageText(message.pfn, message.pages) }),
});
