/** Adequacy: which property kills which mutant, what survives, and what would come back without a property. */
import { counted, padEnd, type Style, widthOf, wrap } from './style.ts';

export interface MutantResult {
  readonly id: string;
  readonly base: string;
  readonly scope: string;
  /** The property meant to catch it. */
  readonly caughtBy: string;
  /** Properties that hold on the base and are violated here, with the length of the shortest run. */
  readonly kills: Readonly<Record<string, number>>;
}

/** A real bug that no mutant stands for. */
export interface LeftOut {
  readonly slug: string;
  readonly why: string;
}

/** Real bugs by slug: how many there are, and those that are no mutants. */
export interface History {
  readonly bugs: number;
  readonly leftOut: readonly LeftOut[];
}

/** A mutant that its own property misses survives, whatever else it breaks. */
export const survives = ({ kills, caughtBy }: MutantResult): boolean => kills[caughtBy] === undefined;

export function renderMutants(
  results: readonly MutantResult[],
  properties: readonly string[],
  style: Style,
  width: number,
  history?: History,
): string {
  const name = Math.max(...results.map(({ id }) => widthOf(id)));
  const columns = properties.map((id) => Math.max(widthOf(id), 3));
  const cells = (texts: readonly string[]) =>
    texts.map((text, at) => padEnd(text, columns[at] ?? 0)).join(' ');
  const killed = results.filter((one) => !survives(one));
  return [
    style.heading(`${padEnd('', name)}  ${cells(properties)}`),
    ...results.map((one) => {
      const texts = properties.map((id) => {
        const length = one.kills[id];
        return length === undefined ? '·' : `${length}${id === one.caughtBy ? '*' : ''}`;
      });
      const line = `${padEnd(one.id, name)}  ${cells(texts)}`;
      return survives(one) ? style.bad(line) : line;
    }),
    '',
    style.faint('A number is the length of the shortest run that kills; * marks the property meant to.'),
    `${killed.length} of ${counted(results.length, 'mutant')} killed by the property meant to.`,
    ...results
      .filter(survives)
      .map(({ id, caughtBy }) => style.bad(`survives: ${id} is not caught by ${caughtBy}`)),
    ...wrap(idleText(properties.filter((id) => !results.some(({ kills }) => id in kills))), width),
    ...wrap(`Leave one out, and these come back: ${leaveOneOut(results, properties)}.`, width),
    ...(history === undefined ? [] : historyText(history, style, width)),
    '',
  ].join('\n');
}

const idleText = (idle: readonly string[]): string =>
  idle.length === 0 ? 'Every property kills one.' : `Kill none of these: ${idle.join(' ')}.`;

/** Mutants that one property alone kills. */
function leaveOneOut(results: readonly MutantResult[], properties: readonly string[]): string {
  const parts = properties.flatMap((id) => {
    const only = results
      .filter(({ kills }) => id in kills && Object.keys(kills).length === 1)
      .map((one) => one.id);
    return only.length === 0 ? [] : [`without ${id}, ${only.join(', ')}`];
  });
  return parts.length === 0 ? 'none' : parts.join('; ');
}

/** Which real bugs have no mutant: nothing is claimed of those. */
function historyText({ bugs, leftOut }: History, style: Style, width: number): string[] {
  return [
    '',
    style.heading(
      `${bugs - leftOut.length} of ${counted(bugs, 'historical bug')} are mutants; not expressed, and so not found:`,
    ),
    ...leftOut.flatMap(({ slug, why }) => wrap(`${slug}: ${why}`, width)),
  ];
}
