/** A guest that balloons down and up for ever, as its trace_pipe would show it: pieces of text, nothing kept. */

const PAGES = 131_072;
const BATCH = 512;
const BATCHES = 4;
const THREAD = 'xen-balloon-35';

/** Text of at least so many bytes; `noise` records of other events after each batch, by ever new tasks. */
export function* endlessLog(bytes: number, noise = 400): Generator<string> {
  let seconds = 1;
  let sent = 0;
  let pid = 100;
  const line = (task: string, body: string): string => {
    seconds += 0.0001;
    return `     ${task} [000] .....  ${seconds.toFixed(6)}: ${body}\n`;
  };
  const counters = (cur: number, tgt: number, low: number): string =>
    `cur=${cur} tgt=${tgt} unpop=0 low=${low} high=0 total=${PAGES} st=0`;
  const target = (to: number, cur: number, low: number): string =>
    line('init-1', `set_target: (balloon_set_new_target+0x0/0x30) target=${to} ${counters(cur, cur, low)}`) +
    line(
      'init-1',
      `set_target_ret: (target_kb_store+0x7f/0xa0 <- balloon_set_new_target) ret=0 ${counters(cur, to, low)}`,
    );
  while (sent < bytes) {
    const least = PAGES - BATCHES * BATCH;
    const start = target(least, PAGES, 0);
    const down = Array.from({ length: BATCHES }, (_, n) => {
      const cur = PAGES - n * BATCH;
      const low = n * BATCH;
      const others = () => {
        pid = 100 + ((pid + 1) % 100_000);
        return line(`kthread-${pid}`, `mm_page_alloc: page=0xffffea0000000000 pfn=0x${pid} order=0`);
      };
      return [
        line(
          THREAD,
          `dec: (decrease_reservation+0x0/0x2d0) nr=${cur - least} gfp=0x192cc2 ${counters(cur, least, low)}`,
        ),
        line(
          THREAD,
          `memop_dec: (xenmem_reservation_decrease+0x0/0x90) count=512 pfn0=0x8e5a5 ${counters(cur, least, low + BATCH)}`,
        ),
        line(
          THREAD,
          `memop_dec_ret: (decrease_reservation+0x205/0x2d0 <- xenmem_reservation_decrease) ret=512 ${counters(cur, least, low + BATCH)}`,
        ),
        line(
          THREAD,
          `dec_ret: (balloon_thread+0x2ce/0x480 <- decrease_reservation) ret=0 ${counters(cur - BATCH, least, low + BATCH)}`,
        ),
        ...Array.from({ length: noise }, others),
      ].join('');
    });
    // Clocks run while the lines are made, so they are made in order.
    const turn = target(PAGES, least, BATCHES * BATCH);
    const up = Array.from({ length: BATCHES }, (_, n) => {
      const at = counters(least + n * BATCH, PAGES, (BATCHES - n) * BATCH);
      return (
        line(THREAD, `memop_inc: (xenmem_reservation_increase+0x0/0x90) count=512 pfn0=0xb1a6 ${at}`) +
        line(
          THREAD,
          `memop_inc_ret: (balloon_thread+0x224/0x480 <- xenmem_reservation_increase) ret=512 ${at}`,
        )
      );
    });
    const piece = [start, ...down, turn, ...up].join('');
    sent += piece.length;
    yield piece;
  }
}
