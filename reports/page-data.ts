/**
 * What the report page shows, as plain data (schema `ballast.page/1`). The page computes nothing about the model: it draws this.
 */
import type { RunReport, Story } from './run-report.ts';

export const PAGE_SCHEMA = 'ballast.page/1';

export interface PageData {
  readonly schema: typeof PAGE_SCHEMA;
  readonly version: string;
  /** The command that makes this page again. */
  readonly reproduce: string;
  readonly run: RunReport;
  readonly stories: readonly Story[];
  readonly cases: readonly PageCase[];
  readonly charts: readonly PageChart[];
  readonly coverage: readonly PageCoverage[];
  readonly requirements: readonly PageRequirement[];
  readonly logs: readonly PageLog[];
}

/** What one chart of a state is in: its statechart state, the text for people, and its named integers. */
export interface PageLocal {
  readonly value: string;
  readonly show: string;
  readonly quantities: Readonly<Record<string, number>>;
}

/** Charts that changed, by chart id; the first entry of a list of states names every chart. */
export type PageChange = Readonly<Record<string, PageLocal>>;

/** Sizes that the memory map needs, in pages. */
export interface PageGeometry {
  readonly sections: number;
  readonly pagesPerSection: number;
  readonly sectionsPerBlock: number;
  readonly bootPages: number;
  readonly hostPages: number;
}

/** A counterexample, step by step. */
export interface PageCase {
  /** `v3-full-I-10`; names the case in a link. */
  readonly id: string;
  readonly variant: string;
  readonly form: string;
  readonly scope: string;
  readonly property: string;
  readonly title: string;
  readonly statement: string;
  readonly finding: string | undefined;
  readonly reproduce: string;
  readonly geometry: PageGeometry;
  readonly start: PageChange;
  readonly steps: readonly PageStep[];
  /** What a temporal verdict assumes, in sentences. */
  readonly fairness?: readonly string[];
  /** Steps before the loop of a lasso; the rest is taken again and again. */
  readonly loopFrom?: number;
  /** The line that does not balance after the last step. */
  readonly broken: readonly string[];
}

export interface PageStep {
  readonly label: string;
  /** Who takes the step, and the charts that own its label in the order they are asked, each with its own actor. */
  readonly actor: string;
  readonly owners: readonly { readonly chart: string; readonly role: string; readonly actor: string }[];
  readonly changed: PageChange;
  /** The page ledger after the step. */
  readonly ledger: Readonly<Record<string, number>>;
}

/** Where something is written in the models. */
export interface PageSource {
  readonly file: string;
  readonly line: number;
}

/** A statechart as drawn: control states, and transitions by family. */
export interface PageChart {
  readonly variant: string;
  readonly kind: string;
  readonly actor: string;
  readonly initial: string;
  readonly states: readonly { readonly name: string; readonly source: PageSource | undefined }[];
  readonly transitions: readonly PageTransition[];
}

export interface PageTransition {
  readonly from: string;
  readonly family: string;
  readonly to: string;
  readonly source: PageSource | undefined;
  /** Names of the coverage sources (`PageCoverage.source`) that took it. */
  readonly takenBy: readonly string[];
  /** Why no source took it; absent where one did. */
  readonly why: string | undefined;
}

/** What one source (an exploration, fuzz runs, a suite, a real log) covered. */
export interface PageCoverage {
  /** `exploration v3/full`, `log 02-hotplug`, `fuzz v3 64 sections`. */
  readonly source: string;
  readonly variant: string;
  readonly measures: readonly {
    /** Kind of a chart, or `product`. */
    readonly chart: string;
    /** states, transitions, pairs, … */
    readonly measure: string;
    readonly covered: number;
    readonly total: number;
  }[];
}

export interface PageRequirement {
  readonly id: string;
  /** Where the sentence stands: `proposal 2010`, a Kconfig help, an ABI file, libxl. */
  readonly source: string;
  readonly sentence: string;
  readonly charts: readonly string[];
  readonly labels: readonly string[];
  readonly properties: readonly string[];
  /** Per variant: the verdict of the properties together; `not modelled` in every column where nothing answers for it. */
  readonly verdicts: readonly { readonly variant: string; readonly verdict: string }[];
  /** Why it is not modelled; absent where it is. */
  readonly why?: string;
  /** Real logs in which its labels were seen. */
  readonly logs: readonly string[];
}

/** A real guest's log: each record, what it was taken for, and the model's state after it. */
export interface PageLog {
  readonly name: string;
  readonly variant: string;
  readonly verdict: string;
  readonly geometry: PageGeometry;
  readonly start: PageChange;
  readonly records: readonly PageRecord[];
  /** Properties broken, and at which record (index into `records`). */
  readonly breaches: readonly { readonly property: string; readonly record: number }[];
}

export interface PageRecord {
  readonly seconds: number;
  readonly task: string;
  /** The record as read: function, arguments, return value. */
  readonly text: string;
  /** Labels it was matched with. */
  readonly labels: readonly string[];
  readonly changed: PageChange;
}
