/** Single changes of a driver against one property: what cures it, and at what price. */
import { counted, padEnd, type Style, widthOf, wrap } from './style.ts';

export interface Fix {
  /** `callback=testP2m`. */
  readonly change: string;
  /** Of the property asked about, after the change. */
  readonly verdict: string;
  /** Properties that were violated and hold now. */
  readonly cures: readonly string[];
  /** Properties that were not violated and are now. */
  readonly breaks: readonly string[];
  /** The product is another one: not as many states, transitions and steps as before. */
  readonly changesRuns: boolean;
}

export interface Fixes {
  readonly property: string;
  readonly variant: string;
  readonly scope: string;
  /** Fields that a patch may change. */
  readonly fields: number;
  readonly tried: readonly Fix[];
  readonly reproduce: string;
}

const price = ({ breaks }: Fix): number => breaks.length;

export function renderFixes(fixes: Fixes, style: Style, width: number): string {
  const cured = fixes.tried
    .filter(({ verdict }) => verdict === 'holds')
    .sort((a, b) => price(a) - price(b) || b.cures.length - a.cures.length);
  const idle = fixes.tried.filter(({ changesRuns }) => !changesRuns).map(({ change }) => change);
  const broken = fixes.tried
    .filter(({ verdict, changesRuns }) => verdict === 'violated' && changesRuns)
    .map(({ change }) => change);
  const unclear = fixes.tried.filter(({ verdict }) => !['holds', 'violated'].includes(verdict));
  const name = Math.max(6, ...cured.map(({ change }) => widthOf(change)));
  const cures = Math.max(5, ...cured.map((one) => widthOf(one.cures.join(' '))));
  return [
    style.heading(`${padEnd('change', name)}  ${padEnd('cures', cures)}  breaks`),
    ...cured.map((one) => {
      const line = `${padEnd(one.change, name)}  ${padEnd(one.cures.join(' '), cures)}  ${one.breaks.join(' ') || 'nothing'}`;
      return one.breaks.length === 0 ? style.good(line) : line;
    }),
    '',
    `${counted(cured.length, 'change')} of ${fixes.tried.length} ${cured.length === 1 ? 'cures' : 'cure'} ${fixes.property} of ${fixes.variant} in scope ${fixes.scope}.`,
    ...(broken.length === 0
      ? []
      : wrap(`It stays broken with ${broken.join(', ')}.`, width).map(style.faint)),
    ...(idle.length === 0 ? [] : wrap(`Without effect there: ${idle.join(', ')}.`, width).map(style.faint)),
    ...(unclear.length === 0
      ? []
      : wrap(
          `Nothing is shown by ${unclear.map(({ change, verdict }) => `${change} (${verdict})`).join(', ')}.`,
          width,
        ).map(style.faint)),
    ...wrap(
      'A cure here is a cure in this scope and this model: look at the run, then at the code. Changes that no driver can have are left out.',
      width,
    ).map(style.faint),
    '',
  ].join('\n');
}

export function renderFixesJson(fixes: Fixes): string {
  return `${JSON.stringify({ schema: 'ballast.fixes/1', ...fixes }, null, 2)}\n`;
}
