/**
 * Definitions from outside the tree, looked at all at once, and then known to every command like those inside.
 */
import { type Field, readPatch, valueText } from '../../models/choices.ts';
import { absence } from '../../models/form.ts';
import { forms } from '../../models/forms/all.ts';
import { guestModel } from '../../models/guest.ts';
import { changed, type Protocol } from '../../models/protocol.ts';
import type { Scope } from '../../models/scope.ts';
import { single } from '../../models/scopes.ts';
import { addVariant, variants } from '../../models/variants/all.ts';
import { addProperty, properties } from '../../properties/all.ts';
import { mutant } from '../../properties/mutant.ts';
import { addMutant, mutants } from '../../properties/mutants/all.ts';
import type { Property } from '../../properties/property.ts';
import type { Watch } from '../compose/observation.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { Stepper } from '../step/stepper.ts';
import type { Change, Definition, MutantDefinition, VariantDefinition } from './define.ts';

/** Letters, digits and `. - _`: an id stands in flags, file names and `id+field=value`. */
const ID = /^[A-Za-z0-9][\w.-]*$/;

/** All problems and nothing admitted, or everything admitted: BAD_ID, ID_TAKEN, NOT_ONE_FIELD, UNKNOWN_… and what a patch's name can have. */
export function admit(definitions: readonly Definition[]): Result<readonly Definition[]> {
  const problems: Problem[] = idProblems(definitions);
  const bases: Protocol[] = [...variants, ...mutants.map(({ protocol }) => protocol)];
  const adopt: (() => void)[] = [];
  for (const one of definitions)
    if (one.kind === 'property') {
      problems.push(...propertyProblems(one.property));
      adopt.push(() => addProperty(one.property));
    } else {
      const made = protocolFrom(one, bases);
      if (one.kind === 'mutant') problems.push(...mutantProblems(one, definitions));
      if (!made.ok) problems.push(...made.problems);
      else if (one.kind === 'variant') {
        bases.push(made.value);
        adopt.push(() => addVariant(made.value));
      } else {
        const base = bases.find(({ id }) => id === one.base);
        if (base !== undefined && Object.keys(one.change).length === 1)
          adopt.push(() => addMutant(mutant({ ...one, base, change: one.change as Partial<Protocol> })));
      }
    }
  if (problems.length > 0) return fail(...problems);
  for (const add of adopt) add();
  return ok(definitions);
}

const idOf = (one: Definition): string => (one.kind === 'property' ? one.property.id : one.id);

function idProblems(definitions: readonly Definition[]): Problem[] {
  const taken = [...variants, ...mutants, ...properties].map(({ id }) => id);
  return definitions.flatMap((one, at) => {
    const id = idOf(one);
    const before = definitions.slice(0, at).map(idOf);
    return [
      ...(ID.test(id)
        ? []
        : [{ code: 'BAD_ID', message: `${one.kind} ${id}`, expected: 'letters, digits, . - _', got: id }]),
      ...(taken.includes(id) || before.includes(id)
        ? [{ code: 'ID_TAKEN', message: `there is a ${id} already`, expected: 'an id of its own' }]
        : []),
    ];
  });
}

/** The words and rules of `base+field=value`. */
function protocolFrom(
  one: VariantDefinition | MutantDefinition,
  bases: readonly Protocol[],
): Result<Protocol> {
  const changes = (Object.entries(one.change) as [Field, Change[Field] & {}][]).map(
    ([field, value]) => `${field}=${valueText(value)}`,
  );
  const read = readPatch([one.base, ...changes].join('+'), bases);
  return read.ok ? ok(changed(read.value, one.id, one.summary, {})) : read;
}

function mutantProblems(one: MutantDefinition, definitions: readonly Definition[]): Problem[] {
  const fields = Object.keys(one.change);
  const ids = [...properties, ...definitions.flatMap((d) => (d.kind === 'property' ? [d.property] : []))];
  return [
    ...(fields.length === 1
      ? []
      : [
          {
            code: 'NOT_ONE_FIELD',
            message: `mutant ${one.id} changes ${fields.length} fields`,
            expected: 'exactly one',
          },
        ]),
    ...(ids.some(({ id }) => id === one.caughtBy)
      ? []
      : [{ code: 'UNKNOWN_PROPERTY', message: `there is no property ${one.caughtBy} to catch ${one.id}` }]),
  ];
}

/** Names of quantities and families that no variant has are misspelt. */
function propertyProblems({ id, watch, witness }: Property): Problem[] {
  const { quantities, families } = vocabulary();
  const unknown = (code: string, what: string, names: readonly string[], known: ReadonlySet<string>) =>
    [...new Set(names)]
      .filter((name) => !known.has(name))
      .map((name) => ({
        code,
        message: `property ${id}: no ${what} ${name} in any variant`,
        expected:
          [...known].filter((one) => one.split('.')[0] === name.split('.')[0]).join(' ') ||
          [...known].join(' '),
      }));
  return [
    ...unknown('UNKNOWN_QUANTITY', 'quantity', quantitiesIn(watch), quantities),
    ...unknown('UNKNOWN_FAMILY', 'label family', [...witness, ...familiesIn(watch)], families),
    ...(watch.kind === 'step' && watch.on !== undefined
      ? unknown(
          'UNKNOWN_CHART',
          'chart',
          [watch.on],
          new Set([...quantities].map((name) => name.split('.')[0] ?? '')),
        )
      : []),
  ];
}

function quantitiesIn(watch: Watch): string[] {
  if (watch.kind === 'state') return watch.clauses.flat().flatMap(({ sum }) => Object.keys(sum));
  return watch.kind === 'possible' ? watch.goal.flatMap(({ sum }) => Object.keys(sum)) : [];
}

function familiesIn(watch: Watch): readonly string[] {
  if (watch.kind === 'step') return watch.never;
  return watch.kind === 'possible' ? watch.without : [];
}

/** Everything that charts observe and do in some shipped variant, with every actor on. */
function vocabulary(): { readonly quantities: Set<string>; readonly families: Set<string> } {
  const everybody: Scope = { ...single, onlining: 'any', writer: 'any' };
  const models = variants.flatMap((variant) =>
    forms.flatMap((form) =>
      absence(variant, form) === undefined ? [guestModel(variant, form, everybody)] : [],
    ),
  );
  return {
    quantities: new Set(
      models.flatMap(({ charts }) =>
        charts.flatMap((chart) =>
          Object.keys(chart.observe(new Stepper(chart).initial)).map((name) => `${chart.kind}.${name}`),
        ),
      ),
    ),
    families: new Set(models.flatMap(({ alphabet }) => alphabet.map(({ type }) => type))),
  };
}
