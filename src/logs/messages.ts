/**
 * What the kernel and Xen print of the same run: `dmesg`, Xen's own ring (`xl dmesg`) or a serial log that has both.
 *   [s.us] xen:balloon: Online N pages starting at pfn 0x…      xen_online_page, where its pr_debug is switched on
 *   (XEN) dAvB Over-allocation for dA: N > M                   an extent that would have been the Nth page of M allowed
 * Everything else is passed over. Source: linux drivers/xen/balloon.c `xen_online_page`; xen common/page_alloc.c `assign_pages`.
 */
import type { Place } from '../core/result.ts';
import type { TextLine } from './lines.ts';

/** Pages the kernel says it was handed, and a domain that Xen says it refused (pages it had, pages it may have). */
export type Message = Place &
  (
    | { readonly kind: 'onlined'; readonly pfn: number; readonly pages: number }
    | { readonly kind: 'refused'; readonly domain: number; readonly tot: number; readonly max: number }
  );

const ONLINED = /\bxen:balloon: Online (\d{1,9}) pages starting at pfn 0x([0-9a-f]{1,13})\b/;
const REFUSED = /\(XEN\) .{0,40}Over-allocation for d(\d{1,5}): (\d{1,15}) > (\d{1,15})\b/;

export function* parseMessages(file: string, lines: Iterable<TextLine>): Generator<Message> {
  for (const { text, number } of lines) {
    const place = { file, line: number };
    const onlined = ONLINED.exec(text);
    if (onlined !== null)
      yield {
        ...place,
        kind: 'onlined',
        pages: Number(onlined[1]),
        pfn: Number.parseInt(onlined[2] ?? '', 16),
      };
    const refused = REFUSED.exec(text);
    if (refused !== null)
      yield {
        ...place,
        kind: 'refused',
        domain: Number(refused[1]),
        tot: Number(refused[2]) - 1,
        max: Number(refused[3]),
      };
  }
}
