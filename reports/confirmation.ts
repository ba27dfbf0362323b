/** What another checker said of the same product. */
import { type Style, thousands } from './style.ts';

export interface Confirmation {
  /** variant/scope. */
  readonly search: string;
  readonly checker: string;
  readonly ours: { readonly states: number; readonly transitions: number };
  readonly theirs: { readonly states: number; readonly transitions: number };
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
    ...(one.holdTogether.length === 0
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
