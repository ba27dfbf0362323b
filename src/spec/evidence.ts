/**
 * Requirements joined with what was found: verdicts of searches, and labels of real logs. Nothing is verified by being written down.
 *
 *   verified   all its properties hold, exhaustively, in searches where its labels are taken
 *   refuted    one of them is violated
 *   bounded    one of them was not searched to the end, and none is violated
 *   vacuous    one of them, or one of its labels, never came to anything
 *   no row     nothing was asked: no search has its labels, or no case one of its properties
 */
import type { ModelledRequirement, Requirement } from '../../properties/requirements/requirement.ts';
import type { CaseReport, CheckReport, SearchReport } from '../core/run-report.ts';

export type RequirementVerdict = 'verified' | 'refuted' | 'bounded' | 'vacuous' | 'no row';

/** What one variant, in one guest form, says of a requirement. */
export interface VariantVerdict {
  readonly variant: string;
  readonly form: string;
  readonly verdict: RequirementVerdict;
  /** Scopes of the searches that speak of it. */
  readonly scopes: readonly string[];
  /** What is behind it: properties broken, cut short, vacuous or without a case, and families never taken. */
  readonly because: readonly Because[];
}

export interface Because {
  readonly what: 'violated' | 'bounded' | 'vacuous' | 'no case' | 'never taken' | 'no search';
  /** A property, or families; empty for `no search`. */
  readonly id: string;
  /** The finding behind a violation, the limit of a search, or the reason the catalog gives; undefined where nobody names one. */
  readonly why: string | undefined;
}

export interface RequirementEvidence {
  readonly requirement: Requirement;
  /** One for each variant and form of the run; none where it is not modelled. */
  readonly verdicts: readonly VariantVerdict[];
  /** Accepted logs that show any of the families it wants seen. */
  readonly logs: readonly string[];
  /** Families that a log must show and none does; empty without logs. */
  readonly notSeen: readonly string[];
}

/** What one real log gives: families that its records stand for. */
export interface LogEvidence {
  readonly name: string;
  readonly variant: string;
  readonly verdict: 'accepted' | 'rejected' | 'ambiguous';
  readonly families: readonly string[];
}

export interface SpecSources {
  readonly run: Pick<CheckReport, 'searches' | 'cases'>;
  /** Variants to show, in order; searches of others (mutants) say nothing about a text. */
  readonly variants: readonly string[];
  /** Families of the alphabet of a search. */
  readonly alphabetOf: (search: SearchReport) => ReadonlySet<string>;
  /** Undefined where no log was read. */
  readonly logs: readonly LogEvidence[] | undefined;
}

/** Every family that a requirement names. */
export const familiesOf = ({ families }: ModelledRequirement): readonly string[] => families.flat();

export function evidenceFor(
  requirements: readonly Requirement[],
  sources: SpecSources,
): readonly RequirementEvidence[] {
  const searches = sources.run.searches.filter(({ variant }) => sources.variants.includes(variant));
  const alphabets = new Map(searches.map((search) => [search, sources.alphabetOf(search)]));
  const columns = columnsOf(searches, sources.variants);
  return requirements.map((requirement) => {
    if (requirement.status === 'not modelled') return { requirement, verdicts: [], logs: [], notSeen: [] };
    const asked = columns.filter(({ form }) => requirement.forms?.includes(form) ?? true);
    const verdicts = asked.map(({ variant, form }) => {
      const mine = searches.filter((search) => search.variant === variant && search.form === form);
      return verdictOf(requirement, variant, form, mine, sources.run.cases, alphabets);
    });
    const accepted = (sources.logs ?? []).filter(({ verdict }) => verdict === 'accepted');
    const seen = (family: string) => accepted.some(({ families }) => families.includes(family));
    return {
      requirement,
      verdicts,
      logs: accepted
        .filter(({ families }) => requirement.inLogs.some((family) => families.includes(family)))
        .map(({ name }) => name),
      notSeen: sources.logs === undefined ? [] : requirement.inLogs.filter((family) => !seen(family)),
    };
  });
}

/** Variant × form of the run, variants in the order given. */
function columnsOf(searches: readonly SearchReport[], variants: readonly string[]) {
  const forms = [...new Set(searches.map(({ form }) => form))];
  return variants
    .flatMap((variant) => forms.map((form) => ({ variant, form })))
    .filter(({ variant, form }) => searches.some((one) => one.variant === variant && one.form === form));
}

type Alphabets = ReadonlyMap<SearchReport, ReadonlySet<string>>;

function verdictOf(
  requirement: ModelledRequirement,
  variant: string,
  form: string,
  searches: readonly SearchReport[],
  cases: readonly CaseReport[],
  alphabets: Alphabets,
): VariantVerdict {
  const has = (search: SearchReport, family: string) => alphabets.get(search)?.has(family) === true;
  const speaking = searches.filter(
    (search) =>
      (requirement.scopes?.includes(search.scope) ?? true) &&
      familiesOf(requirement).some((family) => has(search, family)),
  );
  if (speaking.length === 0)
    return {
      variant,
      form,
      verdict: 'no row',
      scopes: [],
      because: [{ what: 'no search', id: '', why: undefined }],
    };
  const because = [
    ...requirement.properties.flatMap((property) => becauseOfProperty(property, speaking, cases)),
    ...requirement.families.flatMap((entry) => becauseOfFamilies(entry, speaking, has)),
  ];
  const scopes = [...new Set(speaking.map(({ scope }) => scope))];
  return { variant, form, verdict: worst(because), scopes, because };
}

/** A violation counts anywhere; else one search in which it holds is enough. */
function becauseOfProperty(
  property: string,
  searches: readonly SearchReport[],
  cases: readonly CaseReport[],
): readonly Because[] {
  const mine = cases.filter(
    (one) =>
      one.property === property &&
      searches.some(
        ({ variant, form, scope }) => one.variant === variant && one.form === form && one.scope === scope,
      ),
  );
  const violated = mine.filter(({ verdict }) => verdict.kind === 'violated');
  if (violated.length > 0)
    return [...new Set(violated.map(({ finding }) => finding))].map((why) => ({
      what: 'violated',
      id: property,
      why,
    }));
  if (mine.some(({ verdict }) => verdict.kind === 'holds')) return [];
  if (mine.length === 0) return [{ what: 'no case', id: property, why: undefined }];
  const bounded = mine.flatMap(({ verdict }) => (verdict.kind === 'bounded' ? [verdict.limit] : []));
  return bounded[0] === undefined
    ? [{ what: 'vacuous', id: property, why: 'its witness was never reached' }]
    : [{ what: 'bounded', id: property, why: bounded[0] }];
}

/** One entry of a requirement's families: of those that an alphabet has, some label must be taken. */
function becauseOfFamilies(
  entry: string | readonly string[],
  searches: readonly SearchReport[],
  has: (search: SearchReport, family: string) => boolean,
): readonly Because[] {
  const pairs = [entry]
    .flat()
    .flatMap((family) =>
      searches.filter((search) => has(search, family)).map((search) => ({ family, search })),
    );
  const never = pairs.map(({ family, search }) => search.neverTaken.find((one) => one.family === family));
  if (pairs.length === 0 || never.includes(undefined)) return [];
  const id = [...new Set(pairs.map(({ family }) => family))].join(' or ');
  return [{ what: 'never taken', id, why: never.find((one) => one?.why !== undefined)?.why }];
}

function worst(because: readonly Because[]): RequirementVerdict {
  const some = (...kinds: readonly Because['what'][]) => because.some(({ what }) => kinds.includes(what));
  if (some('violated')) return 'refuted';
  if (some('bounded')) return 'bounded';
  if (some('vacuous', 'never taken')) return 'vacuous';
  return some('no case', 'no search') ? 'no row' : 'verified';
}
