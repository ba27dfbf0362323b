/**
 * What the live page may ask: itself, the models there are, a state (the end of a walk), and counterexamples to begin with.
 */
import { pv64 } from '../../../models/forms/pv.ts';
import { guestModel } from '../../../models/guest.ts';
import { scopes } from '../../../models/scopes.ts';
import { variants } from '../../../models/variants/all.ts';
import { properties } from '../../../properties/all.ts';
import { catalog } from '../../../properties/catalog.ts';
import { ledgerLines } from '../../../properties/ledger.ts';
import { mutants } from '../../../properties/mutants/all.ts';
import { composeProduct } from '../../compose/product.ts';
import { expectOk, fail, ok, type Problem, type Result } from '../../core/result.ts';
import { type LiveModel, liveState, parseWalk, staleWalk, walkOf } from '../../explore/live.ts';
import type { LiveCase } from '../../explore/live-state.ts';
import { findProtocol, protocolOf, type Task } from '../check/task.ts';
import type { Io } from '../io.ts';
import { unknownId } from '../suggest.ts';
import { type Answer, type Asked, json, problem } from './server.ts';

export interface Chosen {
  readonly variant: string;
  readonly scope: string;
}

/** Products kept; each holds the tables it has filled so far. */
const MODELS_MAX = 8;
/** A search for counterexamples ends then; what it found by then is shown. */
const SEARCH_MS = 120_000;

const liveVariants = (): readonly { readonly id: string; readonly summary: string }[] => [
  ...variants.map(({ id, summary }) => ({ id, summary })),
  ...mutants.map(({ id, base, protocol }) => ({ id, summary: `${base.id}, but ${protocol.summary}` })),
];
const liveScopes = (): readonly string[] => scopes.map(({ name }) => name);

/** UNKNOWN_VARIANT (or what is wrong with a patch's name), UNKNOWN_SCOPE: all at once. */
export function chosenProblems({ variant, scope }: Chosen): readonly Problem[] {
  const found = findProtocol(variant);
  return [
    ...(found.ok ? [] : found.problems),
    ...(liveScopes().includes(scope) ? [] : [unknownId('scope', scope, liveScopes())]),
  ];
}

export class PageAnswers {
  private readonly io: Io;
  private readonly page: string;
  private readonly first: Chosen;
  private readonly models = new Map<string, LiveModel>();
  private readonly cases = new Map<string, Promise<Answer>>();
  /** Searches wait for each other: each takes a core and some hundred MiB. */
  private last: Promise<unknown> = Promise.resolve();

  /** `page` is the whole page; `first` is what it begins with. */
  constructor(io: Io, page: string, first: Chosen) {
    this.io = io;
    this.page = page;
    this.first = first;
  }

  async answer({ url }: Asked): Promise<Answer> {
    // Split by hand: `//name/` would be taken for another host.
    const at = url.indexOf('?');
    const pathname = at < 0 ? url : url.slice(0, at);
    const searchParams = new URLSearchParams(at < 0 ? '' : url.slice(at));
    if (pathname === '/') return { status: 200, type: 'text/html', body: this.page };
    if (pathname === '/api/models')
      return json(200, { variants: liveVariants(), scopes: liveScopes(), ...this.first });
    if (pathname === '/api/state') return this.state(searchParams);
    if (pathname === '/api/cases') return this.casesOf(searchParams);
    return problem(404, 'NO_SUCH_PAGE', 'there is nothing here', '/');
  }

  private state(params: URLSearchParams): Answer {
    const model = this.model(params);
    const walk = parseWalk(params.get('walk') ?? '');
    const problems = [model, walk].flatMap((one) => (one.ok ? [] : one.problems));
    if (!model.ok || !walk.ok) return json(400, { problems });
    const stale = staleWalk(model.value.product, params.get('of'), walk.value);
    if (stale.length > 0) return json(400, { problems: stale });
    const state = liveState(model.value, walk.value);
    return state.ok ? json(200, state.value) : json(400, { problems: state.problems });
  }

  private model(params: URLSearchParams): Result<LiveModel> {
    const chosen = { variant: params.get('variant') ?? '', scope: params.get('scope') ?? '' };
    const problems = chosenProblems(chosen);
    if (problems.length > 0) return fail(...problems);
    const key = `${chosen.variant}/${chosen.scope}`;
    const model = this.models.get(key) ?? liveModel(chosen);
    this.models.delete(key);
    this.models.set(key, model);
    const [oldest] = this.models.keys();
    if (this.models.size > MODELS_MAX && oldest !== undefined) this.models.delete(oldest);
    return ok(model);
  }

  private casesOf(params: URLSearchParams): Promise<Answer> | Answer {
    const model = this.model(params);
    if (!model.ok) return json(400, { problems: model.problems });
    const key = `${model.value.variant}/${model.value.scope.name}`;
    const known = this.cases.get(key);
    if (known !== undefined) return known;
    const found = this.last.then(() => this.search(model.value));
    this.last = found.catch(() => undefined);
    this.cases.set(key, found);
    return found;
  }

  private async search(model: LiveModel): Promise<Answer> {
    const { io } = this;
    const task: Task = {
      variant: model.variant,
      form: pv64.id,
      scope: model.scope,
      properties: model.properties.map(({ id }) => id),
      deadline: io.now() + SEARCH_MS,
    };
    const [outcome] = await io.search.run([task], {
      clock: io.clock,
      now: io.now,
      interrupted: () => false,
      onProgress: () => {},
      onDone: () => {},
    });
    if (outcome === undefined || !outcome.ok) return json(500, { problems: outcome?.problems ?? [] });
    const cases = outcome.value.cases.flatMap(({ property, title, verdict }): LiveCase[] =>
      verdict.kind === 'violated'
        ? [
            {
              property,
              title,
              finding: model.findingOf(property),
              walk: walkOf(model.product, verdict.trace),
            },
          ]
        : [],
    );
    return json(200, { cases, limit: outcome.value.search.limit });
  }
}

function liveModel(chosen: Chosen): LiveModel {
  const protocol = protocolOf(chosen.variant);
  const scope = scopes.find(({ name }) => name === chosen.scope);
  if (protocol === undefined || scope === undefined) throw new Error(`no ${chosen.variant}/${chosen.scope}`);
  return {
    variant: chosen.variant,
    scope,
    product: expectOk(composeProduct(guestModel(protocol, pv64, scope)), 'shipped variants obey the rules'),
    properties: properties.filter((property) => property.appliesTo(protocol, scope)),
    ledger: ledgerLines,
    findingOf: (property) => findingOf(chosen, property),
  };
}

/** What the catalog calls it in this scope, or else in any. */
function findingOf({ variant, scope }: Chosen, property: string): string | undefined {
  const rows = [
    ...catalog.filter((row) => row.variant === variant),
    ...mutants.flatMap(({ id, row }) => (id === variant && row !== undefined ? [row] : [])),
  ];
  const here = rows.filter((row) => row.scope === scope);
  return [...here, ...rows].map(({ expectation }) => expectation.verdicts[property]?.finding).find(Boolean);
}
