/**
 * `ballast report --finding ID --format lkml`: one finding of the catalog as a mail to maintainers.
 */

import { pv64 } from '../../../models/forms/pv.ts';
import { wordsOf } from '../../../models/label-words.ts';
import type { Scope } from '../../../models/scope.ts';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { properties } from '../../../properties/all.ts';
import type { CatalogRow } from '../../../properties/catalog/row.ts';
import { catalog } from '../../../properties/catalog.ts';
import type { ExpectedVerdict } from '../../../properties/expectation.ts';
import { findings } from '../../../properties/findings.ts';
import { type AffectedVersion, renderMaintainerReport } from '../../../reports/maintainer.ts';
import { expectOk, fail, ok, type Result } from '../../core/result.ts';
import { forcingOf } from '../../gen/forcing.ts';
import { type Validation, validate } from '../../validate/validate.ts';
import { runTask } from '../check/task.ts';
import { EXIT, type Exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { writeText } from '../output.ts';
import { printProblems } from '../problems.ts';
import { unknownId } from '../suggest.ts';

interface MailFlags {
  readonly finding?: string;
  readonly log?: readonly string[];
  readonly property?: readonly string[];
  readonly output?: string;
}

/** What the catalog says of a finding in one row. */
interface Place {
  readonly row: CatalogRow;
  readonly scope: Scope;
  /** Ids, shortest run first. */
  readonly properties: readonly string[];
}

export function mail(flags: MailFlags, io: Io): Exit {
  const finding = findings.find(({ id }) => id === flags.finding);
  if (finding === undefined) {
    const known = findings.map(({ id }) => id);
    const problem =
      flags.finding === undefined
        ? {
            code: 'FINDING_MISSING',
            message: 'a mail is about one finding',
            expected: '--finding and one of ballast check --list, for example --finding W3d',
          }
        : unknownId('finding', flags.finding, known);
    return printProblems(io, [problem], EXIT.usage);
  }
  const places = placesOf(finding.id);
  const [place] = places;
  const property = chosen(place?.properties ?? [], flags.property);
  if (flags.property !== undefined && property === undefined)
    return printProblems(
      io,
      [unknownId('property', flags.property.join(' '), place?.properties ?? [])],
      EXIT.usage,
    );
  if (place === undefined || property === undefined)
    return printProblems(
      io,
      [{ code: 'FINDING_NO_RUN', message: `no row of the catalog shows ${finding.id}` }],
      EXIT.usage,
    );
  const logs = logsOf(flags.log ?? [], place.row.variant, io);
  if (!logs.ok) return printProblems(io, logs.problems, EXIT.badInput);
  const trace = traceOf(place, property, io);
  const text = renderMaintainerReport({
    ...finding,
    variant: place.row.variant,
    scope: place.scope.name,
    bounds: place.scope,
    property: propertyOf(property),
    alsoBroken: place.properties.filter((id) => id !== property).map(propertyOf),
    trace,
    affected: versions(places),
    sound: soundVersions(place, property),
    logs: logs.value,
    properties: [...new Set(places.flatMap((one) => one.properties))],
    wordsOf,
    causeOf: ({ type }) => {
      const { how, by } = forcingOf(type);
      return { isAct: how !== 'follows', by };
    },
    reproduce: `ballast check --variant ${place.row.variant}${place.row.form === pv64.id ? '' : ` --form ${place.row.form}`} --scope ${place.scope.name} --property ${property}`,
    version: io.version,
  });
  writeText(io, flags.output, text);
  if (flags.output !== undefined) io.out(`${flags.output}\n`);
  return EXIT.expected;
}

/** The one asked for; else the first that is broken by a step, which is where damage is done; else the one with the shortest run. */
function chosen(ids: readonly string[], asked: readonly string[] | undefined): string | undefined {
  if (asked !== undefined) return ids.find((id) => asked.length === 1 && asked.includes(id));
  return ids.find((id) => propertyOf(id).watch.kind === 'step') ?? ids[0];
}

/** Rows that show it: the newest variant first, in the form that rows mean by default, in a search of every check, where most variants are compared, with the shortest run, in the smallest product. */
function placesOf(finding: string): readonly Place[] {
  const order = variants.map(({ id }) => id);
  return catalog
    .flatMap((row): Place[] => {
      const scope = scopes.find(({ name }) => name === row.scope);
      // A lasso is hard to follow on a guest; it is told only where nothing else shows the finding.
      const { verdicts: judged, onRequest: more = {} } = row.expectation;
      const names = (verdicts: Readonly<Record<string, ExpectedVerdict>>) =>
        Object.values(verdicts).some((one) => one.finding === finding);
      const verdicts = names(judged) ? judged : more;
      const found = Object.entries(verdicts).filter(([, verdict]) => verdict.finding === finding);
      const shown = found.toSorted(([, a], [, b]) => (a.length ?? 0) - (b.length ?? 0)).map(([id]) => id);
      return scope === undefined || shown.length === 0 || !order.includes(row.variant)
        ? []
        : [{ row, scope, properties: shown }];
    })
    .toSorted(
      (a, b) =>
        newness(b.row.variant) - newness(a.row.variant) ||
        Number(a.row.form !== pv64.id) - Number(b.row.form !== pv64.id) ||
        order.indexOf(a.row.variant) - order.indexOf(b.row.variant) ||
        Number(b.row.default === true) - Number(a.row.default === true) ||
        compared(b.row) - compared(a.row) ||
        lengthOfRun(a) - lengthOfRun(b) ||
        a.row.expectation.states - b.row.expectation.states,
    );
}

/** Steps of the run that is told where nobody asks for another. */
const lengthOfRun = ({ row, properties: ids }: Place): number =>
  row.expectation.verdicts[chosen(ids, undefined) ?? '']?.length ?? 0;

/** Rows beside it: a scope that other variants stand in as well says who is not affected. */
const compared = ({ scope, form }: CatalogRow): number =>
  catalog.filter((one) => one.scope === scope && one.form === form && !one.deep).length;

/** By first kernel; what was never released comes last. */
function newness(variant: string): number {
  const kernel = kernelOf(variant);
  const [major = 0, minor = 0] = (kernel ?? '0').split('.').map(Number);
  return major * 1000 + minor;
}

const kernelOf = (variant: string): string | undefined => {
  const kernel = variants.find(({ id }) => id === variant)?.kernel;
  return kernel !== undefined && /^\d+\.\d+$/.test(kernel) ? kernel : undefined;
};

const version = (variant: string, ids: readonly string[]): AffectedVersion => ({
  variant,
  summary: variants.find(({ id }) => id === variant)?.summary ?? variant,
  kernel: kernelOf(variant),
  properties: ids,
});

function versions(places: readonly Place[]): readonly AffectedVersion[] {
  const names = [...new Set(places.map(({ row }) => row.variant))];
  return names.map((name) =>
    version(name, [
      ...new Set(places.filter(({ row }) => row.variant === name).flatMap((one) => one.properties)),
    ]),
  );
}

/** Variants that were searched in the same scope and form, and of which the property holds. */
function soundVersions({ row, scope }: Place, property: string): readonly AffectedVersion[] {
  const applies = propertyOf(property).appliesTo;
  return variants
    .filter((protocol) => applies(protocol, scope))
    .filter(({ id }) =>
      catalog.some(
        (other) =>
          other.variant === id &&
          other.scope === scope.name &&
          other.form === row.form &&
          other.expectation.verdicts[property] === undefined,
      ),
    )
    .map(({ id }) => version(id, []));
}

const propertyOf = (id: string) => {
  const found = properties.find((property) => property.id === id);
  if (found === undefined) throw new Error(`no property ${id}`);
  return found;
};

function traceOf({ row, scope }: Place, property: string, io: Io) {
  const outcome = expectOk(
    runTask(
      { variant: row.variant, form: row.form, scope, properties: [property] },
      { clock: io.clock, now: io.now, stop: () => undefined, onProgress: () => {} },
    ),
    'shipped variants obey the rules',
  );
  const trace = outcome.cases.find((one) => one.property === property)?.trace;
  if (trace === undefined)
    throw new Error(`${row.variant} does not break ${property}, though the catalog says so`);
  return trace;
}

function logsOf(paths: readonly string[], variant: string, io: Io): Result<readonly Validation[]> {
  const protocol = variants.find(({ id }) => id === variant);
  if (protocol === undefined) throw new Error(`no variant ${variant}`);
  const read = paths.map((path) => validate([path], io.logs, { protocol, properties }));
  const problems = read.flatMap((one) => (one.ok ? [] : one.problems));
  return problems.length > 0 ? fail(...problems) : ok(read.flatMap((one) => (one.ok ? one.value : [])));
}
