/**
 * Structural coverage of fuzz runs: per kind of chart, which family took which control state where, and which two transitions of
 * one chart followed each other.
 */
import type { LocalState, ModelChart } from '../core/chart.ts';
import type { Label } from '../core/label.ts';
import type { OnStep } from './domain.ts';

/** Per kind: `from family to` and `from family to family to`, and how often. */
export type TransitionTable = Readonly<
  Record<
    string,
    {
      readonly transitions: Readonly<Record<string, number>>;
      readonly pairs: Readonly<Record<string, number>>;
    }
  >
>;

interface KindCounts {
  readonly transitions: Map<string, number>;
  readonly pairs: Map<string, number>;
}

export class TransitionCounts {
  private readonly kinds = new Map<string, KindCounts>();
  private last = new Map<string, string>();

  /** A new run: nothing follows what came before. */
  begin(): void {
    this.last = new Map();
  }

  readonly onStep: OnStep = (chart, before, label, after, index, domain) => {
    const counts = this.of(chart);
    const step = stepText(before, label, after);
    bump(counts.transitions, step);
    const who = `${chart.id} ${index ?? ''} ${domain}`;
    const previous = this.last.get(who);
    if (previous !== undefined) bump(counts.pairs, `${previous} ${label.type} ${after.value}`);
    this.last.set(who, step);
  };

  table(): TransitionTable {
    return Object.fromEntries(
      [...this.kinds].map(([kind, { transitions, pairs }]) => [
        kind,
        { transitions: Object.fromEntries(transitions), pairs: Object.fromEntries(pairs) },
      ]),
    );
  }

  private of({ kind }: ModelChart): KindCounts {
    const known = this.kinds.get(kind);
    if (known !== undefined) return known;
    const fresh = { transitions: new Map<string, number>(), pairs: new Map<string, number>() };
    this.kinds.set(kind, fresh);
    return fresh;
  }
}

const stepText = (before: LocalState, { type }: Label, after: LocalState): string =>
  `${before.value} ${type} ${after.value}`;

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
