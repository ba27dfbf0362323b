/**
 * `--explain ID` and `--list`: what the models and properties say about themselves.
 */

import { choices, type Field, type Value, valueText } from '../../../models/choices.ts';
import { absence, type Form } from '../../../models/form.ts';
import { forms } from '../../../models/forms/all.ts';
import { wordedFamilies } from '../../../models/label-words.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { everyProperty, onRequest } from '../../../properties/all.ts';
import type { CatalogRow } from '../../../properties/catalog/row.ts';
import { catalog } from '../../../properties/catalog.ts';
import type { ExpectedVerdict } from '../../../properties/expectation.ts';
import { findings } from '../../../properties/findings.ts';
import type { Mutant } from '../../../properties/mutant.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import type { Property } from '../../../properties/property.ts';
import { searchName, USUAL_FORM } from '../../../reports/run-report.ts';
import { padEnd, type Style, thousands, wrap } from '../../../reports/style.ts';
import { fairnessText } from '../../check/lasso-text.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import { unknownId } from '../suggest.ts';
import { explainFamily } from './explain-family.ts';
import { explainField } from './explain-field.ts';
import { field, fields, WIDTH } from './labelled.ts';
import { boundsText } from './scope-text.ts';

/** A kind of thing that has ids, and how to explain each. */
const EXPLAINERS: readonly {
  readonly ids: readonly string[];
  readonly explain: (id: string) => readonly string[];
}[] = [
  of(everyProperty(), ({ id }) => id, explainProperty),
  of(
    findings,
    ({ id }) => id,
    ({ id, title, story }) => [
      `${id}: ${title}`,
      '',
      ...field('finding', story),
      ...fields(
        'expected in',
        rowsWith((one) => one.finding === id),
      ),
      ...field('see it', shortestOf(id)),
    ],
  ),
  of(variants, ({ id }) => id, explainVariant),
  of(mutants, ({ id }) => id, explainMutant),
  of(
    forms,
    ({ id }) => id,
    (form) => [
      `${form.id}: a guest form`,
      '',
      ...field('is', form.summary),
      ...fields('real size', sizeTexts(form)),
      ...fields(
        'variants',
        variants.map((variant) => absence(variant, form) ?? variant.id),
      ),
      ...fields('catalog', catalog.filter((row) => row.form === form.id).map(rowText)),
    ],
  ),
  of(
    scopes,
    ({ name }) => name,
    (scope) => [
      `${scope.name}: a scope`,
      '',
      ...field('bounds', boundsText(scope)),
      ...fields('catalog', catalog.filter((row) => row.scope === scope.name).map(rowText)),
    ],
  ),
  of(Object.keys(choices) as Field[], (name) => name, explainField),
  of(wordedFamilies(), (family) => family, explainFamily),
];

function of<T>(all: readonly T[], idOf: (one: T) => string, explain: (one: T) => readonly string[]) {
  return {
    ids: all.map(idOf),
    explain: (id: string) => all.filter((one) => idOf(one) === id).flatMap(explain),
  };
}

/** Ids are compared without regard to case. An id of two things (a scope and a variant, say) explains both. */
export function explainId(id: string, style: Style): Result<string> {
  const found = EXPLAINERS.flatMap(({ ids, explain }) => {
    const exact = ids.find((one) => one.toLowerCase() === id.toLowerCase());
    return exact === undefined ? [] : [explain(exact)];
  });
  if (found.length === 0)
    return fail(
      unknownId(
        'id',
        id,
        EXPLAINERS.flatMap(({ ids }) => ids),
      ),
    );
  return ok(
    `${found.map(([title = '', ...lines]) => [style.heading(title), ...lines].join('\n')).join('\n\n')}\n`,
  );
}

const AT: Readonly<Record<Property['at'], string>> = {
  state: 'in every state',
  step: 'before and after every label',
  quiescent: 'in every state at rest: the thread sleeps, nobody adds, onlines or offlines',
  possible: 'from every state: that it can be reached again',
  temporal: 'on every run that is fair: its loops, after any way to them',
};

function explainProperty(property: Property): string[] {
  const { id, title, statement, at, grounding, witness, appliesTo, watch } = property;
  const killed = mutants.flatMap(({ id: mutant, caughtBy, row }) => {
    const length = row?.kills[id];
    if (row === undefined || length === undefined) return [];
    return [`${mutant}/${row.scope} in ${length}${caughtBy === id ? ', which it is there to catch' : ''}`];
  });
  const speaksOf = (one: Protocol, name: string): boolean =>
    scopes.some((scope) => scope.name === name && appliesTo(one, scope));
  const rows = catalog.filter(
    ({ variant, scope, expectation }) =>
      variants.some((one) => one.id === variant && speaksOf(one, scope)) &&
      (!onRequest.includes(property) || expectation.onRequest?.[id] !== undefined),
  );
  return [
    `${id}: ${title}`,
    '',
    ...field('statement', statement),
    ...field('judged', AT[at]),
    ...fields('fairness', watch.kind === 'temporal' ? fairnessText(watch) : []),
    ...fields(
      'grounding',
      grounding.map(({ tree, path, symbol }) => `${tree} ${path} ${symbol}`),
    ),
    ...field('witness', `${witness.join(' or ')}; if none is ever taken, the verdict is vacuous`),
    ...field(
      'speaks of',
      variants
        .filter((one) => scopes.some((scope) => appliesTo(one, scope)))
        .map((one) => one.id)
        .join(' '),
    ),
    ...fields('kills', killed.length === 0 ? ['no mutant'] : killed),
    ...fields('catalog', byVerdict(rows, id)),
  ];
}

/** What is expected where: violations a line each, then the rows that agree, together. */
function byVerdict(rows: readonly CatalogRow[], property: string): string[] {
  const broken: string[] = [];
  const agreeing = new Map<string, string[]>();
  for (const row of rows) {
    const expected = { ...row.expectation.verdicts, ...row.expectation.onRequest }[property];
    const text = expectedText(expected);
    if (expected?.kind === 'violated') broken.push(`${searchName(row)}: ${text}`);
    else agreeing.set(text, [...(agreeing.get(text) ?? []), searchName(row)]);
  }
  return [...broken, ...[...agreeing].map(([text, names]) => `${text} in ${names.join(', ')}`)];
}

function expectedText(expected: ExpectedVerdict | undefined): string {
  if (expected === undefined) return 'holds';
  return expected.kind === 'violated' ? `${expected.finding} in ${expected.length}` : expected.kind;
}

function rowText(row: CatalogRow): string {
  const { expectation, countedBy } = row;
  const { states, transitions, depth, verdicts, onRequest: more = {} } = expectation;
  const counts = `${thousands(states)} states, ${thousands(transitions)} transitions, depth ${depth}, ${countedBy === 'naive' ? 'counted again by the naive explorer' : 'counted again by SPIN'}`;
  const by = new Map<string, string[]>();
  for (const [id, { kind, finding, length }] of Object.entries({ ...verdicts, ...more })) {
    if (kind === 'holds') continue;
    const key = finding ?? kind;
    by.set(key, [...(by.get(key) ?? []), length === undefined ? id : `${id} in ${length}`]);
  }
  const not = [...by].map(([key, ids]) => `${key}: ${ids.join(', ')}`);
  const runs = row.default ? ' (default)' : row.deep ? ' (deep)' : '';
  return `${searchName(row)}${runs}: ${counts}; ${not.length === 0 ? 'everything holds' : `all holds but ${not.join('; ')}`}`;
}

const rowsWith = (wanted: (expected: ExpectedVerdict) => boolean): string[] =>
  catalog.flatMap((row) => {
    const list = Object.entries(row.expectation.verdicts).filter(([, expected]) => wanted(expected));
    return list.length === 0
      ? []
      : [`${searchName(row)}: ${list.map(([id, one]) => `${id} in ${one.length}`).join(', ')}`];
  });

/** The command for the shortest run, of current mainline where it shows it; nothing where only mutants do. */
function shortestOf(finding: string): string {
  const shown = catalog.flatMap((row) =>
    Object.entries(row.expectation.verdicts).flatMap(([property, one]) =>
      one.finding === finding && one.length !== undefined && row.deep !== true
        ? [{ row, property, length: one.length }]
        : [],
    ),
  );
  const ofMainline = shown.filter(({ row }) => row.variant === 'v3');
  const [first] = (ofMainline.length > 0 ? ofMainline : shown).sort((a, b) => a.length - b.length);
  if (first === undefined) return '';
  const { variant, form, scope } = first.row;
  const ofForm = form === USUAL_FORM ? '' : ` --form ${form}`;
  return `ballast check --variant ${variant}${ofForm} --scope ${scope} --property ${first.property}`;
}

const sizeTexts = (form: Form): string[] => [
  `sections of ${thousands(form.pagesPerSection)} pages, ${form.batch} extents a call, addresses of ${form.physicalBits} bits`,
  `${form.p2mOwner === 'guest' ? 'the guest writes its P2M' : 'Xen owns the P2M'}${form.highmem ? '; hot-added pages are high memory' : ''}${form.outside === 0 ? '' : `; ${form.outside} frames are none of the driver's`}`,
];

const parameters = (protocol: Protocol): string[] =>
  Object.entries(protocol)
    .filter(([key]) => key !== 'id' && key !== 'summary')
    .map(([key, value]) => `${key}: ${value === Number.MAX_SAFE_INTEGER ? 'no limit' : String(value)}`);

function explainVariant(protocol: Protocol): string[] {
  return [
    `${protocol.id}: ${protocol.summary}`,
    '',
    ...fields('parameters', parameters(protocol)),
    ...fields('catalog', catalog.filter((row) => row.variant === protocol.id).map(rowText)),
    ...field(
      'mutants',
      mutants
        .filter(({ base }) => base.id === protocol.id)
        .map(({ id }) => id)
        .join(' '),
    ),
  ];
}

function explainMutant({ id, base, protocol, field: changed, reference, caughtBy, row }: Mutant): string[] {
  return [
    `${id}: ${protocol.summary}`,
    '',
    ...field(
      'changes',
      `${changed} of ${base.id}: ${String(base[changed])} becomes ${String(protocol[changed])}`,
    ),
    ...field('reference', reference),
    ...field('caught by', caughtBy),
    ...field(
      'killed by',
      Object.entries(row?.kills ?? {})
        .map(([property, length]) => `${property} in ${length}`)
        .join(', '),
    ),
    ...field('scope', row?.scope ?? ''),
  ];
}

/** Everything there is to choose from, by kind. */
export function listAll(style: Style): string {
  const part = (title: string, rows: readonly (readonly [string, string])[]): string => {
    const width = Math.max(...rows.map(([id]) => id.length)) + 2;
    const lines = rows.flatMap(([id, text]) =>
      wrap(text, WIDTH - width - 2).map((line, at) => `  ${padEnd(at === 0 ? id : '', width)}${line}`),
    );
    return [style.heading(title), ...lines, ''].join('\n');
  };
  const marks = ({ default: byDefault, deep }: CatalogRow): string =>
    byDefault ? ', default' : deep ? ', deep' : '';
  return [
    part(
      'variants',
      variants.map(({ id, summary }) => [id, summary]),
    ),
    part(
      'forms',
      forms.map(({ id, summary }) => [id, summary]),
    ),
    part(
      'scopes',
      scopes.map((scope) => [scope.name, boundsText(scope)]),
    ),
    part(
      'fields of a protocol, as in v3+callback=testP2m',
      Object.entries(choices).map(([name, values]) => [name, (values as Value[]).map(valueText).join(' | ')]),
    ),
    part(
      'properties',
      everyProperty().map(({ id, title }) => [id, title]),
    ),
    part(
      'findings',
      findings.map(({ id, title }) => [id, title]),
    ),
    part(
      'mutants',
      mutants.map(({ id, base, protocol }) => [id, `${base.id}: ${protocol.summary}`]),
    ),
    part(
      'catalog',
      catalog.map((row) => [searchName(row), `${thousands(row.expectation.states)} states${marks(row)}`]),
    ),
  ].join('\n');
}
