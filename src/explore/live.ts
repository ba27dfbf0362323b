/**
 * A walk to everything the live page shows of its end. A walk is a list of label ids of the alphabet, so a link can carry it.
 */
import { createHash } from 'node:crypto';
import type { Scope } from '../../models/scope.ts';
import type { Property } from '../../properties/property.ts';
import type { PageStep } from '../../reports/page-data.ts';
import type { Product } from '../compose/product.ts';
import { type Label, labelText } from '../core/label.ts';
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import type { LedgerLine } from '../trace/trace.ts';
import { brokenHere, isJudgedHere, type Taken } from './judge.ts';
import { LIVE_SCHEMA, type LiveLabel, type LiveRefused, type LiveState } from './live-state.ts';
import {
  actorOf,
  changeOf,
  geometryOf,
  type Locals,
  localAt,
  pageStep,
  startOf,
  stepFrom,
} from './picture.ts';
import { refusalOf } from './refusal.ts';

/** One model that is stepped. */
export interface LiveModel {
  readonly variant: string;
  readonly scope: Scope;
  readonly product: Product;
  /** Those that speak about the variant. */
  readonly properties: readonly Property[];
  readonly ledger: readonly LedgerLine[];
  /** The finding that is known to break a property here. */
  readonly findingOf: (property: string) => string | undefined;
}

/** A link has an end, and so has patience. */
export const WALK_MAX = 2000;

/** `0.3.12` to ids; an empty text is the empty walk. */
export function parseWalk(text: string): Result<readonly number[]> {
  if (text === '') return ok([]);
  const parts = text.split('.');
  const bad = parts.find((part) => !/^\d{1,6}$/.test(part));
  const expected = 'label ids with dots between, for example 0.3.12';
  if (bad !== undefined)
    return fail({ code: 'BAD_WALK', message: 'the walk is not usable', expected, got: bad.slice(0, 40) });
  if (parts.length > WALK_MAX)
    return fail({
      code: 'WALK_TOO_LONG',
      message: 'the walk is too long',
      expected: `at most ${WALK_MAX} steps`,
      got: String(parts.length),
    });
  return ok(parts.map(Number));
}

/** The ids of a trace's labels; throws on a label outside the alphabet (a trace of another model). */
export function walkOf(product: Product, labels: readonly Label[]): readonly number[] {
  const ids = new Map(product.labels.map((label, id) => [labelText(label), id]));
  return labels.map((label) => {
    const id = ids.get(labelText(label));
    if (id === undefined) throw new Error(`${labelText(label)} is not in the alphabet`);
    return id;
  });
}

/** Eight hexadecimal digits that change with any label of the alphabet, or their order. */
const alphabetOf = ({ labels }: Product): string =>
  createHash('sha256').update(labels.map(labelText).join('\n')).digest('hex').slice(0, 8);

/** WALK_STALE where a link was made with other labels: its ids would be read as other steps. */
export function staleWalk(product: Product, of: string | null, walk: readonly number[]): readonly Problem[] {
  const expected = alphabetOf(product);
  if (of === null || of === expected || walk.length === 0) return [];
  const message = 'the link is of a version with other labels, so its steps cannot be told';
  return [{ code: 'WALK_STALE', message, expected: `of=${expected}`, got: `of=${of.slice(0, 40)}` }];
}

interface Walked {
  readonly steps: readonly PageStep[];
  readonly locals: Locals;
  readonly taken: Taken | undefined;
}

/** Fails with LABEL_UNKNOWN or LABEL_REFUSED, naming the step. */
export function liveState(model: LiveModel, walk: readonly number[]): Result<LiveState> {
  const walked = follow(model, walk);
  if (!walked.ok) return walked;
  const { product, properties, findingOf } = model;
  const { steps, locals, taken } = walked.value;
  const broken = brokenHere(product, properties, locals, taken, findingOf);
  const known = new Set(broken.map(({ property }) => property));
  const enabled: LiveLabel[] = [];
  const refused: LiveRefused[] = [];
  product.labels.forEach((event, id) => {
    const told = { id, label: labelText(event), actor: actorOf(product, id) };
    const next = stepFrom(product, locals, id);
    if ('refusedBy' in next) {
      refused.push({ ...told, by: next.refusedBy.map((owner) => refusalOf(product, locals, id, owner)) });
      return;
    }
    const then = brokenHere(product, properties, next.after, { label: event, before: locals }, findingOf);
    enabled.push({
      ...told,
      moves: movesOf(product, locals, next.after),
      breaks: then.flatMap(({ property }) => (known.has(property) ? [] : [property])),
    });
  });
  return ok({
    schema: LIVE_SCHEMA,
    variant: model.variant,
    scope: model.scope.name,
    alphabet: alphabetOf(product),
    walk,
    geometry: geometryOf(model.scope),
    start: changeOf(product, startOf(product)),
    steps,
    enabled,
    refused,
    broken,
    notJudged: properties.filter((property) => !isJudgedHere(property)).map(({ id }) => id),
  });
}

function follow({ product, ledger }: LiveModel, walk: readonly number[]): Result<Walked> {
  const steps: PageStep[] = [];
  let locals = startOf(product);
  let taken: Taken | undefined;
  for (const [at, id] of walk.entries()) {
    const event = product.labels[id];
    const step = `step ${at + 1}`;
    if (event === undefined)
      return fail({
        code: 'LABEL_UNKNOWN',
        message: `${step} is no label of this alphabet`,
        expected: `0 to ${product.labels.length - 1}`,
        got: String(id),
      });
    const next = stepFrom(product, locals, id);
    if ('refusedBy' in next) {
      const who = next.refusedBy.map(({ chart }) => product.tables[chart]?.chart.id).join(', ');
      return fail({ code: 'LABEL_REFUSED', message: `${step}, ${labelText(event)}, is refused by ${who}` });
    }
    steps.push(pageStep(product, id, locals, next.after, ledger));
    taken = { label: event, before: locals };
    locals = next.after;
  }
  return ok({ steps, locals, taken });
}

function movesOf(product: Product, before: Locals, after: Locals): string[] {
  return product.tables.flatMap(({ chart }, at) => {
    if (before[at] === after[at]) return [];
    const from = localAt(product, at, before[at] ?? 0).show;
    const to = localAt(product, at, after[at] ?? 0).show;
    return from === to ? [] : [`${chart.id}: ${from} → ${to}`];
  });
}
