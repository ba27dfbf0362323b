/** Which chart shares which labels, as a Markdown table: families down, kinds of chart across, roles in the cells. */
import type { Model } from '../src/core/chart.ts';

export interface NamedModel {
  readonly variant: string;
  readonly model: Model;
}

const LETTER = { initiates: '**i**', grants: 'g', decides: 'd', observes: 'o' } as const;

/** Families in alphabet order; a family that only some variants have says which. */
export function renderLabelTable(models: readonly NamedModel[]): string {
  const kinds = [...new Set(models.flatMap(({ model }) => model.charts.map(({ kind }) => kind)))];
  const families = [...new Set(models.flatMap(({ model }) => model.alphabet.map(({ type }) => type)))];
  const rows = families.map((family) => {
    const having = models.filter(({ model }) => model.alphabet.some(({ type }) => type === family));
    const cells = kinds.map((kind) => {
      const roles = having.flatMap(({ model }) =>
        model.charts
          .filter((chart) => chart.kind === kind)
          .flatMap((chart) => {
            const label = model.alphabet.find(
              (one) => one.type === family && chart.families[family] !== undefined && chart.owns(one),
            );
            const role = label === undefined ? undefined : chart.families[family];
            return role === undefined ? [] : [LETTER[role]];
          }),
      );
      return [...new Set(roles)].join(' ');
    });
    const only = having.length === models.length ? '' : having.map(({ variant }) => variant).join(', ');
    return `| ${[`\`${family}\``, ...cells, only].join(' | ')} |`;
  });
  const head = ['label', ...kinds, 'only in'];
  return [
    '# Who shares which labels',
    '',
    'Generated from the alphabets by `npm run golden`; do not edit. **i** initiates · g grants (a lock) · d decides · o observes.',
    '',
    `| ${head.join(' | ')} |`,
    `|${head.map(() => '---').join('|')}|`,
    ...rows,
    '',
  ].join('\n');
}
