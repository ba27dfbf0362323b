/**
 * When to stop: `pairs >= 100% and label(populate.short) >= 1`.
 *   condition  = all ("or" all)*            all = goal ("and" goal)*
 *   goal       = "(" condition ")" | measure [ "(" kind ")" ] ">=" number [ "%" ] | "label" "(" family ")" ">=" number
 *   measure    = states | transitions | pairs | kpaths | roundtrips | guards
 * 100 % is everything that the product can reach; a number counts elements (for `label`: how often it was taken).
 */
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { kindOf } from './kinds.ts';
import { MEASURES, type Measure, type Recording } from './recording.ts';

export type Condition =
  | { readonly kind: 'and'; readonly of: readonly Condition[] }
  | { readonly kind: 'or'; readonly of: readonly Condition[] }
  | {
      readonly kind: 'measure';
      readonly measure: Measure;
      /** A kind of chart; all of them if undefined. */
      readonly chart: string | undefined;
      readonly least: number;
      readonly unit: 'elements' | 'percent';
    }
  | { readonly kind: 'label'; readonly family: string; readonly least: number };

type Goal = Extract<Condition, { readonly kind: 'measure' | 'label' }>;

interface Token {
  readonly text: string;
  /** From 1. */
  readonly column: number;
}

/** Codes: UNTIL_SYNTAX (with the column), UNTIL_PERCENT. */
export function parseUntil(text: string): Result<Condition> {
  const tokens: Token[] = [...text.matchAll(/>=|[()%]|[^\s()%>]+|>/g)].map((found) => ({
    text: found[0],
    column: found.index + 1,
  }));
  try {
    const parser = new Parser(tokens, text.length + 1);
    return ok(parser.whole());
  } catch (error) {
    if (error instanceof Unusable) return fail(error.problem);
    throw error;
  }
}

/** Families and kinds of charts that a condition names. */
export function namesIn(condition: Condition): { readonly families: string[]; readonly charts: string[] } {
  if (condition.kind === 'label') return { families: [condition.family], charts: [] };
  if (condition.kind === 'measure')
    return { families: [], charts: condition.chart === undefined ? [] : [condition.chart] };
  const parts = condition.of.map(namesIn);
  return { families: parts.flatMap((part) => part.families), charts: parts.flatMap((part) => part.charts) };
}

/** Ends the parse; never leaves this file. */
class Unusable extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly end: number;
  private at = 0;

  constructor(tokens: readonly Token[], end: number) {
    this.tokens = tokens;
    this.end = end;
  }

  whole(): Condition {
    const condition = this.joined('or', () => this.joined('and', () => this.goal()));
    if (this.peek !== undefined) throw this.unexpected('and, or, or the end');
    return condition;
  }

  private joined(word: 'and' | 'or', part: () => Condition): Condition {
    const parts = [part()];
    while (this.peek?.toLowerCase() === word) {
      this.at++;
      parts.push(part());
    }
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return word === 'and' ? { kind: 'and', of: parts } : { kind: 'or', of: parts };
  }

  private goal(): Condition {
    if (this.peek === '(') {
      this.at++;
      const inner = this.joined('or', () => this.joined('and', () => this.goal()));
      this.take(')');
      return inner;
    }
    const word = this.peek;
    if (word === 'label') {
      this.at++;
      const family = this.argument('a family such as populate.short');
      this.take('>=');
      return { kind: 'label', family, least: this.number() };
    }
    const measure = MEASURES.find((one) => one === word);
    if (measure === undefined) throw this.unexpected(`${MEASURES.join(', ')}, label or (`);
    this.at++;
    const chart = this.peek === '(' ? this.argument('a kind of chart such as section') : undefined;
    this.take('>=');
    const at = this.tokens[this.at];
    const least = this.number();
    if (this.peek !== '%') return { kind: 'measure', measure, chart, least, unit: 'elements' };
    this.at++;
    if (least > 100)
      throw new Unusable({
        code: 'UNTIL_PERCENT',
        message: `column ${at?.column ?? this.end}: nothing is covered to ${least} %`,
        expected: 'at most 100%',
        got: `${least}%`,
      });
    return { kind: 'measure', measure, chart, least, unit: 'percent' };
  }

  private argument(what: string): string {
    this.take('(');
    const word = this.peek;
    if (word === undefined || /^(?:>=|[()%>])$/.test(word)) throw this.unexpected(what);
    this.at++;
    this.take(')');
    return word;
  }

  private number(): number {
    const word = this.peek;
    if (word === undefined || !/^\d+(?:\.\d+)?$/.test(word)) throw this.unexpected('a number');
    this.at++;
    return Number(word);
  }

  private take(text: string): void {
    if (this.peek !== text) throw this.unexpected(text);
    this.at++;
  }

  private get peek(): string | undefined {
    return this.tokens[this.at]?.text;
  }

  private unexpected(expected: string): Unusable {
    const token = this.tokens[this.at];
    return new Unusable({
      code: 'UNTIL_SYNTAX',
      message: `column ${token?.column ?? this.end}: this is no condition`,
      expected,
      got: token?.text ?? 'the end',
    });
  }
}

/** What can be covered: element texts by measure, and the families that can be taken. */
export interface Reachable {
  readonly by: Readonly<Record<Measure, { readonly keys: () => Iterable<string> }>>;
  readonly families: { readonly has: (family: string) => boolean };
  /** Measures whose universe is not known. */
  readonly bounded: ReadonlySet<Measure>;
}

/** How one goal stands. */
export interface Standing {
  readonly text: string;
  readonly isMet: boolean;
  /** Known never to be met, however long one walks. */
  readonly isImpossible: boolean;
  /** Reachable elements not covered (for a measure). */
  readonly missing: readonly string[];
}

export const meetsUntil = (condition: Condition, recording: Recording, reachable: Reachable): boolean =>
  holds(condition, (goal) => standingOf(goal, recording, reachable).isMet);

/** No recording of a run within the reachable elements can meet it. */
export const isImpossible = (condition: Condition, reachable: Reachable): boolean =>
  !holds(condition, (goal) => !standingOf(goal, undefined, reachable).isImpossible);

function holds(condition: Condition, test: (goal: Goal) => boolean): boolean {
  if (condition.kind === 'and') return condition.of.every((part) => holds(part, test));
  if (condition.kind === 'or') return condition.of.some((part) => holds(part, test));
  return test(condition);
}

/** Every goal of a condition, in the order written. */
export function standings(condition: Condition, recording: Recording, reachable: Reachable): Standing[] {
  return condition.kind === 'and' || condition.kind === 'or'
    ? condition.of.flatMap((part) => standings(part, recording, reachable))
    : [standingOf(condition, recording, reachable)];
}

function standingOf(goal: Goal, recording: Recording | undefined, reachable: Reachable): Standing {
  if (goal.kind === 'label') {
    const { family, least } = goal;
    return {
      text: `label(${family}) >= ${least}`,
      isMet: (recording?.families.get(family) ?? 0) >= least,
      isImpossible: least > 0 && !reachable.families.has(family),
      missing: [],
    };
  }
  const { measure, chart, least, unit } = goal;
  const isAsked = (element: string): boolean => chart === undefined || kindOf(element) === chart;
  const universe = [...reachable.by[measure].keys()].filter(isAsked);
  const covered = recording?.by[measure];
  const missing = universe.filter((element) => covered?.has(element) !== true);
  const done = universe.length - missing.length;
  const needed = unit === 'percent' ? Math.ceil((universe.length * least) / 100 - 1e-9) : least;
  const isKnown = !reachable.bounded.has(measure);
  return {
    text: `${measure}${chart === undefined ? '' : `(${chart})`} >= ${least}${unit === 'percent' ? '%' : ''}`,
    isMet: isKnown && (universe.length > 0 || least === 0) && done >= needed,
    isImpossible: !isKnown || needed > universe.length || (universe.length === 0 && least > 0),
    missing,
  };
}
