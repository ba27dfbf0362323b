/**
 * What is wrong with the requirements themselves, and what the evidence leaves open.
 *
 *   SPEC_DUPLICATE_ID · SPEC_UNKNOWN_NAME · SPEC_NOTHING_ASKED · SPEC_LOG_FAMILY   a requirement is badly written
 *   SPEC_UNREFERENCED · SPEC_STALE                                    a property or chart that no sentence asks for, or the list of such
 *   SPEC_NOT_SEARCHED       the run did not search the scope it speaks of
 *   SPEC_NO_EVIDENCE        it is neither verified nor refuted by anything
 *   SPEC_NEW_REFUTATION     it is refuted, and no finding names why
 *   SPEC_NOT_SEEN           a label that a real log must show is in none
 */
import type {
  BeyondTheText,
  ModelledRequirement,
  Requirement,
} from '../../properties/requirements/requirement.ts';
import type { Problem } from '../core/result.ts';
import { familiesOf, type RequirementEvidence } from './evidence.ts';

/** What a requirement may name. */
export interface KnownNames {
  readonly charts: readonly string[];
  readonly families: readonly string[];
  readonly properties: readonly string[];
  readonly scopes: readonly string[];
  readonly forms: readonly string[];
}

export function namingProblems(
  requirements: readonly Requirement[],
  beyond: readonly BeyondTheText[],
  known: KnownNames,
): readonly Problem[] {
  const modelled = requirements.filter((one) => one.status === 'modelled');
  return [
    ...duplicates(requirements.map(({ id }) => id)).map((id) => ({
      code: 'SPEC_DUPLICATE_ID',
      message: `${id} is the id of two requirements`,
    })),
    ...modelled.flatMap((one) => [...unknownNames(one, known), ...writing(one)]),
    ...unreferenced(modelled, beyond, known),
  ];
}

const duplicates = (ids: readonly string[]): readonly string[] => [
  ...new Set(ids.filter((id, at) => ids.indexOf(id) !== at)),
];

function unknownNames(one: ModelledRequirement, known: KnownNames): Problem[] {
  const named: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['chart', one.charts, known.charts],
    ['label family', familiesOf(one), known.families],
    ['property', one.properties, known.properties],
    ['scope', one.scopes ?? [], known.scopes],
    ['form', one.forms ?? [], known.forms],
  ];
  return named.flatMap(([what, names, of]) =>
    names
      .filter((name) => !of.includes(name))
      .map((name) => ({
        code: 'SPEC_UNKNOWN_NAME',
        message: `${one.id} names ${what} ${name}, and there is none`,
      })),
  );
}

function writing(one: ModelledRequirement): Problem[] {
  const empty = (['charts', 'families', 'properties'] as const).filter((key) => one[key].length === 0);
  return [
    ...empty.map((key) => ({ code: 'SPEC_NOTHING_ASKED', message: `${one.id} names no ${key}` })),
    ...one.inLogs
      .filter((family) => !familiesOf(one).includes(family))
      .map((family) => ({
        code: 'SPEC_LOG_FAMILY',
        message: `${one.id} wants ${family} seen in a log and does not list it as its own`,
      })),
  ];
}

function unreferenced(
  modelled: readonly ModelledRequirement[],
  beyond: readonly BeyondTheText[],
  known: KnownNames,
): Problem[] {
  const check = (
    what: BeyondTheText['what'],
    all: readonly string[],
    used: ReadonlySet<string>,
  ): Problem[] => {
    const listed = beyond.filter((one) => one.what === what).map(({ id }) => id);
    return [
      ...all
        .filter((id) => !used.has(id) && !listed.includes(id))
        .map((id) => ({
          code: 'SPEC_UNREFERENCED',
          message: `no requirement asks for ${what} ${id}, and it is not listed as beyond the text`,
        })),
      ...listed
        .filter((id) => used.has(id) || !all.includes(id))
        .map((id) => ({
          code: 'SPEC_STALE',
          message: `${what} ${id} is listed as beyond the text, but ${used.has(id) ? 'a requirement asks for it' : 'there is none'}`,
        })),
    ];
  };
  return [
    ...check('property', known.properties, new Set(modelled.flatMap(({ properties }) => properties))),
    ...check('chart', known.charts, new Set(modelled.flatMap(({ charts }) => charts))),
  ];
}

/** `searched`: names of the scopes of the run. */
export function evidenceProblems(
  evidence: readonly RequirementEvidence[],
  searched: readonly string[],
): readonly Problem[] {
  return evidence.flatMap(({ requirement, verdicts, notSeen }): Problem[] => {
    if (requirement.status === 'not modelled') return [];
    const { id, forms, scopes } = requirement;
    const shown = verdicts.some(({ verdict }) => verdict === 'verified' || verdict === 'refuted');
    const elsewhere = [
      ...(scopes === undefined || scopes.some((scope) => searched.includes(scope))
        ? []
        : [`scope ${scopes.join(' or ')}`]),
      ...(forms === undefined || verdicts.length > 0 ? [] : [`form ${forms.join(' or ')}`]),
    ];
    const fresh = verdicts.flatMap(({ variant, because }) =>
      because.flatMap((one) =>
        one.what === 'violated' && one.why === undefined ? [`${one.id} in ${variant}`] : [],
      ),
    );
    return [
      ...(shown ? [] : [elsewhere.length > 0 ? notSearched(id, elsewhere) : noEvidence(id)]),
      ...fresh.map((text) => ({
        code: 'SPEC_NEW_REFUTATION',
        message: `${id} is refuted by ${text}, which no finding names`,
      })),
      ...notSeen.map((family) => ({
        code: 'SPEC_NOT_SEEN',
        message: `${id} wants ${family} seen in a real log; no accepted log shows it`,
      })),
    ];
  });
}

const NOT_SEARCHED = 'SPEC_NOT_SEARCHED';

const noEvidence = (id: string): Problem => ({
  code: 'SPEC_NO_EVIDENCE',
  message: `${id} is neither verified nor refuted by any variant`,
});

const notSearched = (id: string, elsewhere: readonly string[]): Problem => ({
  code: NOT_SEARCHED,
  message: `${id} speaks of ${elsewhere.join(' and ')}, which this run did not search`,
  expected: 'ballast spec without --from, or a run with that',
});

/** The requirement is not answered because of what was run, not because of what there is. */
export const isOpen = ({ code }: Problem): boolean => code === NOT_SEARCHED;
