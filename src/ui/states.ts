/**
 * Local states along a run, folded from changes: state 0 is the start, state n follows step n. Forward and back in a few steps.
 */
import type { PageChange, PageLocal } from '../../reports/page-data.ts';

/** Every chart of one moment, by chart id. */
export type Locals = Readonly<Record<string, PageLocal>>;

/** A whole state is kept every so many steps; anything between is folded from the one before. */
const KEPT_EVERY = 64;

export class States {
  /** States of the run, one more than its steps. */
  readonly length: number;
  private readonly changes: readonly PageChange[];
  private readonly kept: Locals[];

  constructor(start: PageChange, changes: readonly PageChange[]) {
    this.changes = changes;
    this.length = changes.length + 1;
    this.kept = [start];
    let now: Record<string, PageLocal> = { ...start };
    changes.forEach((change, at) => {
      now = Object.assign(now, change);
      if ((at + 1) % KEPT_EVERY === 0) this.kept.push({ ...now });
    });
  }

  /** A step beyond either end is that end. */
  at(step: number): Locals {
    const wanted = Math.max(0, Math.min(this.length - 1, step));
    const from = Math.floor(wanted / KEPT_EVERY);
    const now: Record<string, PageLocal> = { ...this.kept[from] };
    for (let at = from * KEPT_EVERY; at < wanted; at++) Object.assign(now, this.changes[at]);
    return now;
  }
}

/** A named integer of one chart; 0 where there is no such chart. */
export const quantity = (locals: Locals, chart: string, name: string): number =>
  locals[chart]?.quantities[name] ?? 0;

/** `section[2]` → 2; undefined for a chart there is one of, or of boot memory. */
function indexOf(chart: string): number | undefined {
  const found = /\[(\d+)\]$/.exec(chart);
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

/** Charts of one kind that are numbered, ascending. */
export const numbered = (locals: Locals, kind: string): readonly { id: string; index: number }[] =>
  Object.keys(locals)
    .flatMap((id) => {
      const index = id.startsWith(`${kind}[`) ? indexOf(id) : undefined;
      return index === undefined ? [] : [{ id, index }];
    })
    .sort((a, b) => a.index - b.index);
