/**
 * A log judged while it is being written: bytes in, news out. Holds no more of the log than one line and, until the first record
 * with counters, what came before it.
 */
import { fail, ok, type Problem, type Result } from '../core/result.ts';
import { TraceParser } from '../logs/ftrace.ts';
import { LineReader, type TextLine } from '../logs/lines.ts';
import type { CallRecord, TraceItem } from '../logs/records.ts';
import type { Breach } from './past.ts';
import type { Rejection } from './refusals.ts';
import { Snapshots } from './snapshot-check.ts';
import {
  BAD_INPUT,
  geometryOf,
  outcome,
  type ValidateOptions,
  type Validation,
  Warnings,
} from './validate.ts';
import { Validator } from './validator.ts';
import type { Geometry } from './world.ts';

/** What is worth telling at once. `count`: of records so far. */
export type News =
  | { readonly kind: 'begins'; readonly geometry: Geometry; readonly count: number }
  | { readonly kind: 'resynchronised'; readonly record: CallRecord; readonly count: number }
  | { readonly kind: 'doubt'; readonly problem: Problem; readonly count: number }
  | { readonly kind: 'breach'; readonly breach: Breach; readonly count: number }
  | { readonly kind: 'rejected'; readonly rejection: Rejection; readonly count: number };

/** Items that may come before the first record with counters. */
const EARLY_MAX = 1000;

export class LiveValidation {
  private readonly name: string;
  private readonly options: ValidateOptions;
  private readonly reader = new LineReader();
  private readonly parser: TraceParser;
  private readonly warnings = new Warnings();
  private early: TraceItem[];
  private begun: { readonly geometry: Geometry; readonly validator: Validator } | undefined;
  private unusable: readonly Problem[] = [];
  private told = { doubts: 0, resynchronised: 0, breaches: new Set<string>(), rejected: false };

  /** `name` stands for the file in every place. */
  constructor(name: string, options: ValidateOptions) {
    this.name = name;
    this.options = options;
    this.parser = new TraceParser(name);
    this.early = [...this.parser.begin()];
  }

  /** Nothing that still comes can change the verdict. */
  get isOver(): boolean {
    return this.unusable.length > 0 || this.begun?.validator.isDone === true;
  }

  get records(): number {
    return this.begun?.validator.records ?? 0;
  }

  push(chunk: Uint8Array): readonly News[] {
    return this.lines(this.reader.push(chunk));
  }

  /** The stream has ended, or is left: the verdict on what came. */
  end(): { readonly news: readonly News[]; readonly found: Result<Validation> } {
    const news = [...this.lines(this.reader.end())];
    for (const item of this.parser.end()) news.push(...this.take(item));
    if (this.unusable.length > 0) return { news, found: fail(...this.unusable) };
    const { geometry, validator } = this.begun ?? this.begin(undefined);
    validator.finish();
    const snapshots = new Snapshots([]).result;
    const source = { guest: this.name, files: [this.name] };
    return {
      news,
      found: ok(outcome(source, geometry, validator, snapshots, this.options, this.warnings.all)),
    };
  }

  private lines(lines: Iterable<TextLine>): readonly News[] {
    const news: News[] = [];
    for (const line of lines) {
      if (this.isOver) break;
      for (const item of this.parser.line(line)) news.push(...this.take(item));
    }
    return news;
  }

  private take(item: TraceItem): readonly News[] {
    if (item.kind === 'problem' && BAD_INPUT.includes(item.problem.code)) {
      this.unusable = [...this.unusable, item.problem];
      return [];
    }
    if (item.kind === 'warning') this.warnings.add(item.problem);
    if (this.begun !== undefined) {
      this.begun.validator.accept(item);
      return this.news(item);
    }
    if (this.early.length < EARLY_MAX) this.early.push(item);
    return item.kind === 'entry' ? this.tryToBegin(item) : [];
  }

  private tryToBegin(record: CallRecord): readonly News[] {
    const geometry = geometryOf([record], this.options);
    if (!geometry.ok) {
      this.unusable = geometry.problems;
      return [];
    }
    if (record.globals === undefined) return [];
    this.begin(geometry.value);
    return [{ kind: 'begins', geometry: geometry.value, count: this.records }, ...this.news(record)];
  }

  private begin(known: Geometry | undefined): { readonly geometry: Geometry; readonly validator: Validator } {
    const empty = geometryOf([], this.options);
    const geometry = known ?? (empty.ok ? empty.value : undefined);
    if (geometry === undefined) throw new Error('no items are no problem');
    const validator = new Validator(this.options.protocol, geometry, this.options.properties, {
      joins: true,
    });
    for (const item of this.early) validator.accept(item);
    this.early = [];
    this.begun = { geometry, validator };
    return this.begun;
  }

  private news(item: TraceItem): readonly News[] {
    const validator = this.begun?.validator;
    if (validator === undefined) return [];
    const { told } = this;
    const count = validator.records;
    const news: News[] = [];
    for (const problem of validator.doubts.slice(told.doubts)) news.push({ kind: 'doubt', problem, count });
    told.doubts = validator.doubts.length;
    if (validator.gaps.resynchronised > told.resynchronised && 'event' in item && item.kind !== 'unknown')
      news.push({ kind: 'resynchronised', record: item, count });
    told.resynchronised = validator.gaps.resynchronised;
    for (const breach of validator.breaches.certain.filter(({ property }) => !told.breaches.has(property))) {
      told.breaches.add(breach.property);
      news.push({ kind: 'breach', breach, count });
    }
    if (validator.rejection !== undefined && !told.rejected) {
      told.rejected = true;
      news.push({ kind: 'rejected', rejection: validator.rejection, count });
    }
    return news;
  }
}
