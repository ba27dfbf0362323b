/**
 * `ballast validate -`: a log judged while a guest writes it, until it ends, the verdict is clear, or somebody interrupts.
 */
import { ok, problemText, type Result } from '../../core/result.ts';
import { LiveValidation, type News } from '../../validate/live.ts';
import type { ValidateOptions, Validation } from '../../validate/validate.ts';
import type { Io } from '../io.ts';

/** Stands for standard input on the command line, and for its name in places. */
export const PIPED = '-';

/** `tell` gets one line for each thing worth knowing at once. */
export async function validateStream(
  io: Io,
  options: ValidateOptions,
  tell: (line: string) => void,
): Promise<Result<readonly Validation[]>> {
  const live = new LiveValidation(PIPED, options);
  const say = (news: readonly News[]) => {
    for (const one of news) tell(`${textOf(one)}\n`);
  };
  const pieces = io.stdin[Symbol.asyncIterator]();
  let stop: (() => void) | undefined;
  const stopped = new Promise<'stopped'>((resolve) => {
    stop = () => resolve('stopped');
  });
  const quiet = io.onInterrupt(() => stop?.());
  try {
    while (!live.isOver) {
      const step = await Promise.race([pieces.next(), stopped]);
      if (step === 'stopped' || step.done === true) break;
      say(live.push(step.value));
      options.onProgress?.(live.records);
    }
  } finally {
    quiet();
    // Not waited for: a writer that is silent would keep us.
    void pieces.return?.();
  }
  const { news, found } = live.end();
  say(news);
  return found.ok ? ok([found.value]) : found;
}

function textOf(news: News): string {
  const at = `record ${news.count}`;
  switch (news.kind) {
    case 'begins': {
      const { target, current, low, total } = news.geometry;
      return `${at}: begins with target ${target}, current ${current}, low ${low}, total ${total}`;
    }
    case 'resynchronised':
      return `${at}, t=${news.record.seconds.toFixed(2)} s: judged again, from the driver's counters`;
    case 'doubt':
      return `${at}: not clear: ${problemText(news.problem)}`;
    case 'breach':
      return `${at}, t=${news.breach.seconds.toFixed(2)} s: ${news.breach.property} broken at ${news.breach.event}`;
    case 'rejected':
      return `${at}: rejected at line ${news.rejection.line}, ${news.rejection.event}: ${news.rejection.message} (${news.rejection.code})`;
  }
}
