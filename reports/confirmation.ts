/** What another checker said of the same product. */
import type { SecondOpinion } from '../src/core/run-report.ts';
import { type Style, thousands } from './style.ts';

export interface Confirmation {
  /** variant/scope. */
  readonly search: string;
  readonly checker: string;
  readonly ours: { readonly states: number; readonly transitions: number };
  readonly theirs: { readonly states: number; readonly transitions: number };
  /** It came to where the table of a chart ends that was written as far as our search had gone. */
  readonly tableEnds: boolean;
  /** Properties that it was asked to find no violation of, all in one run. */
  readonly holdTogether: readonly string[];
  readonly othersHold: boolean;
  /** Properties that it was asked to break, one run each, and whether it did. */
  readonly violated: Readonly<Record<string, boolean>>;
  readonly unasked: readonly string[];
  /** Bounded here, so that there is nothing to confirm. */
  readonly bounded: readonly string[];
  readonly agrees: boolean;
}

/** As it is stamped on the record of a run. Those said to hold are asked for together: if one does not, all are in doubt. */
export function stampOf(one: Confirmation): SecondOpinion {
  const { agrees, bounded, checker, holdTogether, othersHold, theirs, unasked, violated } = one;
  const broken = (is: boolean) => Object.keys(violated).filter((id) => violated[id] === is);
  return {
    checker,
    agrees,
    ...theirs,
    same: [...(othersHold ? holdTogether : []), ...broken(true)],
    differ: [...(othersHold ? [] : holdTogether), ...broken(false)],
    unasked: [...unasked, ...bounded],
  };
}

/** `SPIN 6.5.2 agrees: 1,200 states, 3,400 transitions; same verdicts: 29; not asked: D-1 D-2`. */
export function stampText({
  agrees,
  checker,
  differ,
  same,
  states,
  transitions,
  unasked,
}: SecondOpinion): string {
  return [
    `${checker} ${agrees ? 'agrees' : 'DISAGREES'}: ${thousands(states)} states, ${thousands(transitions)} transitions`,
    `same verdicts: ${same.length}`,
    ...(differ.length === 0 ? [] : [`other verdicts: ${differ.join(' ')}`]),
    ...(unasked.length === 0 ? [] : [`not asked: ${unasked.join(' ')}`]),
  ].join('; ');
}

export function renderConfirmations(confirmations: readonly Confirmation[], style: Style): string {
  return confirmations.flatMap((one) => [...lines(one, style), '']).join('\n');
}

function lines(one: Confirmation, style: Style): string[] {
  const counts = (of: Confirmation['ours']) =>
    `${thousands(of.states)} states, ${thousands(of.transitions)} transitions`;
  const same = counts(one.ours) === counts(one.theirs);
  const broken = Object.entries(one.violated);
  return [
    `${style.heading(one.search)}  ${one.agrees ? style.good(`${one.checker} agrees`) : style.bad(`${one.checker} DISAGREES`)}`,
    same
      ? `  both count ${counts(one.ours)}`
      : style.bad(`  here ${counts(one.ours)}; there ${counts(one.theirs)}`),
    ...(one.tableEnds
      ? [style.bad('  the table ends: there a chart goes on where no search went here')]
      : []),
    ...(one.holdTogether.length === 0 || one.tableEnds
      ? []
      : [
          `  ${one.othersHold ? 'no violation found of' : style.bad('a violation found among')} ${one.holdTogether.join(' ')}`,
        ]),
    ...(broken.length === 0
      ? []
      : [
          `  ${broken.map(([id, found]) => (found ? `${id} broken there too` : style.bad(`${id} not broken there`))).join(', ')}`,
        ]),
    ...(one.unasked.length === 0
      ? []
      : [style.faint(`  not asked, branching time: ${one.unasked.join(' ')}`)]),
    ...(one.bounded.length === 0 ? [] : [style.faint(`  not asked, bounded here: ${one.bounded.join(' ')}`)]),
  ];
}
