/**
 * A trace file or a guest's log, and the models it speaks of: everything that `replay` and `shrink` need, or every problem at once.
 */
import { alphabetOf } from '../../../models/alphabet.ts';
import type { Form } from '../../../models/form.ts';
import { formOf } from '../../../models/forms/all.ts';
import { pv64 } from '../../../models/forms/pv.ts';
import type { Protocol } from '../../../models/protocol.ts';
import { blocksOf, type Scope } from '../../../models/scope.ts';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { everyProperty, properties } from '../../../properties/all.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import type { Property } from '../../../properties/property.ts';
import { BOOT, type Label, labelText } from '../../core/label.ts';
import { fail, ok, type Place, type Problem, type Result } from '../../core/result.ts';
import { scaled } from '../../trace/scale.ts';
import { readTraceFile, type TraceFile } from '../../trace/trace-file.ts';
import type { StepWorld } from '../../trace/world.ts';
import { protocolOf } from '../check/task.ts';
import type { Io } from '../io.ts';
import { unknownId } from '../suggest.ts';
import { runOfLog } from './log.ts';
import { PAGES_MAX, scopeOfTrace } from './scope.ts';
import { alphabetIfSmall, guestWorld } from './world.ts';

export interface OpenTrace {
  readonly file: TraceFile;
  readonly protocol: Protocol;
  readonly form: Form;
  readonly scope: Scope;
  readonly property: Property;
  /** Those that speak about the protocol. */
  readonly properties: readonly Property[];
  readonly world: StepWorld;
  /** In small scopes. */
  readonly alphabet: readonly Label[] | undefined;
}

/** `property` replaces the file's own. */
export function openTrace(io: Io, path: string, property?: string): Result<OpenTrace> {
  let text: string;
  try {
    text = io.files.read(path);
  } catch (error) {
    const message = `cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`;
    return fail({ code: 'TRACE_UNREADABLE', message, expected: 'a file that ballast check or fuzz wrote' });
  }
  const read = readTraceFile(text, path);
  return read.ok ? resolve(read.value, property) : read;
}

function resolve(file: TraceFile, chosen: string | undefined): Result<OpenTrace> {
  const problems: Problem[] = [];
  const { placeOf } = file;
  const protocol = protocolOf(file.variant);
  if (protocol === undefined) {
    const ids = [...variants, ...mutants].map(({ id }) => id);
    problems.push({ ...unknownId('variant', file.variant, ids), where: placeOf(['variant']) });
  }
  const id = chosen ?? file.property;
  const property = everyProperty().find((one) => one.id === id);
  const where = chosen === undefined ? { where: placeOf(['property']) } : {};
  if (property === undefined)
    problems.push({
      ...unknownId(
        'property',
        id,
        everyProperty().map((one) => one.id),
      ),
      ...where,
    });
  const scope = scopeOfTrace(file.bounds, placeOf);
  if (!scope.ok) problems.push(...scope.problems);
  else if (protocol !== undefined && property?.appliesTo(protocol, scope.value) === false)
    problems.push({ code: 'PROPERTY_SILENT', message: `${id} says nothing about ${protocol.id}`, ...where });
  const form = protocol === undefined ? undefined : formOf(file.form ?? pv64.id, protocol);
  if (form?.ok === false)
    problems.push(...form.problems.map((one) => ({ ...one, where: placeOf(['form']) })));
  if (protocol === undefined || property === undefined || !scope.ok || form?.ok !== true)
    return fail(...problems);
  problems.push(
    ...labelProblems(file.labels, protocol, form.value, scope.value, (at) => placeOf(['labels', at])),
  );
  if (problems.length > 0) return fail(...problems);
  return ok({
    file,
    protocol,
    form: form.value,
    scope: scope.value,
    property,
    properties: judgedIn(protocol, scope.value, property),
    world: guestWorld(protocol, form.value, scope.value),
    alphabet: alphabetIfSmall(protocol, form.value, scope.value),
  });
}

/** What a run is judged by: what speaks of it, and what it was made for; a loop is judged by itself. */
function judgedIn(protocol: Protocol, scope: Scope, made: Property): readonly Property[] {
  const spoken = properties.filter((one) => one.appliesTo(protocol, scope));
  return spoken.includes(made) || made.watch.kind === 'temporal' ? spoken : [...spoken, made];
}

/** Whether every label of a run is one of the alphabet. */
export function isSpelt(labels: readonly Label[], alphabet: readonly Label[]): boolean {
  const known = new Set(alphabet.map(labelText));
  return labels.every((label) => known.has(labelText(label)));
}

/** The run of a real guest's log that breaks the property. */
export function openLog(io: Io, path: string, variant: string, property: string): Result<OpenTrace> {
  const protocol = protocolOf(variant);
  const chosen = properties.find(({ id }) => id === property);
  if (protocol === undefined || chosen === undefined)
    return fail(
      ...(protocol === undefined
        ? [
            unknownId(
              'variant',
              variant,
              variants.map(({ id }) => id),
            ),
          ]
        : []),
      ...(chosen === undefined
        ? [
            unknownId(
              'property',
              property,
              properties.map(({ id }) => id),
            ),
          ]
        : []),
    );
  if (!scopes.some((one) => chosen.appliesTo(protocol, one)))
    return fail({ code: 'PROPERTY_SILENT', message: `${property} says nothing about ${variant}` });
  const run = runOfLog(io, path, protocol, chosen);
  if (!run.ok) return run;
  const { scope, world, labels } = run.value;
  return ok({
    file: {
      variant,
      form: pv64.id,
      scope: scope.name,
      bounds: { ...scope },
      property,
      finding: undefined,
      labels,
      steps: undefined,
      placeOf: () => ({ file: path, line: 1 }),
    },
    protocol,
    form: pv64,
    scope,
    property: chosen,
    properties: properties.filter((one) => one.appliesTo(protocol, scope)),
    world,
    alphabet: undefined,
  });
}

/** The same run in a small scope, as far as it goes there. */
export function scaledTo(open: OpenTrace, labels: readonly Label[], scope: Scope): OpenTrace {
  const { pagesPerSection, sections, targets } = scope;
  const fromTarget = open.scope.targets[0] ?? 0;
  const fromPagesPerSection = open.scope.pagesPerSection;
  const scale = { fromPagesPerSection, fromTarget, pagesPerSection, sections, targets };
  const alphabet = alphabetOf(open.protocol, open.form, scope);
  const small = scaled(labels, scale).filter((label) => isSpelt([label], alphabet));
  return {
    ...open,
    file: { ...open.file, labels: small, scope: scope.name, bounds: { ...scope } },
    scope,
    properties: judgedIn(open.protocol, scope, open.property),
    world: guestWorld(open.protocol, open.form, scope),
    alphabet,
  };
}

/** Other outcomes of a label's verb that carry the same numbers; for scopes too large to have an alphabet. */
export function outcomesIn(protocol: Protocol, form: Form, scope: Scope): (label: Label) => readonly Label[] {
  const shapes = shapesIn(protocol, form, scope);
  const verb = (type: string) => type.split('.')[0];
  return (label) =>
    [...shapes]
      .filter(
        ([type, keys]) => type !== label.type && verb(type) === verb(label.type) && keys === keysOf(label),
      )
      .map(([type]) => ({ ...label, type }));
}

const KEYS = ['section', 'block', 'first', 'count', 'pages'] as const;
const keysOf = (label: Label): string => KEYS.filter((key) => label[key] !== undefined).join(' ');

/** Every family that the variant has in this scope, whatever its size. */
const smallAlphabet = (protocol: Protocol, form: Form, scope: Scope): readonly Label[] =>
  alphabetOf(protocol, form, {
    ...scope,
    sections: Math.min(scope.sections, 2 * scope.sectionsPerBlock),
    batch: Math.min(scope.batch, 2),
    targets: scope.targets.slice(0, 2),
  });

/** Per family: the numbers that it carries. */
const shapesIn = (protocol: Protocol, form: Form, scope: Scope): ReadonlyMap<string, string> =>
  new Map(smallAlphabet(protocol, form, scope).map((label) => [label.type, keysOf(label)]));

/** Families that a variant does not know in this scope, payloads that a family does not carry, numbers beyond the scope. */
function labelProblems(
  labels: readonly Label[],
  protocol: Protocol,
  form: Form,
  scope: Scope,
  placeOf: (at: number) => Place,
): Problem[] {
  const alphabet = smallAlphabet(protocol, form, scope);
  const shapes = shapesIn(protocol, form, scope);
  const ofBoot = new Set(alphabet.flatMap(({ type, section }) => (section === BOOT ? [type] : [])));
  const ofNone = new Set(alphabet.flatMap(({ type, pages }) => (pages === 0 ? [type] : [])));
  return labels.flatMap((label, at): Problem[] => {
    const where = placeOf(at);
    const shape = shapes.get(label.type);
    if (shape === undefined) {
      const unknown = unknownId('label', label.type, [...shapes.keys()]);
      return [{ ...unknown, message: `${protocol.id} knows no label ${label.type} in this scope`, where }];
    }
    if (keysOf(label) !== shape)
      return [
        {
          code: 'LABEL_PAYLOAD',
          message: `${label.type} is not written so`,
          where,
          expected: shape === '' ? 'no payload' : shape,
          got: keysOf(label) === '' ? 'no payload' : keysOf(label),
        },
      ];
    const isOrder = /^(max|target)\./.test(label.type);
    const least = {
      section: ofBoot.has(label.type) ? BOOT : 0,
      pages: isOrder || ofNone.has(label.type) ? 0 : 1,
    };
    return inRange(label, scope, least)
      ? []
      : [{ code: 'LABEL_RANGE', message: `${labelText(label)} is beyond the scope`, where }];
  });
}

function inRange(
  { section, block, first, count, pages }: Label,
  scope: Scope,
  least: { readonly section: number; readonly pages: number },
): boolean {
  const within = (value: number | undefined, from: number, to: number) =>
    value === undefined || (value >= from && value < to);
  const isCount = first === undefined && count !== undefined;
  return (
    within(section, least.section, scope.sections) &&
    within(block, 0, blocksOf(scope)) &&
    within(first, 0, scope.sections) &&
    within(count, 1, (isCount ? PAGES_MAX : scope.sections - (first ?? 0)) + 1) &&
    within(pages, least.pages, PAGES_MAX + 1)
  );
}
